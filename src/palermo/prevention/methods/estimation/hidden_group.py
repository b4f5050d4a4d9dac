"""Whether two groups of people, found well and found hardly, explain lists better than lists that depend on each other.

If all lists find the same people and overlook the same, every log-linear model of the lists is too low, and none can
tell: the overlaps look like dependence, or like nothing. A model of two latent classes fitted by maximum likelihood
(expectation-maximisation; Goodman 1974, truncated at those on no list) is held beside the chosen model by AIC.
`benchmarks/results/intervals.json` says how often it warned where there was such a group, and where there was none.
"""

from functools import lru_cache

import numpy as np

from palermo.prevention.methods.estimation.cells import Floats, pairs, superset_sums
from palermo.prevention.methods.estimation.fit import finite_effects, fit
from palermo.prevention.methods.estimation.lists import Lists
from palermo.prevention.methods.estimation.stepwise import main_effects, open_table, stepwise

STARTS, ROUNDS, STILL = 10, 300, 1e-6
EDGE = 1e-4  # capture probabilities are kept this far from 0 and 1
THRESHOLD = 0.02
HIDDEN = (
    "A hidden group: two groups of people, whom all lists find well and hardly, explain these lists better than lists "
    "that depend on each other, and put the total at {total:,.0f}. If there is such a group, every other estimate is "
    "too low; do not use it without another source."
)
#: Lists below which two groups have more parameters than there are histories to tell them by.
IDENTIFIED = 4


def hidden_group_warning(lists: Lists) -> tuple[str, ...]:
    """A warning where two hidden groups explain the lists better than the stepwise model does, with their total."""
    return _warned(lists.names, tuple(lists.counts.tolist()))


@lru_cache(maxsize=64)  # every method asks it of the same lists
def _warned(names: tuple[str, ...], counts: tuple[float, ...]) -> tuple[str, ...]:
    table, size = np.array(counts), len(names)
    if size < IDENTIFIED:
        return ()
    likelihood, total = two_groups(table, size)
    if _aic(likelihood, 2 * size + 1) > _aic(*_stepwise(table, size)):
        return ()
    return (HIDDEN.format(total=total),)


def two_groups(counts: Floats, lists: int) -> tuple[float, float]:
    """The likeliest two latent classes.

    Args:
        counts: (2^t,) observed counts.
        lists: t.

    Returns:
        The log likelihood given that a person is observed, and the number of persons in all.
    """
    rng = np.random.default_rng(0)
    best = max((_climbed(counts, lists, rng) for _ in range(STARTS)), key=lambda found: found[0])
    return float(best[0]), float(best[1])


def _climbed(counts: Floats, lists: int, rng: np.random.Generator) -> tuple[float, float]:
    on = ((np.arange(1, 1 << lists)[:, None] >> np.arange(lists)) & 1).astype(np.float64)
    seen, observed = counts[1:], float(counts[1:].sum())
    found, share = rng.uniform(0.02, 0.4, size=(2, lists)), np.array([0.3, 0.7])
    before, missed = -np.inf, 0.0
    for _ in range(ROUNDS):
        each = np.exp(on @ np.log(found).T + (1 - on) @ np.log1p(-found).T + np.log(share))
        unseen = np.prod(1 - found, axis=1) * share
        missed = float(unseen.sum())
        whole = each.sum(axis=1)
        likelihood = float((seen * np.log(whole)).sum() - observed * np.log1p(-missed))
        if likelihood - before < STILL:
            break
        before = likelihood
        member = each / whole[:, None]
        persons = (seen[:, None] * member).sum(axis=0) + observed * missed / (1 - missed) * unseen / missed
        found = np.clip(((seen[:, None] * member).T @ on) / persons[:, None], EDGE, 1 - EDGE)
        share = persons / persons.sum()
    return before, observed / (1 - missed)


def _stepwise(counts: Floats, lists: int) -> tuple[float, int]:
    """Log likelihood and number of parameters of the stepwise model, given that a person is observed."""
    candidates = pairs(lists)
    chosen, _ = stepwise(counts, lists, candidates, THRESHOLD)
    model = np.concatenate([main_effects(lists), np.sort(candidates[chosen])])
    open_cells = open_table(lists)
    effects = finite_effects(model, superset_sums(counts, lists), open_cells)
    _, _, deviance = fit(counts, effects, open_cells, lists)
    held = counts[counts > 0]
    saturated = float((held * np.log(held / held.sum())).sum())
    return saturated - float(deviance) / 2, lists + int(chosen.sum())


def _aic(likelihood: float, parameters: int) -> float:
    return 2 * parameters - 2 * likelihood
