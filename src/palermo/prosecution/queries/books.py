"""A ledger out of its sealed record, and the findings that were made in it."""

import io
import json
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from palermo.prosecution.enums import BookState
from palermo.prosecution.models import Analysis, Book, Investigation
from palermo.prosecution.queries.sealed import content_of, opened
from palermo.vocabulary.errors import Refusal

if TYPE_CHECKING:
    import polars as pl

    from palermo.prosecution.methods.ledger import Ledger


def rows_of(book: Book) -> "pl.DataFrame":
    """All rows of a ledger, as `formats.statements.combine` made them."""
    import polars as pl  # noqa: PLC0415 -- heavy

    return pl.read_parquet(io.BytesIO(content_of(book.pk)))


def names_in(rows: "pl.DataFrame") -> list[str]:
    """All accounts of a ledger in order of their names; their places are their addresses."""
    return sorted(set(rows["source"].drop_nulls()) | set(rows["target"].drop_nulls()))


def ledger_in(book: Book, rows: "pl.DataFrame", *, currency: str, question: dict[str, Any]) -> "Ledger":
    """The ledger of one currency that a question is put to.

    Accounts whose statements do not prove that nothing is missing are closed to tracing (what reaches them counts as
    gone outside) unless the question opens them; accounts whose statements nobody holds are taken never to have been
    overdrawn, unless it says otherwise.
    """
    from palermo.prosecution.formats.ledger import ledger_of  # noqa: PLC0415 -- heavy

    report = opened(book.sealed_report)
    opening = {account: minor for account, unit, minor in report["opening"] if unit == currency}
    ledger = ledger_of(rows, currency=currency, opening=opening)
    known = set(ledger.accounts.to_list())
    closed = [name for name in closed_accounts(report, currency) if name in known]
    if closed and not question.get("through_unproven"):
        ledger = ledger.outside(closed)
    return ledger.funded() if question.get("opening_enough", True) else ledger


def closed_accounts(report: dict[str, Any], currency: str) -> list[str]:
    """Accounts whose balances do not show that nothing is missing."""
    return [one["account"] for one in report["accounts"] if not one["proven"] and one["currency"] == currency]


def currencies(report: dict[str, Any]) -> list[str]:
    """The currencies of a ledger, the one of most entries first."""
    count: dict[str, int] = {}
    for one in report["accounts"]:
        count[one["currency"]] = count.get(one["currency"], 0) + one["entries"]
    return sorted(count, key=lambda unit: (-count[unit], unit))


def units_of(book: Book) -> list[str]:
    """The currencies of an accepted ledger, the one of most entries first.

    Raises:
        Refusal: nobody has accepted it.
    """
    if book.state != BookState.READY:
        raise Refusal(
            "nobody has looked yet at what was merged in the ledger", where="book", remedy="Accept the ledger first."
        )
    return currencies(opened(book.sealed_report))


def accepted_book(investigation: Investigation) -> Book:
    """The newest ledger that a person has accepted.

    Raises:
        Refusal: there is none.
    """
    book = newest_book(investigation, ready=True)
    if book is None:
        raise Refusal("no ledger is accepted yet", where="book", remedy="Upload statements and accept their ledger.")
    return book


def newest_book(investigation: Investigation, *, ready: bool = False) -> Book | None:
    """The newest ledger, or the newest that a person has accepted."""
    books = Book.objects.filter(investigation=investigation)
    return (books.filter(state=BookState.READY) if ready else books).order_by("-asked_at").first()


def part_id(analysis_id: UUID, name: str) -> UUID:
    """Where one part of an answer lies among the contents."""
    return uuid5(analysis_id, name)


def part_of(analysis: Analysis, name: str) -> dict[str, Any]:
    """One part of an answer.

    Raises:
        Refusal: it is not there (yet).
    """
    try:
        found: dict[str, Any] = json.loads(content_of(part_id(analysis.pk, name)))
    except Refusal as refusal:
        raise Refusal("this part is not done yet", where="analysis", remedy="Wait, or ask again.") from refusal
    return found
