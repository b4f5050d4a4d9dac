"""Background work of prosecution: ledgers are made and asked as the agency's automatic hand."""

from uuid import UUID

from palermo.office.models import Member
from palermo.office.tasks import deferred
from palermo.prosecution.domain import analyses, books, exports
from palermo.prosecution.models import Analysis, Book, Export


@deferred(books.WORK)
def _make_book(_hand: Member, *, book: UUID) -> None:
    found = Book.objects.select_related("agency", "investigation").filter(pk=book).first()
    if found is not None:
        books.make_book(book=found)


@deferred(analyses.WORK)
def _analyse(_hand: Member, *, analysis: UUID) -> None:
    found = Analysis.objects.select_related("agency", "book").filter(pk=analysis).first()
    if found is not None:
        analyses.analyse(analysis=found)


@deferred(exports.WORK)
def _make_export(_hand: Member, *, export: UUID) -> None:
    found = Export.objects.select_related("agency", "investigation__agency").filter(pk=export).first()
    if found is not None:
        exports.make_export(export=found)
