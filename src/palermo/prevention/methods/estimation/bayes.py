"""Bayesian thresholding of pairs (Silverman 2020): sample the model with every pair, drop the weak, sample again.

Intercept and main effects have a flat prior, pairs a normal one of mean 0 and variance 1, so that pairs without a
shared person keep a proper posterior. A pair stays if its posterior mean is at least two posterior standard deviations
from 0. Sampling is by random-walk Metropolis shaped by the curvature at the mode.
"""

import numpy as np

from palermo.prevention.methods.estimation.cells import Floats, Ints, pairs, subset_sums
from palermo.prevention.methods.estimation.chains import credible, mixing_warning, r_hat
from palermo.prevention.methods.estimation.compiled import compiled
from palermo.prevention.methods.estimation.hidden_group import hidden_group_warning
from palermo.prevention.methods.estimation.lists import Lists
from palermo.prevention.methods.estimation.log_linear import LEVEL, thin_notes
from palermo.prevention.methods.estimation.results import Estimate
from palermo.prevention.methods.estimation.stepwise import main_effects

CHAINS = 8
BURN = 5_000
THINNING = 10
STRONG = 2.0
STEPS_TO_MODE = 200


def by_bayes(lists: Lists, *, draws: int = 2_000, strong: float = STRONG, seed: int = 1) -> Estimate:
    """Posterior median of the total under the pairs that survive the threshold.

    Args:
        lists: counts of capture histories.
        draws: kept in each of 8 chains, one in ten.
        strong: posterior standard deviations from 0 that a pair's mean must reach.
        seed: of the chains.
    """
    base = main_effects(lists.size)
    every = np.concatenate([base, pairs(lists.size)])
    first = _sample(lists, every, draws=draws, seed=seed)
    flat = first.reshape(-1, every.size)
    strength = np.abs(flat.mean(axis=0)) / flat.std(axis=0)
    keep = strength >= strong
    keep[: base.size] = True
    model = every[keep]
    second = _sample(lists, model, draws=draws, seed=seed + 1)
    totals = lists.observed + np.exp(second[:, :, 0])
    worst = max(r_hat(totals), r_hat(np.exp(first[:, :, 0])))
    chosen = [int(effect) for effect in model[base.size :]]
    margins = lists.margins
    return Estimate(
        "bayes",
        float(np.median(totals)),
        (credible(totals, LEVEL),),
        tuple(lists.label(effect) for effect in chosen),
        tuple(lists.label(effect) for effect in chosen if margins[effect] == 0),
        (*hidden_group_warning(lists), *mixing_warning(worst)),
        thin_notes(lists),
        figures={"R-hat": worst, "mean": float(totals.mean())},
    )


def _design(lists: int, effects: Ints) -> Floats:
    cells = np.arange(1, 1 << lists)[:, None]
    design: Floats = ((cells & effects) == effects).astype(np.float64)
    return design


def _sample(lists: Lists, effects: Ints, *, draws: int, seed: int) -> Floats:
    """Posterior draws of all effects: shape (chains, draws, effects)."""
    precision = np.where(np.arange(effects.size) > lists.size, 1.0, 0.0)
    mode, covariance = _mode(lists, effects, precision)
    shape = np.linalg.cholesky(covariance) * (2.38 / np.sqrt(effects.size))
    seeds = np.random.SeedSequence(seed).generate_state(CHAINS)
    chains = [
        _metropolis(lists.counts, lists.size, effects, precision, mode, shape, draws, int(each) & 0x7FFFFFFF)
        for each in seeds
    ]
    return np.stack(chains)


def _mode(lists: Lists, effects: Ints, precision: Floats) -> tuple[Floats, Floats]:
    """Posterior mode and the inverse curvature there."""
    design, counts = _design(lists.size, effects), lists.counts[1:]
    beta = np.asarray(np.linalg.lstsq(design, np.log(counts + 0.5), rcond=None)[0], dtype=np.float64)

    def loss(at: Floats) -> float:
        line = np.minimum(design @ at, 60.0)
        return float(np.exp(line).sum() - counts @ line + 0.5 * (precision * at * at).sum())

    curvature: Floats = np.eye(effects.size)
    for _ in range(STEPS_TO_MODE):
        means = np.exp(np.minimum(design @ beta, 60.0))
        curvature = (design.T * means) @ design + np.diag(precision)
        step = np.linalg.solve(curvature, design.T @ (counts - means) - precision * beta)
        scale = 1.0
        while loss(beta + scale * step) > loss(beta) + 1e-9 and scale > 1e-6:
            scale /= 2
        beta = beta + scale * step
        if np.abs(step).max() < 1e-8:
            break
    return beta, np.asarray(np.linalg.inv(curvature), dtype=np.float64)


@compiled
def _log_posterior(counts: Floats, lists: int, effects: Ints, precision: Floats, beta: Floats) -> float:
    spread = np.zeros(counts.size)
    out = 0.0
    for k in range(effects.size):
        spread[effects[k]] = beta[k]
        out -= 0.5 * precision[k] * beta[k] * beta[k]
    line = subset_sums(spread, lists)
    for cell in range(1, counts.size):
        out += counts[cell] * line[cell] - np.exp(line[cell])
    return out


@compiled
def _metropolis(  # compiled code takes no keywords
    counts: Floats,
    lists: int,
    effects: Ints,
    precision: Floats,
    mode: Floats,
    shape: Floats,
    draws: int,
    seed: int,
) -> Floats:
    """One chain, started two proposal widths round the mode: shape (draws, effects)."""
    np.random.seed(seed)  # noqa: NPY002  # the generator inside compiled code
    size = effects.size
    beta = mode + 2.0 * shape @ np.random.standard_normal(size)  # noqa: NPY002
    here = _log_posterior(counts, lists, effects, precision, beta)
    out = np.empty((draws, size))
    scale = 1.0
    for step in range(BURN + draws * THINNING):
        trial = beta + scale * (shape @ np.random.standard_normal(size))  # noqa: NPY002
        there = _log_posterior(counts, lists, effects, precision, trial)
        taken = np.log(np.random.random()) < there - here  # noqa: NPY002
        if taken:
            beta, here = trial, there
        if step < BURN:  # the width settles on one step in four taken
            scale *= np.exp(((1.0 if taken else 0.0) - 0.25) / np.sqrt(step + 1.0))
        elif (step - BURN) % THINNING == 0:
            out[(step - BURN) // THINNING] = beta
    return out
