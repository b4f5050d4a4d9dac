"""What an office's events of a period brought together, with the rows that were counted: one statement a figure."""

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from palermo.partnership.enums import AttendanceStep, EventStatus, PublicationStatus
from palermo.partnership.models import Attendance, Event, Publication

#: Published, whether or not it was then released at an event.
OUT = (PublicationStatus.PUBLISHED, PublicationStatus.RELEASED)


def held(office: UUID, start: dt.date, end: dt.date) -> QuerySet[Event]:
    """Events of an office that took place wholly within a period (days from `start` to before `end`)."""
    return Event.objects.filter(office_id=office, status=EventStatus.DONE, earliest__gte=start, latest__lt=end)


def came(office: UUID, start: dt.date, end: dt.date) -> QuerySet[Attendance]:
    """Attendances at those events: somebody who took part."""
    return Attendance.objects.filter(event__in=held(office, start, end), step=AttendanceStep.PRESENT)


def persons(attendances: QuerySet[Attendance]) -> list[UUID]:
    """Distinct persons, each by the id of one attendance: the same one as long as the same rows are there."""
    rows = attendances.exclude(name="").order_by("key", "id").distinct("key")
    return sorted(rows.values_list("id", flat=True))


def first_time(office: UUID, start: dt.date, end: dt.date) -> QuerySet[Attendance]:
    """Attendances of persons who had taken part in no event of the office before the period."""
    before = Attendance.objects.filter(
        key=OuterRef("key"), step=AttendanceStep.PRESENT, event__office_id=office, event__earliest__lt=start
    )
    return came(office, start, end).filter(~Exists(before))


def newcomers(event: Event) -> set[UUID]:
    """Ids of the attendances at an event of persons who had never come to an event of its office before."""
    earlier = Attendance.objects.filter(
        key=OuterRef("key"), step=AttendanceStep.PRESENT, event__office_id=event.office_id
    ).filter(Q(event__earliest__lt=event.earliest) if event.earliest else Q(pk=None))
    rows = event.attendances.filter(step=AttendanceStep.PRESENT).filter(~Exists(earlier))
    return set(rows.values_list("id", flat=True))


def states(attendances: QuerySet[Attendance], codes: Iterable[str]) -> list[str]:
    """States out of `codes` for which somebody came."""
    return sorted(attendances.filter(state__in=list(codes)).order_by().values_list("state", flat=True).distinct())


def published(office: UUID, start: dt.date, end: dt.date) -> QuerySet[Publication]:
    """Publications of an office that came out wholly within a period."""
    return Publication.objects.filter(office_id=office, status__in=OUT, earliest__gte=start, latest__lt=end)
