"""Weeks with more cases than the season, the trend and the effort of finding them explain.

The flexible Farrington method (Noufaily et al. 2013): a quasi-Poisson model of the same weeks of past years, past
outbreaks given less weight, and a negative binomial upper bound for the week in question. The effort of finding cases
(hotline hours, screened persons) enters as a denominator, so that "more found" is not read as "more happening".
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import nbinom, poisson

from palermo.vocabulary.errors import Refusal

Floats = NDArray[np.float64]

YEAR = 52
PERIODS = 10
HALF_WINDOW = 3
PAST_OUTBREAK = 2.58  # Anscombe residuals above are taken for past outbreaks
LEFT_OUT = 26  # the newest weeks may belong to the outbreak under test
FEWEST_YEARS = 3
QUIET = 5  # fewer cases than this in four weeks raise no alarm


@dataclass(frozen=True, slots=True)
class Week:
    """One week judged.

    Args:
        position: its place in the series.
        count: cases.
        expected: cases that season, trend and effort lead one to expect.
        upper: the upper bound; a count above it is an alarm.
        probability: of at least this count if nothing had changed.
        alarm: whether the count is above the bound (and cases are not too few to say).
        reason: the judgement in words.
    """

    position: int
    count: int
    expected: float
    upper: float
    probability: float
    alarm: bool
    reason: str


def farrington(
    counts: Floats, *, effort: Floats | None = None, tested: int = YEAR, years: int = 5, alpha: float = 0.01
) -> tuple[Week, ...]:
    """Judge the newest weeks of a weekly series.

    Args:
        counts: (weeks,) cases, oldest first.
        effort: (weeks,) what finding them cost, above 0; None for constant effort.
        tested: how many of the newest weeks to judge.
        years: how many past years to look at, at least 3 must be there.
        alpha: probability above which no alarm is raised.

    Raises:
        Refusal: the series is shorter than three years, or effort is not above 0.
    """
    series = np.asarray(counts, dtype=np.float64)
    given = np.ones(series.size) if effort is None else np.asarray(effort, dtype=np.float64)
    if not (given > 0).all():
        raise Refusal("Effort must be above 0 in every week.", remedy="Leave out weeks without any effort.")
    first = FEWEST_YEARS * YEAR + HALF_WINDOW
    if series.size <= first:
        raise Refusal(
            f"{series.size} weeks are too few: three years and more are needed.", remedy="Gather a longer series."
        )
    start = max(first, series.size - tested)
    return tuple(_judge(series, given, at, years, alpha) for at in range(start, series.size))


def _judge(series: Floats, effort: Floats, at: int, years: int, alpha: float) -> Week:
    weeks, season = _baseline(at, years)
    design = _design(weeks, season, at)
    offset = np.log(effort[weeks])
    beta, phi = _fit(design[:-1], series[weeks], offset)
    expected = float(np.exp(min(design[-1] @ beta + np.log(effort[at]), 50.0)))
    count = int(series[at])
    if phi > 1:
        model = nbinom(expected / (phi - 1), 1 / phi)
    else:
        model = poisson(expected)
    upper, probability = float(model.ppf(1 - alpha)), float(model.sf(count - 1))
    few = series[max(0, at - 3) : at + 1].sum() < QUIET
    alarm = count > upper and not few
    reason = f"{count} cases where {expected:.1f} were expected and up to {upper:.0f} would not surprise"
    if count > upper and few:
        reason += f"; fewer than {QUIET} in four weeks raise no alarm"
    return Week(at, count, expected, upper, probability, bool(alarm), reason)


def _baseline(at: int, years: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The weeks of past years, without the newest, and the season of each: 0 for the same weeks, then nine others."""
    weeks = np.arange(max(0, at - years * YEAR - HALF_WINDOW), at - LEFT_OUT, dtype=np.int64)
    phase = (weeks - at + HALF_WINDOW) % YEAR
    window = 2 * HALF_WINDOW + 1
    season = np.where(phase < window, 0, 1 + (phase - window) * (PERIODS - 1) // (YEAR - window))
    return weeks, season.astype(np.int64)


def _design(weeks: NDArray[np.int64], season: NDArray[np.int64], at: int) -> Floats:
    """Intercept, trend and season; the last row is the week under test."""
    rows = np.append(weeks, at)
    trend = (rows - rows.mean()) / YEAR
    seasons = np.append(season, 0)[:, None] == np.arange(1, PERIODS)
    return np.column_stack([np.ones(rows.size), trend, seasons]).astype(np.float64)


def _fit(design: Floats, counts: Floats, offset: Floats) -> tuple[Floats, float]:
    """Quasi-Poisson fit, then again with past outbreaks weighted down: coefficients and dispersion."""
    weights = np.ones(counts.size)
    _, means, phi = _glm(design, counts, offset, weights)
    residuals = _anscombe(counts, means, phi, design, weights)
    high = residuals > PAST_OUTBREAK
    weights = np.where(high, np.where(high, residuals, 1.0) ** -2.0, 1.0)
    weights *= counts.size / weights.sum()
    beta, _, phi = _glm(design, counts, offset, weights)
    return beta, phi


def _glm(design: Floats, counts: Floats, offset: Floats, weights: Floats) -> tuple[Floats, Floats, float]:
    beta = np.zeros(design.shape[1])
    beta[0] = np.log(max(counts.mean(), 0.1)) - offset.mean()
    ridge = 1e-8 * np.eye(beta.size)
    for _ in range(50):
        means = np.exp(np.clip(design @ beta + offset, -20, 20))
        scored = design.T @ (weights * (counts - means))
        step = np.linalg.solve((design.T * (weights * means)) @ design + ridge, scored)
        beta = beta + np.clip(step, -2, 2)
        if np.abs(step).max() < 1e-8:
            break
    means = np.exp(np.clip(design @ beta + offset, -20, 20))
    free = max(counts.size - beta.size, 1)
    phi = float((weights * (counts - means) ** 2 / means).sum() / free)
    return beta, means, max(phi, 1.0)


def _anscombe(counts: Floats, means: Floats, phi: float, design: Floats, weights: Floats) -> Floats:
    """Standardised Anscombe residuals of a quasi-Poisson fit."""
    root = np.sqrt(weights * means)[:, None] * design
    hat = np.einsum("ij,ji->i", root, np.linalg.pinv(root))
    raw = 1.5 * (counts ** (2 / 3) - means ** (2 / 3)) / means ** (1 / 6)
    return np.asarray(raw / np.sqrt(phi * np.maximum(1 - hat, 1e-6)), dtype=np.float64)


def together(weeks: dict[str, Week], *, share: float = 0.05) -> dict[str, bool]:
    """Alarms of many strata in one week, so that no more than a share of them is false (Benjamini & Hochberg 1995)."""
    order = sorted(weeks, key=lambda name: weeks[name].probability)
    limit = 0
    for rank, name in enumerate(order, start=1):
        if weeks[name].probability <= share * rank / len(order):
            limit = rank
    kept = set(order[:limit])
    return {name: name in kept and weeks[name].alarm for name in weeks}


def holding(judged: Mapping[str, Sequence[Week]]) -> dict[str, list[bool]]:
    """Of each stratum, which of its judged weeks are alarms that hold among all strata of the same week, by `together`.

    Args:
        judged: strata over the same weeks, as `farrington` gives each.
    """
    weeks = [dict(zip(judged, same, strict=True)) for same in zip(*judged.values(), strict=True)]
    held = [together(week) for week in weeks]
    return {name: [each[name] for each in held] for name in judged}
