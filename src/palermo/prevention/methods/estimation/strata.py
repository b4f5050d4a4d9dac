"""Groups estimated apart (SDG 16.2.2: sex, age, form of exploitation), with a total that is their sum.

One table over all mixes groups that the lists find differently, which by itself makes lists look dependent. Groups too
small for an estimate count with their known persons alone, and the total is then said to be at least that.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from palermo.prevention.methods.estimation.bootstrap import quantiles
from palermo.prevention.methods.estimation.cells import Floats
from palermo.prevention.methods.estimation.error_rates import RATES, Rates, head
from palermo.prevention.methods.estimation.hidden_group import hidden_groups_warning
from palermo.prevention.methods.estimation.lists import Lists, require_usable
from palermo.prevention.methods.estimation.log_linear import LEVEL, stepwise_resampled
from palermo.prevention.methods.estimation.results import Estimate, Interval
from palermo.vocabulary.errors import Refusal

Group = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stratum:
    """One group.

    Args:
        group: its values, one a covariate.
        lists: its capture histories; lists that hold nobody of the group are left out.
        estimate: by the stepwise choice; None where the group supports none.
        reason: why not.
    """

    group: Group
    lists: Lists
    estimate: Estimate | None
    reason: str = ""

    @property
    def interval(self) -> Interval | None:
        """The percentile interval, as of the sum: a BCa interval of few persons misses more often."""
        spans = self.estimate.intervals if self.estimate else ()
        return next((span for span in spans if span.kind == "percentile"), None)


@dataclass(frozen=True, slots=True)
class Strata:
    """All groups and their sum.

    Args:
        by: the covariates.
        groups: in the order of their values.
        total: the sum of the groups' estimates, and of known persons where a group has none.
        lower: of the 95 % percentile interval of that sum, groups resampled independently; infinite where hardly a
            resample sets any bound.
        upper: of the same; infinite where a group is unbounded.
        at_least: whether a group without estimate counts with its known persons only.
        warnings: why not to rely on the total's interval; tested over all groups together, at a rate set beforehand.
    """

    by: tuple[str, ...]
    groups: tuple[Stratum, ...]
    total: float
    lower: float
    upper: float
    at_least: bool
    warnings: tuple[str, ...] = ()


def by_strata(
    groups: Mapping[Group, Lists],
    *,
    by: tuple[str, ...],
    threshold: float = 0.02,
    resamples: int = 1000,
    seed: int = 1,
) -> Strata:
    """Estimate each group by the stepwise choice and add the groups up, their uncertainty with them.

    Args:
        groups: capture histories of each group; a person stands in one group only.
        by: what the groups' values are values of.
        threshold: of the stepwise choice.
        resamples: of each group.
        seed: of the resamples.
    """
    return _summed(by, [_each(groups, threshold=threshold, resamples=resamples, seed=seed)])


def over_readings(
    readings: Sequence[Mapping[Group, Lists]],
    *,
    by: tuple[str, ...],
    threshold: float = 0.02,
    resamples: int = 1000,
    seed: int = 1,
) -> Strata:
    """The same over several readings of doubtful links: the interval holds their doubt beside that of sampling.

    Args:
        readings: the groups as each reading of the links has them, the likeliest first.
        by: what the groups' values are values of.
        threshold: of the stepwise choice.
        resamples: of each group, divided among the readings.
        seed: of the resamples.

    Returns:
        Groups of the likeliest reading; the total is the median over readings, its interval that of all resamples.
    """
    share = max(resamples // len(readings), 20)
    return _summed(by, [_each(r, threshold=threshold, resamples=share, seed=seed + k) for k, r in enumerate(readings)])


#: Every group, their sum, and the sum of their resamples.
_Reading = tuple[list[Stratum], float, Floats]


def _summed(by: tuple[str, ...], found: Sequence[_Reading]) -> Strata:
    """The groups of the first reading, the median of all sums, and the interval of all resamples."""
    groups = found[0][0]
    every = np.concatenate([sums for _, _, sums in found])
    low, high = quantiles(every, np.array([(1 - LEVEL) / 2, (1 + LEVEL) / 2]))
    total = float(np.median([each for _, each, _ in found]))
    at_least = any(s.estimate is None for part, _, _ in found for s in part)
    return Strata(by, tuple(groups), total, low, high, at_least, tuple(_warnings(groups, at_least=at_least)))


def _warnings(groups: Sequence[Stratum], *, at_least: bool) -> list[str]:
    """Of the total: each test over all groups together."""
    out = list(hidden_groups_warning(s.lists for s in groups if s.estimate))
    scattered = [
        ", ".join(s.group)
        for s in groups
        if s.estimate and any(head(told) == "Over-dispersion" for told in s.estimate.warnings)
    ]
    if scattered:
        out.append(
            f"Over-dispersion: the counts of {'; '.join(scattered)} scatter more than their models allow; "
            "the intervals are too narrow."
        )
    if at_least:
        out.append(
            "A group without an estimate: it counts with its known persons only, so the total is at least this, "
            "and its interval leaves that group's doubt out."
        )
    return out


def _each(groups: Mapping[Group, Lists], *, threshold: float, resamples: int, seed: int) -> _Reading:
    """One reading."""
    rng = np.random.default_rng([seed, 3])
    out: list[Stratum] = []
    total, sums = 0.0, np.zeros(resamples)
    held = {group: _held(lists) for group, lists in sorted(groups.items())}
    usable = [lists for lists in held.values() if _why_not(lists) == ""]
    rates = RATES.among(max(len(usable), 1), hidden=bool(hidden_groups_warning(usable)))
    for group, lists in held.items():
        stratum, totals = _stratum(group, lists, threshold=threshold, resamples=resamples, seed=seed, rates=rates)
        out.append(stratum)
        if stratum.estimate is None or stratum.estimate.estimate is None:
            total, sums = total + lists.observed, sums + lists.observed
            continue
        total += stratum.estimate.estimate
        # Groups are independent: their resamples are paired in an order of chance.
        sums += rng.permutation(totals)
    return out, total, sums


def _why_not(lists: Lists) -> str:
    """Why a group supports no estimate, or nothing."""
    try:
        require_usable(lists)
    except Refusal as refusal:
        return refusal.message
    return ""


def _stratum(
    group: Group, lists: Lists, *, threshold: float, resamples: int, seed: int, rates: Rates
) -> tuple[Stratum, Floats]:
    """The group, and its resampled totals."""
    if why_not := _why_not(lists):
        return Stratum(group, lists, None, why_not), np.empty(0)
    found, totals = stepwise_resampled(lists, threshold=threshold, resamples=resamples, seed=seed, rates=rates)
    if found.estimate is None:
        return Stratum(group, lists, None, " ".join(found.reasons)), totals
    return Stratum(group, lists, found), totals


def _held(lists: Lists) -> Lists:
    """The lists that hold somebody of the group; an agency for children has no man of 30 on its list."""
    kept = [bit for bit in range(lists.size) if lists.margins[1 << bit] > 0]
    if len(kept) == lists.size:
        return lists
    counts = np.zeros(1 << len(kept))
    for cell, n in enumerate(lists.counts):
        counts[sum(1 << k for k, bit in enumerate(kept) if cell >> bit & 1)] += n
    return Lists(tuple(lists.names[bit] for bit in kept), counts)
