"""Assets of an investigation with their steps, and what may still be taken from whom: in kind, and by value."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet, Sum
from django.db.models.functions import Coalesce

from palermo.prosecution.enums import AssetState
from palermo.prosecution.methods import confiscation
from palermo.prosecution.methods.confiscation import Order
from palermo.prosecution.models import Asset, AssetStep, Benefit

#: Assets that were taken.
TAKEN = (AssetState.CONFISCATED, AssetState.PAID)
#: Assets that a court may still take.
IN_HAND = (AssetState.FOUND, AssetState.FROZEN, AssetState.SEIZED)


def assets(investigation_id: UUID) -> QuerySet[Asset]:
    """All assets by number, with their holders."""
    return Asset.objects.filter(investigation_id=investigation_id).select_related("holder", "benefit_of")


def steps_of(investigation_id: UUID) -> dict[UUID, list[AssetStep]]:
    """Asset → its steps and valuations in order. One statement."""
    found: dict[UUID, list[AssetStep]] = {}
    steps = AssetStep.objects.filter(investigation_id=investigation_id).select_related("order")
    for step in steps.order_by("on", "recorded_at"):
        found.setdefault(step.asset_id, []).append(step)
    return found


def since(steps: Sequence[AssetStep]) -> dt.date:
    """The day of the newest step; a new valuation is none."""
    return next(step.on for step in reversed(steps) if not step.valuation)


def benefits(investigation_id: UUID) -> dict[tuple[UUID, str], Benefit]:
    """Person and currency → the newest record of what they obtained. One statement."""
    rows = Benefit.objects.filter(investigation_id=investigation_id).select_related("party").order_by("recorded_at")
    return {(one.party_id, one.currency): one for one in rows}


def taken_of(investigation_id: UUID) -> dict[tuple[UUID, str], int]:
    """Person and currency → minor units that confiscations took of the person's benefit so far. One statement."""
    steps = AssetStep.objects.filter(
        investigation_id=investigation_id, state=AssetState.CONFISCATED, asset__state__in=TAKEN
    )
    rows = steps.order_by().values_list(Coalesce("asset__benefit_of", "asset__holder"), "asset__currency")
    return {(party, currency): total for party, currency, total in rows.annotate(total=Sum("amount"))}


@dataclass(frozen=True)
class Taking:
    """What may still be taken of one person's benefit, minor units.

    Attributes:
        taken: confiscated so far.
        order: what the assets in hand would cover of the rest: in kind first, then by value in its place.
    """

    benefit: Benefit
    taken: int
    order: Order


def takings(investigation_id: UUID, known: Sequence[Asset]) -> list[Taking]:
    """For each recorded benefit what is taken, what may be, and what no asset in hand covers."""
    so_far = taken_of(investigation_id)
    return [
        Taking(
            one,
            taken,
            confiscation.order(one.amount, _usable(one, known), holder=one.party.label, returned=one.returned + taken),
        )
        for key, one in benefits(investigation_id).items()
        for taken in [so_far.get(key, 0)]
    ]


def _usable(benefit: Benefit, known: Sequence[Asset]) -> list[confiscation.Asset]:
    """Assets in hand that count against a benefit. What of an asset is another's benefit counts there alone."""
    found = []
    for one in known:
        if one.currency != benefit.currency or one.state not in IN_HAND or (one.holder and one.holder.is_victim):
            continue
        holder = one.holder.label if one.holder else ""
        against = one.against
        if against is not None and against.pk == benefit.party_id:
            found.append(confiscation.Asset(one.label, one.value, one.traced, holder))
        elif one.holder_id == benefit.party_id:
            found.append(confiscation.Asset(one.label, one.value - one.traced, 0, holder))
    return found


def totals(known: Sequence[Asset], steps: Mapping[UUID, Sequence[AssetStep]], *states: str) -> dict[str, int]:
    """Currency → minor units that the newest step to one of the states covers, of assets that stand in one."""
    found: dict[str, int] = {}
    for one in known:
        if one.state in states:
            last = next(step for step in reversed(steps[one.pk]) if step.state in states and not step.valuation)
            found[last.currency] = found.get(last.currency, 0) + last.amount
    return found


def orders_over(known: Sequence[Asset], steps: Mapping[UUID, Sequence[AssetStep]], today: dt.date) -> set[UUID]:
    """Assets that are frozen or seized on an order whose time is over."""
    return {
        one.pk
        for one in known
        if one.state in (AssetState.FROZEN, AssetState.SEIZED)
        for order in [next((step.order for step in reversed(steps[one.pk]) if step.order), None)]
        if order is not None and order.over(today)
    }
