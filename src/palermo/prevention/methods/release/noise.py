"""Discrete Gaussian noise in whole numbers, from the operating system's randomness (Canonne, Kamath & Steinke 2020).

Drawn by inversion of a table of 64-bit thresholds, so no floating-point pattern of the noise reaches the output; the
table differs from the exact distribution by less than 2^-60 in total, which is far below any delta in use.
"""

import secrets
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]

REACH = 12  # standard deviations; beyond lies 10^-32
WORD = 1 << 64


def discrete_gaussian(size: int, sigma: float, *, generator: np.random.Generator | None = None) -> Ints:
    """Whole-number noise with probability proportional to exp(-x²/(2 sigma²)).

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
    """Cumulative probabilities as 64-bit words; the last one is left open."""
    values = np.arange(-furthest, furthest + 1, dtype=np.longdouble)
    masses = np.exp(-(values**2) / (2 * np.longdouble(sigma) ** 2))
    shares = np.cumsum(masses / masses.sum())[:-1]
    return np.array([min(int(Fraction(float(share)) * WORD), WORD - 1) for share in shares], dtype=np.uint64)
