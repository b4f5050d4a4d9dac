"""Messages from the system to an agency. They name no person."""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from palermo.office import clock
from palermo.office.domain.acting import at_work
from palermo.office.models import Agency, Member, Notice
from palermo.office.queries import notices as queries
from palermo.vocabulary.errors import Refusal


def notify(*, agency: Agency, kind: str, about_id: UUID | None = None, text: str = "") -> None:
    """Leave a notice with an agency; what it is about opens only for those who may.

    Args:
        agency: who gets it; migration enforcement gets none.
        kind: a NoticeKind that members may leave (SQL's office_notify() has the list; the others SQL leaves itself).
        about_id: what it is about.
        text: empty, or an id: the own agency's, or in a notice to the own agency any.
    """
    if agency.enforces_migration:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT office_notify(%s, %s, %s, %s)", [agency.pk, kind, about_id, text])


def inbox(*, member: Member, unread_only: bool = False) -> QuerySet[Notice]:
    """Notices of the member's agency. Migration enforcement has none, and its login may not even ask for them."""
    return Notice.objects.none() if member.agency.enforces_migration else queries.notices(unread_only=unread_only)


def note_notices(*, member: Member, kind: str = "", ids: Sequence[UUID] = (), before: dt.datetime | None = None) -> int:
    """Mark unread notices of the member's agency as read; returns how many there were.

    Args:
        kind: only those of this NoticeKind.
        ids: only these.
        before: only those that arrived before this moment.
    """
    if at_work().member != member:
        raise Refusal("somebody else is at work here")
    found = inbox(member=member, unread_only=True)
    wanted = {"kind": kind, "pk__in": list(ids), "at__lt": before}
    pks = found.filter(**{name: value for name, value in wanted.items() if value}).values_list("pk", flat=True)
    return Notice.objects.filter(pk__in=list(pks), read_at=None).update(read_at=clock.now())


def read_notice(*, member: Member, notice: Notice) -> None:
    """Mark a notice as read."""
    if at_work().member != member:
        raise Refusal("somebody else is at work here")
    Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=clock.now())
