"""A series of weekly counts told with noise: everything that is shown of it follows from the noisy counts alone.

Each count of a week and a stratum gets rounded Gaussian noise. Baselines, alarms and stretches of one rate are then
computed from those, which tells nothing more about anybody (post-processing). Weeks and strata, the effort of finding
and known changes of detection are public by declaration of the holder.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.special import ndtr

from palermo.prevention.methods.release.noise import rounded_gaussian
from palermo.prevention.methods.trends import Stretch, Week, farrington, holding, stretches

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Weekly:
    """One stratum.

    Args:
        name: of the stratum.
        weeks: the Monday of each week as text, oldest first.
        counts: (weeks,) cases.
        effort: (weeks,) or None.
        known: positions at which detection is known to have changed.
    """

    name: str
    weeks: Sequence[str]
    counts: Floats
    effort: Floats | None = None
    known: Sequence[int] = ()


@dataclass(frozen=True, slots=True, eq=False)
class ToldWeeks:
    """What may be published, and the noise in it.

    Args:
        weeks: stratum, week, count (null below the floor), effort, expected, upper, alarm.
        stretches: stratum, from, to, rate, lower, upper, detection_changed.
        sigma: standard deviation of the noise on each count.
    """

    weeks: pl.DataFrame
    stretches: pl.DataFrame
    sigma: float


def sigma_for(rho: float, per_person: int) -> float:
    """The noise that spends rho, where one person is counted at most so many times, be it in one week."""
    return per_person / float(np.sqrt(2 * rho))


def distinguishable(sigma: float, per_person: int) -> float:
    """How much better than a guess the best attacker tells whether a person is in: total variation of the two answers.

    For Gaussian noise it is known exactly: 2 Phi(s / 2 sigma) - 1 at sensitivity s.
    """
    return float(2 * ndtr(per_person / (2 * sigma)) - 1)


def tell_weeks(
    strata: Sequence[Weekly],
    rho: float,
    *,
    per_person: int = 1,
    floor: int,
    tested: int = 52,
    alpha: float = 0.01,
    generator: np.random.Generator | None = None,
) -> ToldWeeks:
    """Tell weekly counts, what was to be expected, and stretches of one rate, for rho in all.

    Args:
        strata: over the same weeks.
        rho: to spend.
        per_person: how often one person may be counted, over all weeks and strata.
        floor: a count below is not shown, and raises no alarm.
        tested: newest weeks that are judged.
        alpha: probability above which no alarm is raised.
        generator: for tests only.

    Raises:
        Refusal: the series is too short to be judged, or effort is not above 0.
    """
    sigma = sigma_for(rho, per_person)
    noisy = {
        one.name: np.maximum(one.counts + rounded_gaussian(one.counts.size, sigma, generator=generator), 0.0)
        for one in strata
    }
    judged = {one.name: farrington(noisy[one.name], effort=one.effort, tested=tested, alpha=alpha) for one in strata}
    held = holding(judged)
    weeks = [_weeks(one, noisy[one.name], judged[one.name], held[one.name], floor) for one in strata]
    parts = [_stretches(one, noisy[one.name], sigma) for one in strata]
    return ToldWeeks(pl.concat(weeks), pl.concat(parts), sigma)


def _weeks(one: Weekly, noisy: Floats, judged: Sequence[Week], held: Sequence[bool], floor: int) -> pl.DataFrame:
    """A count below the floor is null, and no alarm stands on it; an alarm is one that holds among all strata."""
    expected, upper, alarm = (np.full(noisy.size, np.nan) for _ in range(3))
    for week, holds in zip(judged, held, strict=True):
        expected[week.position], upper[week.position] = week.expected, week.upper
        alarm[week.position] = week.alarm and holds and noisy[week.position] >= floor
    numbers = {"count": pl.Int64, "effort": pl.Float64, "expected": pl.Float64, "upper": pl.Int64, "alarm": pl.Int64}
    return pl.DataFrame(
        {
            "stratum": [one.name] * noisy.size,
            "week": list(one.weeks),
            "count": [int(count) if count >= floor else None for count in noisy],
            "effort": [None] * noisy.size if one.effort is None else one.effort.tolist(),
            "expected": [None if np.isnan(value) else round(float(value), 1) for value in expected],
            "upper": [None if np.isnan(value) else round(float(value)) for value in upper],
            "alarm": [None if np.isnan(value) else int(value) for value in alarm],
        },
        schema_overrides=numbers,
    )


def _stretches(one: Weekly, noisy: Floats, sigma: float) -> pl.DataFrame:
    """Cuts must pay for the noise, too, and intervals are wider by it: variance over mean, as for over-dispersion."""

    def spread(counts: Floats) -> float:
        return 1 + sigma**2 / max(float(counts.mean()), 1.0)

    price = 3.0 * float(np.log(noisy.size)) * spread(noisy)
    found = stretches(noisy, effort=one.effort, known=one.known, penalty=price)
    rows = [_row(one, part, float(np.sqrt(spread(noisy[part.start : part.end])))) for part in found]
    names = ("stratum", "from", "to", "rate", "lower", "upper", "detection_changed")
    return pl.DataFrame(rows, schema=names, orient="row")


def _row(one: Weekly, part: Stretch, wider: float) -> tuple[str, str, str, float, float, float, int]:
    lower = max(part.rate - wider * (part.rate - part.lower), 0.0)
    upper = part.rate + wider * (part.upper - part.rate)
    ends = one.weeks[part.start], one.weeks[part.end - 1]
    return (one.name, *ends, *(float(f"{v:.4g}") for v in (part.rate, lower, upper)), int(part.known))  # type: ignore[return-value]  # three of them
