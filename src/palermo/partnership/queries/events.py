"""What the pages of events ask, with a fixed number of statements."""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from palermo.partnership.enums import AttendanceStep
from palermo.partnership.models import Attendance, DeclaredFigure, Event
from palermo.partnership.queries.attended import newcomers


def event_list() -> QuerySet[Event]:
    """Events that the reader may see, newest first, with how many took part as far as they may see."""
    came = Count("attendances", filter=Q(attendances__step=AttendanceStep.PRESENT))
    return Event.objects.annotate(came=came)


def declared_of(*prefixes: str) -> list[DeclaredFigure]:
    """Declared figures of a record, by the beginning of their names."""
    names = Q()
    for prefix in prefixes:
        names |= Q(name__startswith=f"{prefix}.")
    return list(DeclaredFigure.objects.filter(names).order_by("name")) if prefixes else []


@dataclass(frozen=True)
class Came:
    """Who took part in an event, counted for its office."""

    total: int
    by: dict[str, Counter[str]]
    states: Counter[str]
    first_time: frozenset[UUID]


def came_to(event: Event) -> Came:
    """Count an event's attendances by gender, sector and mode, and by State. Two statements."""
    rows = list(
        Attendance.objects.filter(event=event, step=AttendanceStep.PRESENT)
        .order_by()
        .values_list("gender", "sector", "mode", "state", "trained", "trained_as_trainer")
    )
    by = {
        "gender": Counter(row[0] for row in rows),
        "sector": Counter(row[1] for row in rows),
        "mode": Counter(row[2] for row in rows),
        "trained": Counter({"trained": sum(row[4] for row in rows), "trainers": sum(row[5] for row in rows)}),
    }
    return Came(len(rows), by, Counter(row[3] for row in rows if row[3]), frozenset(newcomers(event)))
