"""Gaussian noise rounded to whole numbers, from the operating system's randomness.

The counts are whole numbers, so rounding the noise is rounding the answer: post-processing of the Gaussian mechanism,
whose privacy is known exactly (Balle & Wang 2018; composition: Dong, Roth & Su 2022). Drawn by inversion of a table of
64-bit thresholds, so no floating-point pattern of the noise reaches the output; each threshold differs from the exact
distribution by no more than double precision does (2^-53), which is far below any delta in use.
"""

import secrets
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

Ints = NDArray[np.int64]

REACH = 12  # standard deviations; beyond lies 10^-32
WORD = 1 << 64


def rounded_gaussian(size: int, sigma: float, *, generator: np.random.Generator | None = None) -> Ints:
    """Whole-number noise: a normal number of standard deviation sigma, rounded to the nearest.

    Args:
        size: how many.
        sigma: scale, above 0.
        generator: for tests only; without it the noise cannot be reproduced, as it must not be.
    """
    furthest = int(np.ceil(REACH * sigma)) + 1
    thresholds = _thresholds(sigma, furthest)
    if generator is None:
        words = np.frombuffer(secrets.token_bytes(8 * size), dtype=np.uint64)
    else:
        words = generator.integers(0, WORD, size=size, dtype=np.uint64, endpoint=False)
    return np.searchsorted(thresholds, words, side="right").astype(np.int64) - furthest


def _thresholds(sigma: float, furthest: int) -> NDArray[np.uint64]:
    """Cumulative probabilities as 64-bit words, from both tails so that the upper one keeps its digits."""
    edges = np.arange(-furthest, furthest, dtype=np.float64) + 0.5
    lower = [int(Fraction(float(share)) * WORD) for share in ndtr(edges[:furthest] / sigma)]
    upper = [WORD - 1 - int(Fraction(float(share)) * WORD) for share in ndtr(-edges[furthest:] / sigma)]
    return np.array(lower + upper, dtype=np.uint64)
