"""Groups estimated apart (SDG 16.2.2: sex, age, form of exploitation), with a total that is their sum.

One table over all mixes groups that the lists find differently, which by itself makes lists look dependent. Groups too
small for an estimate count with their known persons alone, and the total is then said to be at least that.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from palermo.prevention.methods.estimation.bootstrap import resample
from palermo.prevention.methods.estimation.cells import Floats, pairs
from palermo.prevention.methods.estimation.lists import Lists, require_usable
from palermo.prevention.methods.estimation.log_linear import LEVEL, by_stepwise
from palermo.prevention.methods.estimation.results import Estimate
from palermo.prevention.methods.estimation.stepwise import stepwise_many
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


@dataclass(frozen=True, slots=True)
class Strata:
    """All groups and their sum.

    Args:
        by: the covariates.
        groups: in the order of their values.
        total: the sum of the groups' estimates, and of known persons where a group has none.
        lower: of the 95 % percentile interval of that sum, groups resampled independently.
        upper: of the same; infinite where a group is unbounded.
        at_least: whether a group without estimate counts with its known persons only.
    """

    by: tuple[str, ...]
    groups: tuple[Stratum, ...]
    total: float
    lower: float
    upper: float
    at_least: bool


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
    rng = np.random.default_rng([seed, 3])
    out, total, sums = [], 0.0, np.zeros(resamples)
    for group, lists in sorted(groups.items()):
        stratum = _stratum(group, _held(lists), threshold=threshold, resamples=resamples, seed=seed)
        out.append(stratum)
        if stratum.estimate is None or stratum.estimate.estimate is None:
            total, sums = total + lists.observed, sums + lists.observed
            continue
        total += stratum.estimate.estimate
        # Groups are independent: their resamples are paired in an order of chance.
        sums += rng.permutation(_totals(stratum.lists, stratum.estimate.estimate, threshold, resamples, seed))
    low, high = np.quantile(np.minimum(sums, 1e250), [(1 - LEVEL) / 2, (1 + LEVEL) / 2], method="median_unbiased")
    short = any(s.estimate is None or s.estimate.estimate is None for s in out)
    return Strata(by, tuple(out), total, float(low), float(high) if high < 1e150 else float("inf"), short)


def _stratum(group: Group, lists: Lists, *, threshold: float, resamples: int, seed: int) -> Stratum:
    try:
        require_usable(lists)
    except Refusal as refusal:
        return Stratum(group, lists, None, refusal.message)
    found = by_stepwise(lists, threshold=threshold, resamples=resamples, seed=seed)
    return Stratum(group, lists, found, " ".join(found.reasons) if found.estimate is None else "")


def _totals(lists: Lists, estimate: float, threshold: float, resamples: int, seed: int) -> Floats:
    def unseen(tables: Floats) -> Floats:
        return stepwise_many(tables, lists.size, pairs(lists.size), threshold)

    return resample(lists.counts, unseen, estimate=estimate, resamples=resamples, seed=seed).totals


def _held(lists: Lists) -> Lists:
    """The lists that hold somebody of the group; an agency for children has no man of 30 on its list."""
    kept = [bit for bit in range(lists.size) if lists.margins[1 << bit] > 0]
    if len(kept) == lists.size:
        return lists
    counts = np.zeros(1 << len(kept))
    for cell, n in enumerate(lists.counts):
        counts[sum(1 << k for k, bit in enumerate(kept) if cell >> bit & 1)] += n
    return Lists(tuple(lists.names[bit] for bit in kept), counts)
