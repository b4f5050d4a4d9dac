"""Lists of transfers with both sides in each row: money-transfer operators, mobile money, exports of crypto-assets.

Such a list is of no one account and has no balances: it becomes one unproven statement a sender, so that tracing says
that its openings are not known. A side is named by its number (telephone, wallet, address) where there is one, else by
its name.
"""

import datetime as dt
from collections.abc import Mapping, Sequence

from palermo.prosecution.formats.statements.local import amount, date, date_order, decimal_mark
from palermo.prosecution.formats.statements.model import Entry, Statement, account_key
from palermo.prosecution.methods.minor_units import exponent
from palermo.vocabulary.errors import Refusal
from palermo.vocabulary.phones import normalise_phone

_WORDS = {
    "date": "date|send date|transaction date|timestamp|time|block time|datetime|date time|completion time|date (utc)",
    "amount": "amount|send amount|principal|value|quantity|amount sent|amount paid",
    "currency": "currency|send currency|asset|token|symbol|coin|ccy",
    "sender_id": "sender phone|sender msisdn|from|from address|sender account|sender id|sender wallet|sender address",
    "sender": "sender|sender name|remitter|originator|from name",
    "receiver_id": "receiver phone|receiver msisdn|to|to address|receiver account|receiver id|receiver wallet|"
    "recipient phone|recipient wallet|receiver address",
    "receiver": "receiver|receiver name|beneficiary|beneficiary name|recipient|recipient name|to name",
    "fee": "fee|fees|charge|charges|network fee|txn fee",
    "fee_currency": "fee currency|fee asset",
    "bank_id": "mtcn|reference|transaction id|txid|tx hash|hash|receipt no.|receipt no|reference number",
    "text": "purpose|details|description|payout country|payout location|receiver country|destination country|memo",
    "status": "status|transaction status|state",
}
DONE = {"", "completed", "complete", "paid", "paid out", "success", "successful", "confirmed", "ok", "1", "true"}
_NOT_DONE = {"failed", "cancelled", "canceled", "rejected", "pending", "reversed", "expired", "refunded", "declined",
             "error", "0", "false"}  # fmt: skip
_UNIX = (10, 13)


def list_header(rows: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]] | None:
    """The first row that names a date, an amount and both sides, and where each stands; None if there is none."""
    for number, row in enumerate(rows[:40]):
        names = [cell.strip().lower() for cell in row]
        place: dict[str, int] = {}
        for field, words in _WORDS.items():
            hit = next((names.index(word) for word in words.split("|") if word in names), None)
            if hit is not None and hit not in place.values():
                place[field] = hit
        sides = [{"sender", "sender_id"} & place.keys(), {"receiver", "receiver_id"} & place.keys()]
        if {"date", "amount"} <= place.keys() and all(sides):
            return number, place
    return None


def read_list(
    rows: Sequence[Sequence[str]], head: tuple[int, Mapping[str, int]], file: str, sha256: str,
    *, currency: str = "", dates: str = "", decimal: str = "",
) -> list[Statement]:  # fmt: skip
    """One statement a sender and currency, in the order of the file; transfers that were not carried out are left out.

    Raises:
        Refusal: with file, row and column.
    """
    begin, place = head
    body = [(n, row) for n, row in enumerate(rows[begin + 1 :], start=begin + 2) if any(cell.strip() for cell in row)]
    for n, row in body:
        if len(row) <= max(place.values()):
            raise Refusal(
                f"The row has {len(row)} cells, {max(place.values()) + 1} were expected.",
                where=f"{file}, row {n}",
                remedy="The file may be cut short.",
            )
    table = _List(body, place, file, currency, dates, decimal)
    groups: dict[tuple[str, str], list[Entry]] = {}
    for n, row in body:
        if table.done(row, n):
            for owner, entry in table.entries(row, n):
                groups.setdefault(owner, []).append(entry)
    return [Statement(*owner, tuple(entries), None, None, file, sha256) for owner, entries in groups.items()]


