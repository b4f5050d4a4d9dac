"""To make a ledger of the statements of an investigation, and to accept what was merged in it."""

import hashlib
import io
from collections.abc import Collection
from typing import Any

from django.db import transaction

from palermo.office import clock
from palermo.office.domain.acting import at_length, log
from palermo.office.domain.background import defer
from palermo.office.domain.rights import allow
from palermo.office.enums import Role
from palermo.office.models import Member
from palermo.prosecution.domain.investigations import require_open
from palermo.prosecution.domain.sealed import keep_content, sealed_json
from palermo.prosecution.enums import BookState, FileState
from palermo.prosecution.formats.statements import Combined, Statement, combine
from palermo.prosecution.models import BankReading, Book, Investigation, StatementFile
from palermo.prosecution.queries.sealed import opened
from palermo.prosecution.queries.statements import statements_of_file
from palermo.vocabulary.errors import Refusal

ASK = allow("prosecution.ask_book", Role.INVESTIGATOR)
ACCEPT = allow("prosecution.accept_book", Role.INVESTIGATOR)
WORK = "prosecution.make_book"


@transaction.atomic
def ask_book(*, member: Member, investigation: Investigation) -> Book:
    """Ask for a ledger of all files that could be read; it is made in the background."""
    require_open(member=member, investigation=investigation, verb=ASK)
    files = StatementFile.objects.filter(investigation=investigation, state=FileState.READ)
    ids = list(files.values_list("pk", flat=True))
    if not ids:
        raise Refusal("no statement could be read yet", where="files", remedy="Upload statements, or mend the columns.")
    return _ask(member, investigation, ids, {})


def _ask(member: Member, investigation: Investigation, files: list[Any], report: dict[str, Any]) -> Book:
    book = Book(
        agency=member.agency,
        investigation=investigation,
        files=files,
        sealed_report=sealed_json(**report),
        asked_at=clock.now(),
    )
    if report:
        book.accepted_at, book.accepted_by = clock.now(), member.pk
    book.save(force_insert=True)
    defer(WORK, book=book.pk)
    log(ASK, object_id=book.pk, files=len(files))
    return book


@transaction.atomic
def make_book(*, book: Book) -> Book:
    """Make the ledger that was asked for. Background work, as the agency's automatic hand."""
    if book.state != BookState.QUEUED:
        return book
    before = opened(book.sealed_report)
    saved = {one.bank: one for one in BankReading.objects.all()}
    files = StatementFile.objects.filter(pk__in=book.files).order_by("uploaded_at", "id")
    try:
        statements: list[Statement] = []
        for file in files:
            with at_length():
                statements += statements_of_file(file, saved.get(file.bank))
        with at_length():
            proposed = combine(statements)
            done = combine(statements, apart=before["apart"]) if before.get("apart") else proposed
            data = _parquet(done)
    except Refusal as refusal:
        problem = {"message": refusal.message, "where": refusal.where, "remedy": refusal.remedy}
        book.state, book.sealed_report = BookState.FAILED, sealed_json(problem=problem)
        book.save(update_fields=["state", "sealed_report"])
        return book
    keep_content(agency=book.agency, owner_id=book.pk, data=data)
    book.sha256, book.rows, book.made_at = hashlib.sha256(data).hexdigest(), done.rows.height, clock.now()
    book.sealed_report = sealed_json(**_report(proposed, done, before.get("apart", [])))
    book.state = BookState.READY if book.accepted_at or not proposed.merged else BookState.DRAFT
    book.save(update_fields=["state", "rows", "sha256", "sealed_report", "made_at"])
    return book


def _parquet(done: Combined) -> bytes:
    buffer = io.BytesIO()
    done.rows.write_parquet(buffer, compression="zstd")
    return buffer.getvalue()


def _report(proposed: Combined, done: Combined, apart: Collection[str]) -> dict[str, Any]:
    merges = proposed.rows.filter(proposed.rows["other_line"].is_not_null())
    return {
        "accounts": done.accounts,
        "opening": [list(one) for one in done.opening],
        "duplicates": done.duplicates,
        "gaps": done.gaps,
        "apart": sorted(apart),
        "merges": [
            {
                "id": row["id"],
                "day": row["time"].isoformat(),
                "source": row["source"],
                "target": row["target"],
                "amount": str(row["amount"]),
                "currency": row["currency"],
                "file": row["file"],
                "line": row["line"],
                "other_line": row["other_line"],
                "other_sha256": row["other_sha256"],
            }
            for row in merges.iter_rows(named=True)
        ],
    }


@transaction.atomic
def accept_book(*, member: Member, book: Book, apart: Collection[str] = ()) -> Book:
    """Accept that rows seen from two accounts are one transfer, all but those kept apart.

    Args:
        apart: ids of merged rows that are two movements after all; a new ledger is then made so.

    Returns:
        The ledger to work with: this one, or the new one.
    """
    require_open(member=member, investigation=book.investigation, verb=ACCEPT)
    if book.state not in (BookState.DRAFT, BookState.READY):
        raise Refusal("the ledger is not made yet", where="book", remedy="Wait until it is done.")
    known = {one["id"] for one in opened(book.sealed_report)["merges"]}
    if set(apart) - known:
        raise Refusal("no such transfer was merged", where="apart", remedy="Choose from the list.")
    log(ACCEPT, object_id=book.pk, merged=len(known) - len(set(apart)), apart=len(set(apart)))
    if apart:
        return _ask(member, book.investigation, list(book.files), {"apart": sorted(set(apart))})
    book.state, book.accepted_at, book.accepted_by = BookState.READY, clock.now(), member.pk
    book.save(update_fields=["state", "accepted_at", "accepted_by"])
    return book
