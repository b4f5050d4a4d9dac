"""Lasting changes in a rate of cases, found exactly by dynamic programming (Auger & Lawrence 1989; Poisson cost)."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.stats import chi2

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of constant rate.

    Args:
        start: first position.
        end: position after the last.
        rate: cases for one unit of effort.
        lower: of the 95 % interval of the rate.
        upper: of the same.
        known: whether it starts with a change that was announced (a new hotline), not found.
    """

    start: int
    end: int
    rate: float
    lower: float
    upper: float
    known: bool


def stretches(
    counts: Floats,
    *,
    effort: Floats | None = None,
    known: Sequence[int] = (),
    shortest: int = 4,
    penalty: float | None = None,
) -> tuple[Stretch, ...]:
    """Cut a series where its rate changes.

    Args:
        counts: (n,) cases, oldest first.
        effort: (n,) what finding them cost, above 0; None for constant.
        known: positions at which detection is known to have changed; always cut there.
        shortest: positions a stretch must have.
        penalty: price of a cut in -2 log-likelihood; three times log n unless given (one rate, one place).
    """
    n = counts.size
    given = np.ones(n) if effort is None else effort
    cases, work = np.concatenate([[0.0], np.cumsum(counts)]), np.concatenate([[0.0], np.cumsum(given)])
    price = 3.0 * np.log(n) if penalty is None else penalty
    edges = [0, *sorted(set(known) - {0, n}), n]
    cuts = [0]
    for left, right in pairwise(edges):
        cuts += _best_cuts(cases, work, left, right, shortest, price)
    return tuple(_stretch(cases, work, a, b, a in set(known)) for a, b in pairwise(cuts))


def _cost(cases: Floats, work: Floats, starts: NDArray[np.int64], end: int) -> Floats:
    """-2 log-likelihood of one Poisson rate on each stretch, up to a constant."""
    found, spent = cases[end] - cases[starts], work[end] - work[starts]
    return np.asarray(-2 * np.where(found > 0, found * np.log(np.maximum(found, 1e-300) / spent) - found, 0.0))


def _best_cuts(cases: Floats, work: Floats, left: int, right: int, shortest: int, price: float) -> list[int]:
    best = {left: -price}
    before: dict[int, int] = {}
    for end in range(left + 1, right + 1):
        starts = np.array([s for s in best if end - s >= shortest or (s == left and end == right)], dtype=np.int64)
        if not starts.size:
            continue
        totals = np.array([best[int(s)] for s in starts]) + _cost(cases, work, starts, end) + price
        k = int(np.argmin(totals))
        best[end], before[end] = float(totals[k]), int(starts[k])
    cuts, at = [], right
    while at != left:
        cuts.append(at)
        at = before[at]
    return cuts[::-1]


def _stretch(cases: Floats, work: Floats, start: int, end: int, known: bool) -> Stretch:
    """The rate with the exact Poisson interval (Garwood 1936)."""
    found, spent = cases[end] - cases[start], work[end] - work[start]
    lower = chi2.ppf(0.025, 2 * found) / 2 if found > 0 else 0.0
    upper = chi2.ppf(0.975, 2 * found + 2) / 2
    return Stretch(start, end, float(found / spent), float(lower / spent), float(upper / spent), known)
