"""The best of all hierarchical models by BIC, found exactly without fitting them all (Silverman, Chan & Vincent 2024).

A model's deviance is never below that of any model that holds it. So a branch of the tree "is this effect in or out?"
has a lower bound: the deviance with every undecided effect in, plus the price of those already decided in. Branches
above the best model so far (plus a slack, when near ties are wanted too) are cut. Five lists take some 50 fits instead
of 1,024, six some 100 instead of 32,768, and the answer is the same as by trying all.
"""

import math
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from palermo.prevention.methods.estimation.cells import Floats, Ints, superset_sums
from palermo.prevention.methods.estimation.compiled import compiled
from palermo.prevention.methods.estimation.existence import EXISTS, verdict
from palermo.prevention.methods.estimation.fit import finite_effects, fit
from palermo.prevention.methods.estimation.stepwise import main_effects, open_table, stepwise

States = NDArray[np.int8]
IN, OUT, OPEN = 1, -1, 0
KEPT = 4096  # near ties remembered
MOST_WORK = 10_000_000  # fits times cells, some seconds; a search that needs more is reported as unfinished
FIRST_GUESS = 0.01  # p-value of the stepwise choice that gives the first bound
TINY = 1e-6


def interactions(lists: int, order: int) -> Ints:
    """The effects of two lists up to `order` lists (never all of them), pairs first: shape (m,)."""
    sizes = range(2, min(order, lists - 1) + 1)
    return np.array(
        [sum(1 << bit for bit in group) for size in sizes for group in combinations(range(lists), size)], dtype=np.int64
    )


@compiled
def baseline(counts: Floats) -> float:
    """-2 log-likelihood of the saturated Poisson model, which turns a deviance into -2 log-likelihood."""
    total = 0.0
    for cell in range(1, counts.size):
        if counts[cell] > 0:
            total += 2.0 * (math.lgamma(counts[cell] + 1.0) - counts[cell] * math.log(counts[cell]) + counts[cell])
    return total


@compiled
def model_of(effects: Ints, states: States, lists: int) -> Ints:
    """Main effects and every interaction that is not out, nor holds one that is."""
    base = main_effects(lists)
    out = np.zeros(base.size + effects.size, dtype=np.int64)
    out[: base.size] = base
    found = base.size
    for k in range(effects.size):
        if states[k] != OUT and _allowed(effects, states, k):
            out[found] = effects[k]
            found += 1
    return out[:found]


@compiled
def _allowed(effects: Ints, states: States, which: int) -> bool:
    for k in range(effects.size):
        if states[k] == OUT and effects[which] & effects[k] == effects[k] and k != which:
            return False
    return True


@compiled
def fit_model(counts: Floats, margins: Floats, lists: int, model: Ints) -> tuple[float, float]:
    """Deviance and persons on no list of one model; both infinite where the fit finds none."""
    open_cells = open_table(lists)
    effects = finite_effects(model, margins, open_cells)
    beta, _, deviance = fit(counts, effects, open_cells, lists)
    if beta.size == 0:
        return np.inf, np.inf
    return deviance, np.exp(beta[0])


@compiled
def model_exists(counts: Floats, margins: Floats, lists: int, model: Ints) -> bool:
    """Whether the model has an estimate, its minus-infinity effects taken out."""
    open_cells = open_table(lists)
    effects = finite_effects(model, margins, open_cells)
    return verdict(counts, effects, open_cells) == EXISTS


@compiled
def _gains(counts: Floats, margins: Floats, lists: int, effects: Ints) -> tuple[Floats, float]:
    """By how much the deviance of the largest model rises without each effect, and that deviance."""
    states = np.zeros(effects.size, dtype=np.int8)
    full, _ = fit_model(counts, margins, lists, model_of(effects, states, lists))
    if full == np.inf:
        full = 0.0
    out = np.zeros(effects.size)
    for k in range(effects.size):
        states[k] = OUT
        deviance, _ = fit_model(counts, margins, lists, model_of(effects, states, lists))
        states[k] = OPEN
        out[k] = max(0.0, deviance - full) if deviance < np.inf else 0.0
    return out, full


