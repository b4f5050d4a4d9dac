"""CSV of any bank: find the header, guess which column is which, and prove running balances where there are some."""

import csv
import io
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from palermo.prosecution.formats.statements.local import amount, date, date_order, decimal_mark
from palermo.prosecution.formats.statements.model import Entry, NotFooting, Statement, account_key, digest
from palermo.prosecution.formats.statements.transfer_list import list_header, read_list
from palermo.vocabulary.errors import Refusal

_WORDS = {
    "date": "completion time|date|booking date|transaction date|buchungstag|buchungsdatum|datum|"
    "date operation|fecha|data",
    "amount": "amount|betrag|umsatz|montant|importe|importo|bedrag|value|transaction amount|kwota",
    "debit": "withdrawn|debit|paid out|withdrawals|money out|soll|débit|debe|cargo|dare|addebiti",
    "credit": "credit|paid in|deposits|money in|haben|crédit|haber|abono|avere|accrediti",
    "balance": "balance|running balance|saldo|kontostand|solde",
    "party": "counterparty|name|payee|payer|beneficiary|beguenstigter/zahlungspflichtiger|auftraggeber/empfänger|tiers",
    "party_account": "counterparty account|iban|account number|kontonummer/iban|kontonummer|counterparty iban",
    "text": "description|details|reference|purpose|verwendungszweck|libellé|concepto|descrizione|narrative|memo",
    "account": "account|own account|auftragskonto|konto|compte|cuenta",
    "currency": "currency|währung|waehrung|devise|divisa|ccy",
    "bank_id": "receipt no.|receipt no|transaction id|transaction reference|bank reference|id",
}
FIELDS = tuple(_WORDS)
_LONGEST = 1_000_000
#: Held while the csv module's limit, one for the whole process, is ours.
_LIMIT = threading.Lock()


@dataclass(frozen=True)
class Reading:
    """What a person may say of a file that does not say it itself; empty means guess.

    Attributes:
        columns: header of the file by field of `FIELDS`.
        account, currency: of the whole file.
        dates: `dmy`, `mdy` or `ymd`.
        decimal: the mark before decimals.
    """

    columns: Mapping[str, str]
    account: str = ""
    currency: str = ""
    dates: str = ""
    decimal: str = ""


def read_csv(data: bytes, file: str, reading: Reading) -> list[Statement]:
    """The statements in a CSV file, one for each account in it.

    Raises:
        Refusal: with file, row and column; nothing is half read.
    """
    return read_rows(csv_rows(data, file), file, digest(data), reading)


def csv_rows(data: bytes, file: str) -> list[list[str]]:
    """The cells of a CSV file, whatever its encoding and the mark between cells.

    Raises:
        Refusal: this is no text, or a quote is never closed.
    """
    text = _decode(data, file)
    mark = max(",;\t|", key=lambda m: sum(line.count(m) for line in text.splitlines()[:20]))
    # The limit is the process's: other readers have their own, so it is put back before another thread takes it over.
    with _LIMIT:
        before = csv.field_size_limit(_LONGEST)
        try:
            return list(csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True))
        except csv.Error as error:
            raise Refusal(f"The file is broken: {error}.", where=file, remedy="Export it from the bank anew.") from None
        finally:
            csv.field_size_limit(before)


