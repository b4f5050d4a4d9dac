"""Background work of the analyst's room, done as the agency's automatic hand."""

from uuid import UUID

from palermo.office.models import Member
from palermo.office.tasks import deferred, regular
from palermo.prevention.domain import estimates, releases
from palermo.prevention.domain.expiring import delete_expired
from palermo.prevention.models import Release, Run


@deferred(estimates.WORK)
def _estimate(_hand: Member, *, run: UUID) -> None:
    found = Run.objects.select_related("agency", "table").filter(pk=run).first()
    if found is not None:
        estimates.estimate(run=found)


@deferred(releases.WORK)
def _make_release(_hand: Member, *, release: UUID) -> None:
    found = Release.objects.select_related("agency", "table", "series").filter(pk=release).first()
    if found is not None:
        releases.make_release(release=found)


@regular("prevention.delete_held_files", cron="30 3 * * *")
def _delete_expired() -> int:
    return delete_expired()