@compiled
def _bound(counts: Floats, margins: Floats, lists: int, interacting: Ints, price: float) -> float:
    """Deviance plus price of the stepwise choice: a model that exists, so the best is no worse."""
    chosen, unseen = stepwise(counts, lists, interacting[: lists * (lists - 1) // 2], FIRST_GUESS)
    if not unseen < np.inf:
        return np.inf
    states = np.full(interacting.size, OUT, dtype=np.int8)
    for k in range(chosen.size):
        if chosen[k]:
            states[k] = OPEN
    model = model_of(interacting, states, lists)
    deviance, _ = fit_model(counts, margins, lists, model)
    return deviance + model.size * price + TINY


@compiled
def _by_influence(effects: Ints, gains: Floats) -> Ints:
    """Order of decision: faces before what they bound, strongest first."""
    keys = np.empty(effects.size)
    for k in range(effects.size):
        size = 0
        rest = effects[k]
        while rest:
            size += rest & 1
            rest >>= 1
        keys[k] = size * 1e12 - gains[k]
    return np.argsort(keys)


@compiled
def search(  # noqa: C901, PLR0915  # one loop with a stack of its own, since compiled code does not recurse well
    counts: Floats, lists: int, interacting: Ints, slack: float
) -> tuple[Floats, Floats, States, Ints, bool]:
    """Every hierarchical model whose BIC is within `slack` of the best.

    BIC is -2 log-likelihood + p log n with n the persons observed and p all effects, those at minus infinity too.

    Args:
        counts: (2^lists,) observed counts.
        lists: number of lists.
        interacting: (m,) effects of two or more lists that may enter, as `interactions` gives.
        slack: how much worse than the best a model may be and still be reported; 0 for the best alone.

    Returns:
        BIC (k,), persons on no list (k,), states (k, m), the effects (m,) in the states' order, and whether the search
        came to its end. Empty if no model has an estimate.
    """
    margins = superset_sums(counts, lists)
    gains, full = _gains(counts, margins, lists, interacting)
    order = _by_influence(interacting, gains)
    effects, gains = interacting[order], gains[order]
    price = math.log(counts.sum())
    fixed = baseline(counts)
    m = effects.size
    states = np.zeros(m, dtype=np.int8)
    tried = np.zeros(m + 1, dtype=np.int8)
    deviances, missing = np.zeros(m + 1), np.full(m + 1, np.inf)
    deviances[0] = full
    values, hidden = np.empty(KEPT), np.empty(KEPT)
    kept = np.zeros((KEPT, m), dtype=np.int8)
    found, depth, forced = 0, 0, lists + 1
    best = _bound(counts, margins, lists, interacting, price)
    _, missing[0] = fit_model(counts, margins, lists, model_of(effects, states, lists))
    fits = 0
    while depth >= 0 and fits * counts.size < MOST_WORK:
        if depth == m:
            value = deviances[m] + forced * price
            model = model_of(effects, states, lists)
            if missing[m] < np.inf and value <= best + slack and model_exists(counts, margins, lists, model):
                if slack == 0.0:
                    found = 0
                best = min(best, value)
                if found < KEPT:
                    values[found], hidden[found], kept[found] = value + fixed, missing[m], states
                    found += 1
            depth -= 1
            continue
        if states[depth] == IN:
            forced -= 1
        states[depth] = OPEN
        if tried[depth] == 2:
            tried[depth] = 0
            depth -= 1
            continue
        first = IN if gains[depth] > price else OUT
        branch = first if tried[depth] == 0 else -first
        tried[depth] += 1
        allowed = _allowed(effects, states, depth)
        if branch == IN and not allowed:
            continue
        states[depth] = branch
        deviances[depth + 1], missing[depth + 1] = deviances[depth], missing[depth]
        if branch == IN:
            forced += 1
        elif allowed:
            fits += 1
            deviance, missing[depth + 1] = fit_model(counts, margins, lists, model_of(effects, states, lists))
            deviances[depth + 1] = max(deviance, deviances[depth]) if deviance < np.inf else deviances[depth]
        if deviances[depth + 1] + forced * price <= best + slack:
            depth += 1
    keep = values[:found] <= best + fixed + slack
    return values[:found][keep], hidden[:found][keep], kept[:found][keep], effects, fits * counts.size < MOST_WORK


@compiled
def best_of_many(tables: Floats, lists: int, interacting: Ints) -> Floats:
    """The persons on no list under each table's own best model: shape (n, 2^lists) to (n,)."""
    out = np.full(tables.shape[0], np.inf)
    for row in range(tables.shape[0]):
        values, hidden, _, _, _ = search(tables[row], lists, interacting, 0.0)
        if values.size > 0:
            out[row] = hidden[np.argmin(values)]
    return out