def _decode(data: bytes, file: str) -> str:
    if b"\0" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Refusal("This is no text.", where=file, remedy="Give CSV, XLSX, camt, MT940 or OFX.")
    for encoding in ("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refusal("The encoding is unknown.", where=file, remedy="Save it as UTF-8.")


def read_rows(rows: Sequence[Sequence[str]], file: str, sha256: str, reading: Reading) -> list[Statement]:
    """The statements in rows of cells, from CSV or a spreadsheet."""
    both_sides = None if reading.columns else list_header(rows)
    if both_sides is not None:
        return read_list(
            rows, both_sides, file, sha256, currency=reading.currency, dates=reading.dates, decimal=reading.decimal
        )
    head, place = _header(rows, file, reading)
    body = [(n, row) for n, row in enumerate(rows[head + 1 :], start=head + 2) if any(cell.strip() for cell in row)]
    for n, row in body:
        if len(row) < max(place.values()) + 1:
            raise Refusal(
                f"The row has {len(row)} cells, {max(place.values()) + 1} were expected.",
                where=f"{file}, row {n}",
                remedy="The file may be cut short.",
            )

    def column(field: str) -> list[str]:
        return [row[place[field]].strip() for _, row in body] if field in place else []

    order = reading.dates or date_order([cell for cell in column("date") if cell], where=f"{file}, column date")
    sums = [cell for field in ("amount", "debit", "credit", "balance") for cell in column(field)]
    decimal = reading.decimal or decimal_mark(sums)
    table = _Table(file, place, order, decimal, reading)
    groups: dict[tuple[str, str], list[tuple[Entry, int | None]]] = {}
    for n, row in body:
        groups.setdefault(table.owner(row, n), []).append(table.entry(row, n))
    return [_statement(key, lines, file, sha256) for key, lines in groups.items()]


def columns_of(row: Sequence[str], reading: Reading) -> dict[str, int]:
    """Which field stands in which column, if this row is the header: as a person said, or guessed from its words."""
    names = [cell.strip().lower() for cell in row]
    place: dict[str, int] = {}
    for field, words in _WORDS.items():
        wanted = [reading.columns[field].strip().lower()] if field in reading.columns else words.split("|")
        hit = next((names.index(word) for word in wanted if word in names), None)
        if hit is not None and hit not in place.values():
            place[field] = hit
    return place


def _header(rows: Sequence[Sequence[str]], file: str, reading: Reading) -> tuple[int, dict[str, int]]:
    """The first row that names a date and an amount; banks put addresses and notices above it."""
    for number, row in enumerate(rows[:40]):
        place = columns_of(row, reading)
        if "date" in place and ("amount" in place or {"debit", "credit"} <= place.keys()):
            return number, place
    raise Refusal(
        "No row names a date and an amount (or debit and credit).",
        where=f"{file}, row 1",
        remedy="Say which columns they are: --map date=NAME --map amount=NAME.",
    )


@dataclass(frozen=True)
class _Table:
    file: str
    place: Mapping[str, int]
    order: str
    decimal: str
    reading: Reading

    def cell(self, row: Sequence[str], field: str) -> str:
        return row[self.place[field]].strip() if field in self.place else ""

    def owner(self, row: Sequence[str], n: int) -> tuple[str, str]:
        account = self.reading.account or self.cell(row, "account") or self.file.rsplit(".", 1)[0]
        currency = self.reading.currency or self.cell(row, "currency").upper()
        if not currency:
            raise Refusal("The currency is not known.", where=f"{self.file}, row {n}", remedy="Say --currency EUR.")
        return account_key(account), currency

    def money(self, row: Sequence[str], field: str, n: int) -> int | None:
        text = self.cell(row, field)
        if not text:
            return None
        where = f"{self.file}, row {n}, column {field}"
        return amount(text, self.owner(row, n)[1], where=where, decimal=self.decimal)

    def entry(self, row: Sequence[str], n: int) -> tuple[Entry, int | None]:
        value = self.money(row, "amount", n)
        if value is None:
            debit, credit = self.money(row, "debit", n), self.money(row, "credit", n)
            if debit is None and credit is None:
                raise Refusal("The amount is missing.", where=f"{self.file}, row {n}", remedy="Check the row.")
            value = (credit or 0) - abs(debit or 0)
        day = date(self.cell(row, "date"), self.order, where=f"{self.file}, row {n}, column date")
        party = account_key(self.cell(row, "party_account"))
        entry = Entry(day, value, self.cell(row, "party"), party, self.cell(row, "text"), self.cell(row, "bank_id"), n)
        return entry, self.money(row, "balance", n)


def _statement(key: tuple[str, str], lines: list[tuple[Entry, int | None]], file: str, sha256: str) -> Statement:
    """With running balances, in the order of time they prove; without, unproven."""
    balances = [balance for _, balance in lines]
    entries = [entry for entry, _ in lines]
    if None in balances:
        if entries[0].day > entries[-1].day:
            entries.reverse()
        return Statement(*key, tuple(entries), None, None, file, sha256)
    known = [balance for balance in balances if balance is not None]
    if not _chained(entries, known):
        if not _chained(entries[::-1], known[::-1]):
            at = next((i for i in range(1, len(known)) if known[i - 1] + entries[i].amount != known[i]), 0)
            raise NotFooting(
                "The running balance does not follow from the one before and the amount.",
                where=f"{file}, row {entries[at].line}, column balance",
                remedy="An entry is missing, doubled or misread: ask the bank for the statement anew.",
            )
        entries, known = entries[::-1], known[::-1]
    return Statement(*key, tuple(entries), known[0] - entries[0].amount, known[-1], file, sha256)


def _chained(entries: Sequence[Entry], balances: Sequence[int]) -> bool:
    return all(balances[i - 1] + entries[i].amount == balances[i] for i in range(1, len(balances)))
