"""A bank statement as every format is read into it: balances, entries, and where each stood in which file."""

import datetime as dt
import hashlib
from dataclasses import dataclass

from palermo.prosecution.methods.minor_units import as_text
from palermo.vocabulary.errors import Refusal


class NotFooting(Refusal):
    """The balances of a statement do not follow from its movements: no other reading of its columns mends that."""


@dataclass(frozen=True)
class Entry:
    """One line of a statement.

    Attributes:
        day: the booking date.
        amount: minor units, positive into the account, negative out of it.
        party: the other side's name; empty if not given.
        party_account: the other side's account number; empty if not given.
        text: purpose or reference.
        bank_id: the bank's own id of the entry, empty if there is none; equal ids are one entry.
        line: row of the file (or number of the entry) it stood in.
        moment: the time, where the file gives one; then the order within a day is evidence.
    """

    day: dt.date
    amount: int
    party: str = ""
    party_account: str = ""
    text: str = ""
    bank_id: str = ""
    line: int = 0
    moment: dt.datetime | None = None


@dataclass(frozen=True)
class Statement:
    """One statement of one account.

    Attributes:
        account: account number without spaces, or the name that stands for it.
        currency: ISO 4217 code.
        entries: in the order of the file.
        opening, closing: minor units, None if the file does not say.
        file, sha256: where it came from.
    """

    account: str
    currency: str
    entries: tuple[Entry, ...]
    opening: int | None
    closing: int | None
    file: str
    sha256: str

    @property
    def proven(self) -> bool:
        """Whether the opening balance and the movements are shown to give the closing balance."""
        return self.opening is not None and self.closing is not None

    def check(self) -> None:
        """Refuse a statement that does not foot.

        Raises:
            Refusal: opening balance plus movements is not the closing balance.
        """
        if self.opening is None or self.closing is None:
            return
        total = self.opening + sum(entry.amount for entry in self.entries)
        if total != self.closing:
            raise NotFooting(
                f"Opening balance {as_text(self.opening, self.currency)} and movements give "
                f"{as_text(total, self.currency)}, the closing balance is {as_text(self.closing, self.currency)}.",
                where=f"{self.file}, account {self.account}",
                remedy="An entry is missing, doubled or misread: ask the bank for the statement anew.",
            )


def digest(data: bytes) -> str:
    """SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def account_key(text: str) -> str:
    """An account number or name in one form: an IBAN loses its spaces, a name its outer ones."""
    squeezed = "".join(text.split()).upper()
    is_iban = len(squeezed) >= 15 and squeezed[:2].isalpha() and squeezed[2:4].isdigit() and squeezed.isalnum()
    return squeezed if is_iban else " ".join(text.split())
