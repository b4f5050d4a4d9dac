"""Figures that prosecution registers; each counts what the pass of whoever asks lets them see."""

from decimal import Decimal

from palermo.office.figures import Counted, Figure, Period, register_figure
from palermo.prosecution.enums import StepKind
from palermo.prosecution.models import Investigation, Step


def _opened(period: Period) -> Counted:
    rows = Investigation.objects.filter(opened_at__date__gte=period.start, opened_at__date__lt=period.end)
    ids = tuple(sorted(str(pk) for pk in rows.values_list("pk", flat=True)))
    return Counted(Decimal(len(ids)), ids)


def _persons(kind: str, period: Period) -> Counted:
    rows = Step.objects.filter(kind=kind, on__gte=period.start, on__lt=period.end)
    ids = tuple(sorted({str(pk) for pk in rows.values_list("party_id", flat=True)}))
    return Counted(Decimal(len(ids)), ids)


def _charged(period: Period) -> Counted:
    return _persons(StepKind.CHARGED, period)


def _convicted(period: Period) -> Counted:
    return _persons(StepKind.GUILTY, period)


def register_figures() -> None:
    """Register them; called once when the applications are ready."""
    register_figure(
        Figure(
            "prosecution.investigations_opened",
            "Investigations that the agency of whoever asks opened in the period.",
            _opened,
            unit="investigations",
        )
    )
    register_figure(
        Figure(
            "prosecution.persons_charged",
            "Persons charged in the period in investigations of the agency of whoever asks, each once.",
            _charged,
            unit="persons",
        )
    )
    register_figure(
        Figure(
            "prosecution.persons_convicted",
            "Persons convicted in the first instance in the period, each once, whatever an appeal decided later.",
            _convicted,
            unit="persons",
        )
    )
