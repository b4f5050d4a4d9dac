"""Messages from the system to an agency. They name no person."""

from uuid import UUID

from django.db.models import QuerySet

from palermo.office import clock
from palermo.office.domain.acting import at_work
from palermo.office.models import Agency, Member, Notice
from palermo.office.queries import notices as queries
from palermo.vocabulary.errors import Refusal


def notify(*, agency: Agency, kind: str, about_id: UUID | None = None, text: str = "") -> None:
    """Leave a notice with an agency. `text` holds no names; what it is about opens only for those who may."""
    if agency.enforces_migration:
        return
    Notice.objects.bulk_create([Notice(agency=agency, kind=kind, about_id=about_id, text=text, at=clock.now())])


def inbox(*, member: Member, unread_only: bool = False) -> QuerySet[Notice]:
    """Notices of the member's agency. Migration enforcement has none, and its login may not even ask for them."""
    return Notice.objects.none() if member.agency.enforces_migration else queries.notices(unread_only=unread_only)


def read_notice(*, member: Member, notice: Notice) -> None:
    """Mark a notice as read."""
    if at_work().member != member:
        raise Refusal("somebody else is at work here")
    Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=clock.now())