class _List:
    def __init__(
        self, body: Sequence[tuple[int, Sequence[str]]], place: Mapping[str, int], file: str, currency: str,
        dates: str, decimal: str,
    ) -> None:  # fmt: skip
        self.place, self.file, self.currency = place, file, currency
        cells = [row[place["date"]].strip() for _, row in body]
        self.unix = bool(cells) and all(cell.isdigit() and len(cell) in _UNIX for cell in cells)
        days = [cell[:10] if len(cell) > 10 else cell for cell in cells if cell]
        self.order = "" if self.unix else dates or date_order(days, where=f"{file}, column date")
        self.decimal = decimal or decimal_mark([row[place["amount"]] for _, row in body]) or "."

    def cell(self, row: Sequence[str], field: str) -> str:
        return row[self.place[field]].strip() if field in self.place else ""

    def done(self, row: Sequence[str], n: int) -> bool:
        """Whether the transfer was carried out. A word that is not known is refused: money is at stake either way."""
        word = self.cell(row, "status").lower()
        if word in DONE or word in _NOT_DONE:
            return word in DONE
        raise Refusal(
            f"{word!r} says neither done nor not done.",
            where=f"{self.file}, row {n}, column status",
            remedy="Write completed or failed.",
        )

    def entries(self, row: Sequence[str], n: int) -> list[tuple[tuple[str, str], Entry]]:
        where = f"{self.file}, row {n}"
        unit = (self.currency or self.cell(row, "currency")).upper()
        if not unit:
            raise Refusal("The currency is not known.", where=where, remedy="Say --currency EUR.")
        value = self.money(self.cell(row, "amount"), unit, f"{where}, column amount")
        sender, receiver = self.side(row, "sender", where), self.side(row, "receiver", where)
        day, moment = self.when(self.cell(row, "date"), f"{where}, column date")
        bank_id, text = self.cell(row, "bank_id"), self.cell(row, "text")
        name = self.cell(row, "receiver")
        out = [((sender, unit), Entry(day, -abs(value), name, receiver, text, bank_id, n, moment))]
        if fee := self.cell(row, "fee"):
            paid_in = (self.cell(row, "fee_currency") or unit).upper()
            charged = abs(self.money(fee, paid_in, f"{where}, column fee"))
            if charged:
                fee_id = f"{bank_id}/fee" if bank_id else ""
                out.append(((sender, paid_in), Entry(day, -charged, "", "", "fee", fee_id, n, moment)))
        return out

    def money(self, text: str, unit: str, where: str) -> int:
        """An amount; digits of a crypto-asset beyond the smallest unit kept here must be nought."""
        if exponent(unit) > 2 and "e" not in text.lower() and "." in text and "," not in text:
            text = text.rstrip("0").rstrip(".")
        return amount(text, unit, where=where, decimal=self.decimal)

    def side(self, row: Sequence[str], which: str, where: str) -> str:
        number, name = self.cell(row, f"{which}_id"), self.cell(row, which)
        bare = number.replace(" ", "").replace("-", "")
        if bare.startswith(("+", "00")):
            try:
                return normalise_phone(bare)
            except Refusal:
                return bare
        if not number and not name:
            raise Refusal(f"The {which} is missing.", where=where, remedy="Check the row.")
        return account_key(number or name)

    def when(self, text: str, where: str) -> tuple[dt.date, dt.datetime | None]:
        if self.unix:
            seconds = int(text) // (1000 if len(text) == _UNIX[1] else 1)
            moment = dt.datetime.fromtimestamp(seconds, dt.UTC).replace(tzinfo=None)
            return moment.date(), moment
        day = date(text[:10] if len(text) > 10 else text, self.order, where=where)
        try:
            clock = dt.time.fromisoformat(text[10:].strip(" T").removesuffix(" UTC").removesuffix("Z").strip())
        except ValueError:
            return day, None
        return day, dt.datetime.combine(day, clock.replace(tzinfo=None)) if len(text) > 10 else None
