"""How a file is read with what is saved of its bank and said of the file, and what the attempt gives."""

from dataclasses import asdict, dataclass, replace
from typing import Any

from palermo.prosecution.formats.amount import one_amount
from palermo.prosecution.formats.statements import Reading, Statement, statements_of
from palermo.prosecution.formats.statements.model import NotFooting
from palermo.prosecution.methods.minor_units import as_text
from palermo.prosecution.models import BankReading, StatementFile
from palermo.prosecution.queries.sealed import content_of, opened
from palermo.vocabulary.errors import Refusal

_SHOWN = 8


@dataclass(frozen=True)
class Said:
    """What a person said of one file.

    Attributes:
        name: as it was uploaded.
        account, currency: whose statement it is, in what.
        opening, closing: balances from the paper statement, as text, where the file has none.
    """

    name: str
    account: str = ""
    currency: str = ""
    opening: str = ""
    closing: str = ""

    def as_json(self) -> dict[str, str]:
        """Everything but the name, which is sealed beside it."""
        return {key: value for key, value in asdict(self).items() if key != "name"}

    @classmethod
    def of(cls, name: str, said: dict[str, str]) -> "Said":
        """From what is sealed with the file."""
        return cls(name, **said)


def reading_of(said: Said, saved: BankReading | None) -> Reading:
    """What the reader is told: the bank's columns, and the file's own account and currency."""
    if saved is None:
        return Reading({}, said.account, said.currency)
    return Reading(dict(saved.columns), said.account, said.currency or saved.currency, saved.dates, saved.decimal)


def statements_in(data: bytes, said: Said, reading: Reading) -> list[Statement]:
    """The statements of a file, proven where both balances are known.

    Raises:
        Refusal: with file, row and what to do.
    """
    found = statements_of(data, said.name, reading)
    if said.opening or said.closing:
        if len(found) != 1:
            raise Refusal("The file has several accounts.", where=said.name, remedy="Give no balances by hand.")
        one = found[0]
        opening = one_amount(said.opening, one.currency, where="opening") if said.opening else one.opening
        closing = one_amount(said.closing, one.currency, where="closing") if said.closing else one.closing
        found = [replace(one, opening=opening, closing=closing)]
        found[0].check()
    return found


def statements_of_file(file: StatementFile, saved: BankReading | None) -> list[Statement]:
    """The statements of a kept file."""
    said = Said.of(opened(file.sealed_name)["name"], opened(file.sealed_reading))
    return statements_in(content_of(file.pk), said, reading_of(said, saved))


def attempt(data: bytes, said: Said, reading: Reading) -> dict[str, Any]:
    """Read a file and tell what was found: `accounts`, or the `problem` with where and what to do."""
    try:
        return {"accounts": [_told(one) for one in statements_in(data, said, reading)]}
    except Refusal as refusal:
        return {
            "problem": {
                "message": refusal.message,
                "where": refusal.where,
                "remedy": refusal.remedy.replace("--map", "").replace("--currency", ""),
                "foots": isinstance(refusal, NotFooting),
            }
        }


def _told(one: Statement) -> dict[str, Any]:
    def text(minor: int | None) -> str | None:
        return None if minor is None else as_text(minor, one.currency)

    return {
        "account": one.account,
        "currency": one.currency,
        "entries": len(one.entries),
        "opening": text(one.opening),
        "closing": text(one.closing),
        "proven": one.proven,
        "first": [
            [entry.day.isoformat(), text(entry.amount), entry.party, entry.party_account, entry.text[:80], entry.line]
            for entry in one.entries[:_SHOWN]
        ],
    }
