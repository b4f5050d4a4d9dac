"""Whether more persons are on three lists or more than lists that depend in pairs would share.

If all lists find the same people and overlook the same, every log-linear model of pairs is too low, and its overlaps
in pairs look like dependence, or like nothing. What gives it away is depth: those who are easily found stand on three
lists and four. The test is Rao's score of one more effect, for each list of a person beyond the second, beside the
pairs that the stepwise choice took; it needs no further fit, one parameter makes it strong, and scores of groups add
up. The rate at which it warns without cause is set (`error_rates`); `benchmarks/results/` says how often it did.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.special import gammaincc

from palermo.prevention.methods.estimation.cells import Floats, pairs, superset_sums
from palermo.prevention.methods.estimation.error_rates import RATES, Rates
from palermo.prevention.methods.estimation.fit import finite_effects, fit
from palermo.prevention.methods.estimation.lists import Lists
from palermo.prevention.methods.estimation.stepwise import main_effects, open_table, stepwise

THRESHOLD = 0.02
#: Lists below which depth cannot be told from one more pair.
IDENTIFIED = 4
NOTHING = 1e-9
SEVERAL = 2
LEVEL = 1e-3  # a gamma distribution this little lopsided is as good as a normal one
RAREST = 1000


@dataclass(frozen=True, slots=True)
class Depth:
    """Lists of persons beyond their second, against what pairs explain.

    Args:
        surplus: as counted less as fitted; the score of the effect.
        variance: of the surplus where there is no such effect.
        third: its third cumulant; few persons on three lists make a surplus lopsided.
        pairs: how many pairs the stepwise choice took.
    """

    surplus: float
    variance: float
    third: float
    pairs: int = 0

    def improbable(self, rate: float) -> bool:
        """Whether the surplus is less probable than a rate, halved where pairs were found.

        By chance the choice takes hardly two. Where it did, lists do depend, and other pairs, too weak to be found,
        add to the surplus.
        """
        return self.probability < (rate / 2 if self.pairs >= SEVERAL else rate)

    @property
    def probability(self) -> float:
        """Of a surplus this large by chance, by the gamma distribution of these cumulants; 1 where none is told."""
        if self.variance <= NOTHING:
            return 1.0
        deviations = self.surplus / np.sqrt(self.variance)
        lopsided = max(self.third / self.variance**1.5, LEVEL)
        shape = 4.0 / lopsided**2
        return float(gammaincc(shape, max(shape + deviations * np.sqrt(shape), 0.0)))


NONE = Depth(0.0, 0.0, 0.0)


def together(parts: Iterable[Depth]) -> Depth:
    """The test over independent groups at once: cumulants add up."""
    parts = tuple(parts)
    return Depth(*(sum(getattr(part, name) for part in parts) for name in ("surplus", "variance", "third", "pairs")))


def depth(lists: Lists) -> Depth:
    """The surplus beside the stepwise choice of pairs; nothing where there are fewer than four lists."""
    return _depth(tuple(lists.counts.tolist()), lists.size)


@lru_cache(maxsize=64)  # every method asks it of the same lists
def _depth(counts: tuple[float, ...], size: int) -> Depth:
    if size < IDENTIFIED:
        return NONE
    table, candidates = np.array(counts), pairs(size)
    chosen, unseen = stepwise(table, size, candidates, THRESHOLD)
    if not np.isfinite(unseen):
        return NONE
    open_cells = open_table(size)
    model = np.concatenate([main_effects(size), candidates[chosen]])
    effects = finite_effects(model, superset_sums(table, size), open_cells)
    _, means, _ = fit(table, effects, open_cells, size)
    cells = np.arange(table.size)
    design: Floats = ((cells[:, None] & effects) == effects).astype(np.float64)
    beyond = np.maximum(np.bitwise_count(cells).astype(np.float64) - 2.0, 0.0)
    weighted = design.T * means
    apart = beyond - design @ np.linalg.solve(weighted @ design, weighted @ beyond)
    variance, third = (float((means * apart**power).sum()) for power in (2, 3))
    return Depth(float(beyond @ (table - means)), variance, third, int(chosen.sum()))


def hidden_group_warning(lists: Lists, *, rate: float = RATES.hidden) -> tuple[str, ...]:
    """A warning where the surplus is improbable at a rate, with what can then still be said."""
    found = depth(lists)
    return _told([lists], found.probability) if found.improbable(rate) else ()


def hidden_groups_warning(groups: Iterable[Lists], *, rates: Rates = RATES) -> tuple[str, ...]:
    """The same over several independent groups: all together, or the one that shows it most."""
    groups = tuple(groups)
    found = [depth(lists) for lists in groups]
    every = together(found)
    alone = len(found) * min((one.probability for one in found), default=1.0)
    if every.improbable(rates.hidden) or alone < rates.alone:
        return _told(groups, min(every.probability, alone))
    return ()


def _told(groups: Sequence[Lists], chance: float) -> tuple[str]:
    least = sum(lower_bound(lists) for lists in groups)
    told = (
        "A hidden group: more persons are on three lists or more than lists that depend in pairs would share; by "
        f"chance that is so {_once_in(chance)}. Some people are easy to find for every list and others hard, or three "
        "lists depend on each other. The estimate is then mostly too low and its interval misses; do not use it "
        f"without another source. What holds is a lower bound of about {least:,.0f} (Chao 1989)."
    )
    return (told,)


def _once_in(chance: float) -> str:
    return f"once in {1 / chance:,.0f} times" if chance * RAREST > 1 else f"less than once in {RAREST:,} times"


def lower_bound(lists: Lists) -> float:
    """Persons in all, at least, if people differ in how easily every list finds them (Chao 1989, bias-corrected).

    By Cauchy's inequality those on no list are at least the products of those on one list alone, over those on two.
    """
    sizes = np.bitwise_count(np.arange(lists.counts.size))
    alone, twice = lists.counts[sizes == 1], float(lists.counts[sizes == 2].sum())
    products = (float(alone.sum()) ** 2 - float((alone**2).sum())) / 2
    return lists.observed + products / (twice + 1)
