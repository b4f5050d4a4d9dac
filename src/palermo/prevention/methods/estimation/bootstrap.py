"""BCa intervals of an estimate whose model is chosen anew in every resample (Efron 1987; Chan et al. 2021)."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri

from palermo.prevention.methods.estimation.cells import Floats
from palermo.prevention.methods.estimation.results import Interval

Many = Callable[[Floats], Floats]
NOISE_ROUNDS = 200
BEYOND = 1e250  # stands for infinity while quantiles are interpolated


@dataclass(frozen=True, slots=True, eq=False)
class Bootstrap:
    """Resampled totals.

    Args:
        totals: (resamples,) persons in all; infinite where a resample supports no estimate.
        estimate: persons in all on the data themselves.
        acceleration: of the jackknife over persons.
    """

    totals: Floats
    estimate: float
    acceleration: float

    @property
    def bias(self) -> float:
        """z0: how far the estimate stands from the middle of its resamples, in standard normal units."""
        below = float(np.mean(self.totals < self.estimate))
        edge = 0.5 / self.totals.size
        return float(ndtri(min(max(below, edge), 1 - edge)))


def resample(counts: Floats, unseen: Many, *, estimate: float, resamples: int, seed: int) -> Bootstrap:
    """Resample observed persons, and leave each one out in turn.

    Args:
        counts: (2^t,) observed counts.
        unseen: maps tables (n, 2^t) to persons on no list (n,), its choice of model included.
        estimate: persons in all on `counts`.
        resamples: how many.
        seed: of the generator; the same seed gives the same result.
    """
    observed = int(counts.sum())
    tables = np.random.default_rng(seed).multinomial(observed, counts / observed, size=resamples).astype(np.float64)
    totals = observed + unseen(tables)
    return Bootstrap(totals, estimate, acceleration(counts, unseen))


def acceleration(counts: Floats, unseen: Many) -> float:
    """The BCa acceleration from a jackknife over the distinct histories, weighted by their counts."""
    cells = np.flatnonzero(counts)
    tables = np.repeat(counts[None, :], cells.size, axis=0)
    tables[np.arange(cells.size), cells] -= 1.0
    totals = counts.sum() - 1.0 + unseen(tables)
    weights = counts[cells]
    sound = np.isfinite(totals)
    if not sound.any():
        return 0.0
    gaps = np.average(totals[sound], weights=weights[sound]) - totals[sound]
    spread = float((weights[sound] * gaps**2).sum())
    return float((weights[sound] * gaps**3).sum() / (6.0 * spread**1.5)) if spread > 0 else 0.0


def ends(bootstrap: Bootstrap, level: float) -> tuple[float, float]:
    """The two BCa ends at a level."""
    z0, a = bootstrap.bias, bootstrap.acceleration
    tails = ndtri(np.array([(1 - level) / 2, (1 + level) / 2]))
    shares = ndtr(z0 + (z0 + tails) / (1 - a * (z0 + tails)))
    return quantiles(bootstrap.totals, shares)


def quantiles(totals: Floats, shares: Floats) -> tuple[float, float]:
    """The lower and the upper of two quantiles (type 8), in which infinity is just a very large number."""
    found = np.quantile(np.minimum(totals, BEYOND), shares, method="median_unbiased")  # type 8, as the reference
    low, high = (float("inf") if end > BEYOND / 1e100 else float(end) for end in found)
    return low, high


def intervals(bootstrap: Bootstrap, *, level: float, seed: int) -> tuple[Interval, Interval]:
    """The BCa and the raw percentile interval, each with the Monte-Carlo error of its ends.

    The error is the standard deviation of the ends over 200 resamples of the resampled totals.
    """
    rng = np.random.default_rng([seed, 1])
    shares = np.array([(1 - level) / 2, (1 + level) / 2])
    bca, raw = [], []
    for _ in range(NOISE_ROUNDS):
        drawn = Bootstrap(
            rng.choice(bootstrap.totals, bootstrap.totals.size), bootstrap.estimate, bootstrap.acceleration
        )
        bca.append(ends(drawn, level))
        raw.append(quantiles(drawn.totals, shares))
    lower, upper = ends(bootstrap, level)
    low, high = quantiles(bootstrap.totals, shares)
    return (
        Interval("bca", lower, upper, level, _spread(bca)),
        Interval("percentile", low, high, level, _spread(raw)),
    )


def _spread(pairs: list[tuple[float, float]]) -> tuple[float, float]:
    table = np.array(pairs)
    lower, upper = (float(np.std(side)) if np.isfinite(side).all() else float("inf") for side in table.T)
    return lower, upper
