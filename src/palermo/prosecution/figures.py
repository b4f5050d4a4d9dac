"""Figures that prosecution registers; each counts what the pass of whoever asks lets them see."""

from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from palermo.office.figures import Counted, Figure, Period, register_figure
from palermo.prosecution.enums import AssetState, Payee, StepKind
from palermo.prosecution.models import AssetStep, Investigation, Share, Step

_EURO = "EUR"


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


def _euros(rows: QuerySet[Any]) -> Counted:
    """The sum of rows in minor units of the euro; other currencies are never added to it."""
    found = {str(pk): minor for pk, minor in rows.values_list("pk", "amount")}
    return Counted(Decimal(sum(found.values())).scaleb(-2), tuple(sorted(found)))


def _asset_steps(state: str, period: Period) -> Counted:
    steps = AssetStep.objects.filter(state=state, valuation=False, on__gte=period.start, on__lt=period.end)
    return _euros(steps.filter(currency=_EURO))


def _frozen(period: Period) -> Counted:
    return _asset_steps(AssetState.FROZEN, period)


def _confiscated(period: Period) -> Counted:
    return _asset_steps(AssetState.CONFISCATED, period)


def _paid_to_victims(period: Period) -> Counted:
    paid = Share.objects.filter(payee=Payee.VICTIM, paid_on__gte=period.start, paid_on__lt=period.end)
    return _euros(paid.filter(sharing__currency=_EURO))


def register_figures() -> None:
    """Register them; called once when the applications are ready."""
    for name, definition, count in (
        ("value_frozen", "Value of assets frozen in the period, as the orders covered them", _frozen),
        ("value_confiscated", "Value of assets confiscated in the period by final decisions", _confiscated),
        ("paid_to_victims", "Paid to victims in the period out of what was confiscated", _paid_to_victims),
    ):
        told = f"{definition}, in investigations of the agency of whoever asks; amounts in euro alone."
        register_figure(Figure(f"prosecution.{name}", told, count, unit=_EURO))
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
