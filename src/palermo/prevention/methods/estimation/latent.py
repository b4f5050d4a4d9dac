"""Latent classes of people whom lists find differently (Manrique-Vallier 2016): a Dirichlet-process mixture.

Within a class lists are independent; people differ by class. Gibbs sampling over whole cells of the table, so the work
does not grow with the number of persons. One chain is known to stick, so many are run and must agree.
"""

import numpy as np

from palermo.prevention.methods.estimation.cells import Floats
from palermo.prevention.methods.estimation.chains import credible, mixing_warning, r_hat
from palermo.prevention.methods.estimation.compiled import compiled
from palermo.prevention.methods.estimation.lists import Lists
from palermo.prevention.methods.estimation.log_linear import LEVEL, thin_notes
from palermo.prevention.methods.estimation.results import Estimate

CLASSES = 10
CHAINS = 20
BURN = 20_000
THINNING = 20
SHAPE = 0.25  # Gamma(1/4, 1/4) on the concentration, as usual for this model


def by_latent(lists: Lists, *, chains: int = CHAINS, draws: int = 500, seed: int = 1) -> Estimate:
    """Posterior median of the total under up to 10 latent classes.

    Args:
        lists: counts of capture histories.
        chains: independent chains, each started from random classes.
        draws: kept in each, one in twenty, after 20,000 left out.
        seed: of the chains.
    """
    seeds = np.random.SeedSequence(seed).generate_state(chains)
    runs = [_gibbs(lists.counts, lists.size, BURN, draws, int(each) & 0x7FFFFFFF) for each in seeds]
    unseen = np.stack([run[0] for run in runs])
    totals = lists.observed + unseen
    worst = r_hat(totals)
    return Estimate(
        "latent",
        float(np.median(totals)),
        (credible(totals, LEVEL),),
        warnings=mixing_warning(worst),
        notes=thin_notes(lists),
        figures={
            "R-hat": worst,
            "mean": float(totals.mean()),
            "classes in use": float(np.mean([run[1].mean() for run in runs])),
            "chains": float(chains),
        },
    )


@compiled
def _share_out(count: int, weights: Floats) -> Floats:
    """Divide a count among classes at random by weight: shape (classes,)."""
    out = np.zeros(weights.size)
    rest, mass = count, weights.sum()
    for k in range(weights.size - 1):
        if rest <= 0 or mass <= 0:
            return out
        share = min(1.0, weights[k] / mass)
        drawn = np.random.binomial(rest, share)  # noqa: NPY002
        out[k] = drawn
        rest -= drawn
        mass -= weights[k]
    out[weights.size - 1] = rest
    return out


@compiled
def _shares(sizes: Floats, concentration: float) -> tuple[Floats, float]:
    """Stick-breaking class shares given class sizes, and the sum of log(1 - stick)."""
    out = np.zeros(sizes.size)
    left, after, logs = 1.0, sizes.sum(), 0.0
    for k in range(sizes.size):
        after -= sizes[k]
        stick = 1.0
        if k < sizes.size - 1:
            stick = min(np.random.beta(1.0 + sizes[k], concentration + after), 1.0 - 1e-12)  # noqa: NPY002
            logs += np.log(1.0 - stick)
        out[k] = left * stick
        left *= 1.0 - stick
    return out, logs


@compiled
def _allocate(counts: Floats, unseen: float, shares: Floats, rates: Floats) -> tuple[Floats, Floats]:
    """Persons of each class (classes,) and those of them on each list (classes, lists), drawn for the whole table."""
    classes, lists = rates.shape
    sizes, hits = np.zeros(classes), np.zeros((classes, lists))
    for cell in range(counts.size):
        number = unseen if cell == 0 else counts[cell]
        if number <= 0:
            continue
        weights = shares.copy()
        for k in range(classes):
            for bit in range(lists):
                weights[k] *= rates[k, bit] if cell >> bit & 1 else 1.0 - rates[k, bit]
        parts = _share_out(int(number), weights)
        sizes += parts
        for bit in range(lists):
            if cell >> bit & 1:
                hits[:, bit] += parts
    return sizes, hits


@compiled
def _redraw(rates: Floats, shares: Floats, sizes: Floats, hits: Floats) -> float:
    """New capture rates, in place, and the probability of being on no list under them."""
    missed = 0.0
    for k in range(shares.size):
        absent = shares[k]
        for bit in range(rates.shape[1]):
            rates[k, bit] = np.random.beta(1.0 + hits[k, bit], 1.0 + sizes[k] - hits[k, bit])  # noqa: NPY002
            absent *= 1.0 - rates[k, bit]
        missed += absent
    return missed


@compiled
def _gibbs(counts: Floats, lists: int, burn: int, draws: int, seed: int) -> tuple[Floats, Floats]:
    """One chain: persons on no list (draws,) and classes that hold anybody (draws,)."""
    np.random.seed(seed)  # noqa: NPY002
    observed, classes = counts.sum(), CLASSES
    rates = np.empty((classes, lists))
    for k in range(classes):
        for bit in range(lists):
            rates[k, bit] = np.random.beta(1.0, 2.0)  # noqa: NPY002
    concentration, unseen = 1.0, observed
    shares, _ = _shares(np.zeros(classes), concentration)
    kept, used = np.empty(draws), np.empty(draws)
    for step in range(burn + draws * THINNING):
        sizes, hits = _allocate(counts, unseen, shares, rates)
        shares, logs = _shares(sizes, concentration)
        concentration = max(np.random.gamma(SHAPE + classes - 1.0, 1.0 / (SHAPE - logs)), 1e-3)  # noqa: NPY002
        missed = _redraw(rates, shares, sizes, hits)
        missed = min(max(missed, 1e-12), 1.0 - 1e-9)
        unseen = float(np.random.poisson(np.random.gamma(observed, missed / (1.0 - missed))))  # noqa: NPY002
        if step >= burn and (step - burn) % THINNING == 0:
            kept[(step - burn) // THINNING] = unseen
            used[(step - burn) // THINNING] = (sizes > 0).sum()
    return kept, used
