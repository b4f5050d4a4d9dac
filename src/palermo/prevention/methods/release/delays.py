"""The newest weeks as they will look, told with noise: old delays in one row, the newest weeks cell by cell.

A case stands in one cell: of an old week, in the count of its delay; of one of the newest weeks, in that of its week
and delay. So one case changes one count by one, the newest weeks, of which little is known, have few cells and little
noise, and all that is computed from the cells tells nothing more. The noise is drawn out again in every replicate, so
that intervals are wide enough to hold it.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from palermo.prevention.methods.release.noise import rounded_gaussian
from palermo.prevention.methods.release.weeks import sigma_for
from palermo.prevention.methods.trends.nowcast import DRAWS, FEWEST, LONGEST
from palermo.vocabulary.errors import Refusal

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class ToldDelays:
    """What may be published, and the noise in it.

    Args:
        weeks: week (its number), registered, share, expected, lower, upper; counts below the floor are null.
        sigma: standard deviation of the noise on each cell.
    """

    weeks: pl.DataFrame
    sigma: float


def tell_delays(
    cells: Ints,
    now: int,
    rho: float,
    *,
    per_person: int = 1,
    floor: int,
    longest: int = LONGEST,
    seed: int = 1,
    generator: np.random.Generator | None = None,
) -> ToldDelays:
    """Complete the newest weeks from noisy counts of delays.

    Args:
        cells: (cells, 3) week of identification, weeks until registration, cases.
        now: the present week.
        rho: to spend.
        per_person: how many cases one person may be.
        floor: counts below are not shown.
        longest: delay in weeks after which hardly anything comes.
        seed: of the replicates, which are no noise.
        generator: of the noise, for tests only.

    Raises:
        Refusal: with its noise the series is too small to learn delays from.
    """
    sigma = sigma_for(rho, per_person)
    old, recent, there = _parts(cells, now, longest)
    told_old = old + rounded_gaussian(old.size, sigma, generator=generator)
    told_recent = np.where(
        there, recent + rounded_gaussian(recent.size, sigma, generator=generator).reshape(recent.shape), 0
    )
    if told_old.sum() + told_recent.sum() < FEWEST:
        raise Refusal("With the noise, too few cases are left to learn delays from.", remedy="Spend more, or none.")
    rng = np.random.default_rng(seed)
    drawn_old = told_old - sigma * rng.standard_normal((DRAWS, old.size))
    drawn_recent = np.where(there, told_recent - sigma * rng.standard_normal((DRAWS, *recent.shape)), 0.0)
    within = _completeness(drawn_old, drawn_recent, there, rng)
    return ToldDelays(_weeks(told_recent, drawn_recent, within, now, floor, rng), sigma)


def _parts(cells: Ints, now: int, longest: int) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    """Cases of old weeks by delay; of the newest weeks (oldest first) by week and delay, and which cells can be."""
    week, delay, count = cells.T
    delay = np.minimum(delay, longest)
    old = np.zeros(longest + 1)
    np.add.at(old, delay[week <= now - longest], count[week <= now - longest])
    recent = np.zeros((longest, longest + 1))
    new = week > now - longest
    np.add.at(recent, (week[new] - (now - longest + 1), delay[new]), count[new])
    age = np.arange(longest - 1, -1, -1)
    return old, recent, np.arange(longest + 1)[None, :] <= age[:, None]


def _completeness(old: Floats, recent: Floats, there: NDArray[np.bool_], rng: np.random.Generator) -> Floats:
    """As `trends.nowcast` has it, from cells with their noise drawn out: shape (draws, longest + 1)."""
    longest = old.shape[1] - 1
    out = np.ones((DRAWS, longest + 1))
    for d in range(longest, 0, -1):
        aged = there[:, d]
        at = np.maximum(old[:, d] + recent[:, aged, d].sum(axis=1), 0)
        before = old[:, :d].sum(axis=1) + recent[:, aged, :d].sum(axis=(1, 2))
        hazard = rng.beta(at + 0.5, np.maximum(before, 0) + 0.5)
        out[:, d - 1] = out[:, d] * (1 - hazard)
    return np.clip(out, 1e-6, 1.0)


def _weeks(told: Floats, drawn: Floats, within: Floats, now: int, floor: int, rng: np.random.Generator) -> pl.DataFrame:
    longest = told.shape[0]
    rows = []
    for place in range(longest):
        age = longest - 1 - place
        held = np.maximum(drawn[:, place].sum(axis=1), 0)
        final = held + rng.negative_binomial(held + 0.5, within[:, age])
        lower, middle, upper = (round(float(end)) for end in np.quantile(final, [0.025, 0.5, 0.975]))
        seen = int(max(told[place].sum(), 0))
        shown = (middle, lower, upper) if middle >= floor else (None, None, None)
        share = round(float(np.median(within[:, age])), 3)
        rows.append((now - age, seen if seen >= floor else None, share, *shown))
    names = {"week": pl.Int64, "registered": pl.Int64, "share": pl.Float64} | dict.fromkeys(
        ("expected", "lower", "upper"), pl.Int64
    )
    return pl.DataFrame(rows, schema=names, orient="row")
