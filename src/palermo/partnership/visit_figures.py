"""Figures of visits that reports call by name."""

from django.db.models import QuerySet

from palermo.office.figures import Counted, Figure, Period
from palermo.partnership.models import TOOK_PLACE, Visit
from palermo.partnership.queries.asking import office_asking


def _held(period: Period) -> QuerySet[Visit]:
    """Visits of the office of whoever asks that took place and ended within the period."""
    return Visit.objects.filter(
        office=office_asking(),
        status__in=TOOK_PLACE,
        ends__gte=period.start,
        ends__lt=period.end,
    )


def _visits(period: Period) -> Counted:
    return Counted.of(_held(period).values_list("pk", flat=True))


def _states(period: Period) -> Counted:
    return Counted.of(_held(period).values_list("state", flat=True))


def _reported(period: Period) -> Counted:
    found = Visit.objects.filter(
        office=office_asking(),
        reported_on__gte=period.start,
        reported_on__lt=period.end,
    )
    return Counted.of(found.values_list("pk", flat=True))


FIGURES = (
    Figure(
        "partnership.visits_done",
        "Visits of the office that took place, with their last day within the period; none that was only planned.",
        _visits,
        unit="visits",
    ),
    Figure(
        "partnership.states_visited",
        "States and Partners that the office visited, with the visit's last day within the period; each counts once.",
        _states,
        unit="States and Partners",
    ),
    Figure(
        "partnership.visits_reported",
        "Visits of the office whose report was sent to the State within the period.",
        _reported,
        unit="reports",
    ),
)
