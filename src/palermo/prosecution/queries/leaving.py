"""The rows of a ledger that may leave the room: nothing of a secret report, no name of a victim."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from palermo.office.domain.acting import at_length
from palermo.prosecution.enums import ExportKind
from palermo.prosecution.formats.statements import Statement, combine
from palermo.prosecution.models import BankReading, Book, Export, Investigation, StatementFile
from palermo.prosecution.queries.books import accepted_book, closed_accounts, names_in, rows_of
from palermo.prosecution.queries.investigations import accounts_of, parties
from palermo.prosecution.queries.sealed import opened
from palermo.prosecution.queries.statements import statements_of_file
from palermo.vocabulary.errors import Refusal

if TYPE_CHECKING:
    import polars as pl

#: What stands in place of a text that names a person to be protected.
WITHHELD = "[withheld: names a person to be protected]"
#: A key with so many digits is the number of an account, and names nobody.
_DIGITS = 5


@dataclass(frozen=True)
class Leaving:
    """Rows that may leave.

    Attributes:
        rows: as `statements.combine` makes them; `file` is the item of evidence (E-1 …).
        opening: account and currency → minor units before the first row.
        closed: currency → accounts whose statements do not prove that nothing is missing.
        protected: accounts of victims, as they stand in `rows` → the victim's number.
        banks: account → the bank whose statement tells of it.
        labels: the ledger's names of accounts → those that stand in `rows`.
    """

    rows: "pl.DataFrame"
    opening: dict[tuple[str, str], int]
    closed: dict[str, list[str]]
    protected: dict[str, str]
    banks: dict[str, str]
    labels: dict[str, str]


def leaving_of(investigation: Investigation) -> Leaving:
    """The rows of the newest accepted ledger that may leave.

    Where a file rests on a secret report the ledger is made anew without it, as if it had never come: to strike out
    rows alone would leave balances that do not foot, and so tell of the report.

    Raises:
        Refusal: no ledger is accepted, or nothing is left of it.
    """
    book = accepted_book(investigation)
    files = list(StatementFile.objects.filter(pk__in=book.files).select_related("authority", "item"))
    rows, report = _without_secrets(book, files)
    victims = {one.label: _words(opened(one.sealed)["name"]) for one in parties(investigation.pk) if one.is_victim}
    labels, protected = _labels(rows, victims, investigation)
    items = {one.sha256: one.item.label for one in files}
    banks = {
        labels.get(part["account"], part["account"]): one.bank
        for one in files
        if not one.authority.secret
        for part in opened(one.sealed_report).get("accounts", [])
    }
    return Leaving(
        rows=_worded(rows, labels, items, victims.values()),
        opening={(labels.get(account, account), unit): minor for account, unit, minor in report["opening"]},
        closed={
            unit: [labels.get(name, name) for name in closed_accounts(report, unit)]
            for unit in sorted(set(rows["currency"]))
        },
        protected=protected,
        banks=banks,
        labels=labels,
    )


def last_said(investigation: Investigation) -> dict[str, Any]:
    """What was said for the last goAML report of an investigation.

    Raises:
        Refusal: none was asked for.
    """
    last = Export.objects.filter(investigation=investigation, kind=ExportKind.GOAML).order_by("-asked_at").first()
    if last is None:
        raise Refusal(
            "nobody said yet who reports and why",
            where=investigation.code,
            remedy="Say it with --details, or on the page.",
        )
    return opened(last.sealed_asked)


def _without_secrets(book: Book, files: list[StatementFile]) -> tuple["pl.DataFrame", dict[str, Any]]:
    report = opened(book.sealed_report)
    known = [one for one in files if not one.authority.secret]
    if len(known) == len(files):
        return rows_of(book), report
    if not known:
        raise Refusal("nothing of this ledger may leave", where="book", remedy="Obtain the same records by an order.")
    saved = {one.bank: one for one in BankReading.objects.all()}
    ordered = sorted(known, key=lambda one: (one.uploaded_at, one.pk))
    statements: list[Statement] = []
    for one in ordered:
        with at_length():
            statements += statements_of_file(one, saved.get(one.bank))
    with at_length():
        done = combine(statements, apart=report.get("apart", []))
    return done.rows, {"accounts": done.accounts, "opening": [list(one) for one in done.opening]}


def _labels(
    rows: "pl.DataFrame", victims: dict[str, set[str]], investigation: Investigation
) -> tuple[dict[str, str], dict[str, str]]:
    """How each account stands in what leaves, and which are a victim's. One that is called by a name loses it."""
    held = {name: one.label for name, one in accounts_of(investigation.pk).items() if one.is_victim}
    labels, protected = {}, {}
    for name in names_in(rows):
        whose = held.get(name) or next((label for label, said in victims.items() if said and said <= _words(name)), "")
        numbered = sum(sign.isdigit() for sign in name) >= _DIGITS and not any(
            said & _words(name) for said in victims.values()
        )
        labels[name] = name if not whose or numbered else f"account of {whose}"
        if whose:
            protected[labels[name]] = whose
    return labels, protected


def _worded(
    rows: "pl.DataFrame", labels: dict[str, str], items: dict[str, str], victims: Iterable[set[str]]
) -> "pl.DataFrame":
    """Accounts by their labels, files by their items; a text or party that names a victim is withheld."""
    import polars as pl  # noqa: PLC0415 -- heavy

    named = set().union(*victims)

    def said(text: str | None) -> str:
        return WITHHELD if text and _words(text) & named else text or ""

    return rows.with_columns(
        pl.col("source", "target").replace(labels),
        pl.col("sha256").replace_strict(items, default="").alias("file"),
        *(
            pl.Series(column, [said(text) for text in rows[column].to_list()], dtype=pl.String)
            for column in ("text", "party")
        ),
    )


def _words(text: str) -> set[str]:
    """Words of three letters and more, in lower case; none of a name that nobody knows."""
    if text.strip().casefold() == "not known":
        return set()
    return {word for word in re.findall(r"[^\W\d_]+", text.casefold()) if len(word) > 2}
