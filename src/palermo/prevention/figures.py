"""Figures that prevention registers: what was published, which everybody may read, and so a report of any office."""

from decimal import Decimal

from django.db.models import QuerySet

from palermo.office.figures import Bound, Counted, Figure, Period, register_figure
from palermo.prevention.models import PublicTable, PublishedEstimate


def _published(period: Period) -> QuerySet[PublishedEstimate]:
    """Ranges whose study ends in the period, and that nobody has taken back."""
    return PublishedEstimate.objects.filter(withdrawn_at=None, end__gte=period.start, end__lt=period.end)


def _sum(period: Period, column: str, bound: Bound) -> Counted:
    rows = list(_published(period).values_list("pk", column))
    ids = tuple(sorted(str(pk) for pk, _ in rows))
    return Counted(Decimal(sum(value for _, value in rows if value is not None)), ids, bound if rows else Bound.EXACT)


def _observed(period: Period) -> Counted:
    return _sum(period, "observed", Bound.AT_LEAST)


def _lower(period: Period) -> Counted:
    return _sum(period, "lower", Bound.AT_LEAST)


def _upper(period: Period) -> Counted:
    """An end that the data do not set cannot be summed: the figure is then a least, not a most."""
    unbounded = _published(period).filter(upper=None).exists()
    return _sum(period, "upper", Bound.OVER if unbounded else Bound.UP_TO)


def _studies(period: Period) -> Counted:
    return Counted(Decimal(len(ids := _sum(period, "lower", Bound.EXACT).ids)), ids)


def _released(period: Period) -> Counted:
    """The synthetic records stand for all cases that were released from."""
    rows = PublicTable.objects.filter(
        withdrawn_at=None, name="synthetic", published_at__date__gte=period.start, published_at__date__lt=period.end
    )
    found = list(rows.values_list("pk", "rows"))
    ids = tuple(sorted(str(pk) for pk, _ in found))
    return Counted(Decimal(sum(rows for _, rows in found)), ids, Bound.ABOUT if found else Bound.EXACT)


def register_figures() -> None:
    """Register them; called once when the applications are ready."""
    whose = "in studies that end in the period and whose estimate is published"
    for name, definition, count, unit in (
        ("known_persons", f"Persons whom some list knows, rounded down to tens, {whose}.", _observed, "persons"),
        (
            "estimated_persons_lower",
            f"Lower end of the range that all methods span with their uncertainty, added up over populations {whose}.",
            _lower,
            "persons",
        ),
        (
            "estimated_persons_upper",
            f"Upper end of the same range, added up over populations {whose}; without an end it is only exceeded.",
            _upper,
            "persons",
        ),
        (
            "released_cases",
            "Cases behind tables and synthetic records that were published in the period, with noise; not withdrawn.",
            _released,
            "cases",
        ),
        ("estimates_published", "Studies that end in the period and whose estimate is published.", _studies, "studies"),
    ):
        register_figure(Figure(f"prevention.{name}", definition, count, unit=unit))
