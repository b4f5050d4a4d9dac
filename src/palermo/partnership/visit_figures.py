"""Figures of visits that reports call by name."""

from decimal import Decimal

from django.db.models import QuerySet

from palermo.office.domain.acting import at_work
from palermo.office.figures import Counted, Figure, Period, register_figure
from palermo.partnership.models import TOOK_PLACE, Visit


def _held(period: Period) -> QuerySet[Visit]:
    """Visits of the office of whoever asks that took place and ended within the period."""
    member = at_work().member
    return Visit.objects.filter(
        office=member.agency if member else None,
        status__in=TOOK_PLACE,
        ends__gte=period.start,
        ends__lt=period.end,
    )


def _visits(period: Period) -> Counted:
    ids = tuple(sorted(str(pk) for pk in _held(period).values_list("pk", flat=True)))
    return Counted(Decimal(len(ids)), ids)


def _states(period: Period) -> Counted:
    codes = tuple(sorted(set(_held(period).values_list("state", flat=True))))
    return Counted(Decimal(len(codes)), codes)


def _reported(period: Period) -> Counted:
    found = Visit.objects.filter(
        office=member.agency if (member := at_work().member) else None,
        reported_on__gte=period.start,
        reported_on__lt=period.end,
    )
    ids = tuple(sorted(str(pk) for pk in found.values_list("pk", flat=True)))
    return Counted(Decimal(len(ids)), ids)


FIGURES = (
    Figure(
        "partnership.visits_done",
        "Visits of the office that took place, with their last day within the period; none that was only planned.",
        _visits,
        unit="visits",
    ),
    Figure(
        "partnership.states_visited",
        "States and Partners to which such a visit went; each counts once.",
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


def register_visit_figures() -> None:
    """Register the figures; called once when the applications are ready."""
    for figure in FIGURES:
        register_figure(figure)
