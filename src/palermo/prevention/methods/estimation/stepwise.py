"""Stepwise choice of pairs by the Poisson tail of their overlaps (Chan, Silverman & Vincent 2021)."""

import numpy as np

from palermo.prevention.methods.estimation.cells import Flags, Floats, Ints, close_cells, superset_sums
from palermo.prevention.methods.estimation.compiled import compiled
from palermo.prevention.methods.estimation.existence import EXISTS, verdict
from palermo.prevention.methods.estimation.fit import finite_effects, fit
from palermo.prevention.methods.estimation.tails import smaller_tail


@compiled
def main_effects(lists: int) -> Ints:
    """The intercept and one effect for each list: shape (lists + 1,)."""
    out = np.zeros(lists + 1, dtype=np.int64)
    for bit in range(lists):
        out[bit + 1] = 1 << bit
    return out


@compiled
def open_table(lists: int) -> Flags:
    """All cells open but cell 0."""
    out = np.ones(1 << lists, dtype=np.bool_)
    out[0] = False
    return out


@compiled
def stepwise(counts: Floats, lists: int, candidates: Ints, threshold: float) -> tuple[Flags, float]:
    """Add pairs to the main effects, smallest p-value first, until none is below the threshold.

    The model with a pair is tested for existence before the pair enters; only the best pair is tested, then the next,
    which gives the same path as testing all.

    Args:
        counts: (2^lists,) observed counts.
        lists: number of lists.
        candidates: (m,) pairs that may enter, as effects.
        threshold: p-value below which a pair enters (strictly).

    Returns:
        Flags (m,) of the chosen pairs, and the persons on no list; infinite if not even the main effects have an
        estimate.
    """
    margins = superset_sums(counts, lists)
    open_cells = open_table(lists)
    chosen = np.zeros(candidates.size, dtype=np.bool_)
    effects = finite_effects(main_effects(lists), margins, open_cells)
    if verdict(counts, effects, open_cells) != EXISTS:
        return chosen, np.inf
    beta, means, _ = fit(counts, effects, open_cells, lists)
    while beta.size > 0:
        fitted = superset_sums(means, lists)
        values = np.ones(candidates.size)
        for k in range(candidates.size):
            if not chosen[k]:
                values[k] = smaller_tail(margins[candidates[k]], fitted[candidates[k]])
        added = -1
        while added < 0:
            best = int(np.argmin(values))
            if not values[best] < threshold:
                return chosen, np.exp(beta[0])
            trial_cells = open_cells.copy()
            trial = effects
            if margins[candidates[best]] > 0:
                trial = np.append(effects, candidates[best])
            else:
                close_cells(trial_cells, candidates[best])
            if verdict(counts, trial, trial_cells) == EXISTS:
                added = best
                effects, open_cells = trial, trial_cells
            values[best] = 1.0
        chosen[added] = True
        beta, means, _ = fit(counts, effects, open_cells, lists)
    return chosen, np.inf


@compiled
def stepwise_many(tables: Floats, lists: int, candidates: Ints, threshold: float) -> Floats:
    """The persons on no list for each table, the choice repeated for each: shape (n, 2^lists) to (n,)."""
    out = np.empty(tables.shape[0])
    for row in range(tables.shape[0]):
        _, out[row] = stepwise(tables[row], lists, candidates, threshold)
    return out
