"""What was recovered, shared among those who were robbed: pari passu by loss, or by what each rule traces (rolling)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from palermo.prosecution.methods.shares import shared_within
from palermo.prosecution.methods.tracing.rules import Rule
from palermo.vocabulary.errors import Refusal

if TYPE_CHECKING:
    from palermo.prosecution.methods.tracing.result import Trace


class Way(StrEnum):
    """How what was recovered is shared; a choice of law, named in every order."""

    PARI_PASSU = "pari-passu"
    ROLLING = "rolling"


WAYS = {
    Way.PARI_PASSU: "By loss, whatever came last: Barlow Clowes v Vaughan [1992] as applied.",
    Way.ROLLING: "By what pro rata tracing finds of each claim in the account that was recovered: the rolling charge "
    "(Barlow Clowes v Vaughan [1992], Woolf LJ).",
}


@dataclass(frozen=True)
class Part:
    """How one claim's part of one sum came about: `paid` is the sum's part by weight, unless `cap` bound it.

    Attributes:
        source: the account that was recovered; empty where all was put together.
        claim: whose part.
        sum: minor units that were shared.
        weight: of the claim: its loss, or what is traced of it there.
        weights: of all claims together.
        cap: the most it could get.
        paid: minor units.
    """

    source: str
    claim: str
    sum: int
    weight: int
    weights: int
    cap: int
    paid: int

    @property
    def exact(self) -> tuple[int, int]:
        """The part by weight alone: whole minor units, and the remainder over `weights`."""
        return divmod(self.sum * self.weight, self.weights) if self.weights else (0, 0)


@dataclass(frozen=True)
class Restitution:
    """Who gets what.

    Attributes:
        way: how it was shared.
        paid: by claim, minor units.
        lost: by claim, what was claimed.
        surplus: recovered and due to no claim.
        parts: how each came about, by source and claim.
    """

    way: Way
    paid: dict[str, int]
    lost: dict[str, int]
    surplus: int
    parts: tuple[Part, ...] = ()

    @property
    def unpaid(self) -> dict[str, int]:
        """By claim, what stays lost."""
        return {name: self.lost[name] - self.paid[name] for name in self.lost}


def by_loss(recovered: int, lost: Mapping[str, int]) -> Restitution:
    """Share by loss; nobody gets more than was lost.

    Args:
        recovered: minor units to share.
        lost: by claim, minor units.
    """
    paid = shared_within(recovered, lost)
    parts = _parts("", recovered, lost, lost, paid)
    return Restitution(Way.PARI_PASSU, paid, dict(lost), recovered - sum(paid.values()), parts)


def _parts(
    source: str, recovered: int, weights: Mapping[str, int], caps: Mapping[str, int], paid: Mapping[str, int]
) -> tuple[Part, ...]:
    total = sum(weights.values())
    return tuple(
        Part(source, name, recovered, weights[name], total, caps[name], paid[name]) for name in weights if weights[name]
    )


def by_trace(found: "Trace", recovered: Mapping[str, int], lost: Mapping[str, int]) -> Restitution:
    """Share each recovered account by what the rolling charge traces into it; nobody gets more than was lost.

    Args:
        found: a trace under pro rata, of the same claims.
        recovered: minor units by account.
        lost: by claim, minor units.

    Raises:
        Refusal: a trace under another rule, or more recovered from an account than it holds.
    """
    if found.rule is not Rule.PRO_RATA:
        raise Refusal("The rolling charge is the pro rata trace.", remedy="Trace with pro-rata.")
    ledger, closing = found.ledger, found.ledger.closing()
    paid = dict.fromkeys(lost, 0)
    parts: list[Part] = []
    for account, amount in sorted(recovered.items()):
        if amount > closing[ledger.code(account)]:
            raise Refusal(
                f"{ledger.text(amount)} was recovered from {account}, which held "
                f"{ledger.text(int(closing[ledger.code(account)]))}.",
                remedy="Give what was recovered, at most the balance.",
            )
        here = {name: found.held_of(number).get(account, 0) for number, name in enumerate(found.claims)}
        caps = {name: min(lost.get(name, 0) - paid.get(name, 0), held) for name, held in here.items()}
        given = shared_within(amount, caps, here)
        for name, part in given.items():
            paid[name] = paid.get(name, 0) + part
        parts += _parts(account, amount, here, caps, given)
    return Restitution(Way.ROLLING, paid, dict(lost), sum(recovered.values()) - sum(paid.values()), tuple(parts))


def victims_first(done: Restitution) -> Restitution:
    """The same, and what no claim was traced into goes by loss to what is still unpaid, before the State sees it."""
    if not done.surplus:
        return done
    more = by_loss(done.surplus, done.unpaid)
    paid = {name: done.paid[name] + more.paid[name] for name in done.lost}
    return Restitution(done.way, paid, done.lost, more.surplus, (*done.parts, *more.parts))
