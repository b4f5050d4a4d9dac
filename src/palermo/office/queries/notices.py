"""The inbox of an agency."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Case as Choose
from django.db.models import Count, F, QuerySet, Value, When

from palermo.office.enums import NoticeKind
from palermo.office.models import Agency, Notice

#: What cannot wait stands first: somebody is in danger, or something must stop.
FIRST = (
    NoticeKind.EMERGENCY_OPENED,
    NoticeKind.SAFETY,
    NoticeKind.MAKE_CONTACT,
    NoticeKind.GUARDIAN_ASKED,
    NoticeKind.DATA_RECALLED,
    NoticeKind.CONSENT_WITHDRAWN,
)


def notices(*, unread_only: bool = False) -> QuerySet[Notice]:
    """Notices of the agency of whoever is at work; the database leaves out all others.

    Unread ones first, of these the important kinds (`FIRST`), then the newest.
    """
    found = Notice.objects.all()
    if unread_only:
        found = found.filter(read_at=None)
    presses = Choose(When(read_at=None, kind__in=FIRST, then=Value(0)), default=Value(1))
    return found.annotate(presses=presses).order_by(F("read_at").desc(nulls_first=True), "presses", "-at")


def waiting_by_kind() -> list[tuple[str, str, int]]:
    """Kinds with more than one unread notice, as (kind, its words, how many); the important first, then the most."""
    counted = Notice.objects.filter(read_at=None).order_by().values_list("kind").annotate(n=Count("pk"))
    words = dict(NoticeKind.choices)
    found = sorted(counted, key=lambda pair: (pair[0] not in FIRST, -pair[1], pair[0]))
    return [(kind, str(words.get(kind, kind)), n) for kind, n in found if n > 1]


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
