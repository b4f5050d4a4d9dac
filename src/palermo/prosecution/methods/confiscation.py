"""Confiscation: what may be taken, in kind and by value, and the way of an asset from frozen to paid.

The value to be taken is the benefit that was obtained. Assets that tracing or direct evidence ties to it are taken in
kind; what is lacking is taken by value from other assets of the same holder (substitutes), never more in all than the
benefit, and nothing twice. Victims are paid before the State. Whether a forum knows value confiscation, extended
confiscation or third parties' rights is for its law; this only counts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from palermo.prosecution.methods.shares import shared_within
from palermo.vocabulary.errors import Refusal


class State(StrEnum):
    """Where an asset stands."""

    FOUND = "found"
    FROZEN = "frozen"
    SEIZED = "seized"
    CONFISCATED = "confiscated"
    PAID = "paid"
    RELEASED = "released"


NEXT: dict[State, tuple[State, ...]] = {
    State.FOUND: (State.FROZEN, State.SEIZED),
    State.FROZEN: (State.SEIZED, State.CONFISCATED, State.RELEASED),
    State.SEIZED: (State.CONFISCATED, State.RELEASED),
    State.CONFISCATED: (State.PAID,),
    State.PAID: (),
    State.RELEASED: (State.FROZEN, State.SEIZED),
}
"""What may follow. Nothing is paid out that was not confiscated; what is paid is done with."""

NEEDS = {
    State.FROZEN: "an order that is in force, with its date and authority",
    State.SEIZED: "an order, and a record of who took it into custody and where it is",
    State.CONFISCATED: "a final decision",
    State.PAID: "what was realised, and who was paid",
    State.RELEASED: "a decision, or the end of the order",
}


def advance(now: State, then: State) -> State:
    """The next state of an asset.

    Raises:
        Refusal: `then` cannot follow `now`.
    """
    if then not in NEXT[now]:
        after = ", ".join(NEXT[now]) or "nothing"
        raise Refusal(f"An asset that is {now} cannot become {then}.", remedy=f"After {now} comes {after}.")
    return then


@dataclass(frozen=True)
class Asset:
    """Something of value.

    Attributes:
        name: what it is.
        value: minor units it would bring, after charges that rank before.
        traced: minor units of it that come from the benefit.
        holder: whose it is.
    """

    name: str
    value: int
    traced: int
    holder: str


@dataclass(frozen=True)
class Order:
    """What is taken.

    Attributes:
        benefit: the value to be taken in all.
        in_kind: by asset, because it comes from the benefit.
        by_value: by asset, in place of what is lacking.
        short: what no asset in hand covers.
    """

    benefit: int
    in_kind: dict[str, int]
    by_value: dict[str, int]
    short: int


def order(benefit: int, assets: Sequence[Asset], *, holder: str, returned: int = 0) -> Order:
    """The order against one holder.

    Args:
        benefit: minor units that the holder obtained by the crime.
        assets: in hand; others' assets are taken only as far as they are traced.
        holder: against whom the order is made.
        returned: of the benefit, what has gone back to victims already.

    Raises:
        Refusal: more traced than an asset is worth at the time of the order and of tracing, or negative amounts.
    """
    if benefit < 0 or returned < 0 or any(one.value < 0 or one.traced < 0 for one in assets):
        raise Refusal("An amount is negative.", remedy="Give amounts without a sign.")
    left = max(benefit - returned, 0)
    in_kind: dict[str, int] = {}
    by_value: dict[str, int] = {}
    for one in sorted(assets, key=lambda one: (-min(one.traced, one.value), one.name)):
        part = min(one.traced, one.value, left)
        if part:
            in_kind[one.name] = part
            left -= part
    for one in sorted(assets, key=lambda one: (-one.value, one.name)):
        part = min(one.value - in_kind.get(one.name, 0), left) if one.holder == holder else 0
        if part:
            by_value[one.name] = part
            left -= part
    return Order(benefit, in_kind, by_value, left)


@dataclass(frozen=True)
class Payout:
    """Who is paid from what was realised, minor units."""

    victims: dict[str, int]
    costs: int
    state: int
    unpaid: dict[str, int]


def pay_out(realised: int, awards: Mapping[str, int], *, costs: int = 0) -> Payout:
    """Victims before the State; costs of realising come off what the State gets, never off what victims get.

    Args:
        realised: minor units in hand from confiscated assets.
        awards: unpaid compensation by victim.
        costs: of keeping and selling.
    """
    paid = shared_within(realised, awards)
    left = realised - sum(paid.values())
    borne = min(costs, left)
    return Payout(paid, borne, left - borne, {name: awards[name] - paid[name] for name in awards})
