"""The inbox of an agency."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from palermo.office.enums import NoticeKind
from palermo.office.models import Agency, Notice


def notices(*, unread_only: bool = False) -> QuerySet[Notice]:
    """Notices of the agency of whoever is at work, newest first; the database leaves out all others."""
    found = Notice.objects.all()
    return found.filter(read_at=None) if unread_only else found


def unread() -> int:
    """How many wait."""
    return notices(unread_only=True).count()


@dataclass(frozen=True)
class Letter:
    """A notice with the agency that asks, where one asks."""

    notice: Notice
    asks: Agency | None


def letters(found: list[Notice]) -> list[Letter]:
    """Notices as they are read: one statement for all the agencies that they speak of."""
    asking = {notice.id: _asker(notice) for notice in found}
    known = {asker for asker in asking.values() if asker}
    agencies = Agency.objects.in_bulk(known) if known else {}
    return [Letter(notice, agencies.get(asking[notice.id])) for notice in found]


def _asker(notice: Notice) -> UUID | None:
    """The agency that asks, where one does; a text that is no id hides nobody's inbox."""
    if notice.kind != NoticeKind.MAKE_CONTACT:
        return None
    try:
        return UUID(notice.text)
    except ValueError:
        return None
