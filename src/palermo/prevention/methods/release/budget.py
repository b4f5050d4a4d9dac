"""How much has been told about anybody, and how much may still be.

Everything told is told with Gaussian noise. Each answer spends rho, half the square of its sensitivity in standard
deviations of its noise; rho adds up over answers and releases, as in zero-concentrated differential privacy, and since
all noise is Gaussian the epsilon of a sum of rho is known exactly (Balle & Wang 2018; Dong, Roth & Su 2022).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import log_ndtr

from palermo.vocabulary.errors import Refusal


def epsilon_of(rho: float, delta: float) -> float:
    """The epsilon of Gaussian noise that spends rho, at delta (Balle & Wang 2018, theorem 8), found by halving."""
    if rho == 0:
        return 0.0
    spread = float(np.sqrt(2 * rho))
    low, high = 0.0, rho + 2 * float(np.sqrt(rho * np.log(1 / delta)))  # the bound of zCDP
    for _ in range(80):
        middle = (low + high) / 2
        if _delta_of(middle, spread) > delta:
            low = middle
        else:
            high = middle
    return high


def _delta_of(epsilon: float, spread: float) -> float:
    """The delta at which noise of 1 / spread standard deviations keeps epsilon."""
    first = log_ndtr(spread / 2 - epsilon / spread)
    second = epsilon + log_ndtr(-spread / 2 - epsilon / spread)
    return float(np.exp(first) * -np.expm1(min(second - first, 0.0)))


def rho_for(epsilon: float, delta: float) -> float:
    """The largest rho whose epsilon at delta is no more than asked for.

    Raises:
        Refusal: epsilon not above 0, or delta not between 0 and 1.
    """
    if not (epsilon > 0 and np.isfinite(epsilon)):
        raise Refusal(f"Epsilon is {epsilon}; it must be above 0.", remedy="Between 0.5 and 4 is usual.")
    if not 0 < delta < 1:
        raise Refusal(f"Delta is {delta}; it must be between 0 and 1.", remedy="Use less than one over the records.")
    low, high = 0.0, epsilon
    for _ in range(80):
        middle = (low + high) / 2
        if epsilon_of(middle, delta) <= epsilon:
            low = middle
        else:
            high = middle
    return low


@dataclass(frozen=True, slots=True)
class Spending:
    """One release that was made.

    Args:
        what: the release.
        rho: what it told.
    """

    what: str
    rho: float


@dataclass(frozen=True, slots=True)
class Ledger:
    """All releases from one set of records; rho adds up, epsilon does not.

    Args:
        epsilon: what may be told in all.
        delta: at this delta.
        spent: releases so far.
    """

    epsilon: float
    delta: float
    spent: tuple[Spending, ...] = ()

    @property
    def told(self) -> float:
        """Epsilon of everything released so far."""
        return epsilon_of(sum(each.rho for each in self.spent), self.delta)

    def spend(self, what: str, rho: float) -> "Ledger":
        """The ledger with one more release.

        Raises:
            Refusal: it would tell more than may be told.
        """
        if self.told > 0 or self.spent:
            after = epsilon_of(sum(each.rho for each in self.spent) + rho, self.delta)
        else:
            after = epsilon_of(rho, self.delta)
        if after > self.epsilon * (1 + 1e-9):
            raise Refusal(
                f"This release would bring the total to epsilon {after:.3f}; {self.epsilon:g} may be told, "
                f"{self.told:.3f} has been.",
                remedy="Publish what was released before, or decide on a larger total with those it concerns.",
            )
        return Ledger(self.epsilon, self.delta, (*self.spent, Spending(what, rho)))


def shares(rho: float, parts: Sequence[float]) -> tuple[float, ...]:
    """Rho divided in proportion."""
    total = sum(parts)
    return tuple(rho * part / total for part in parts)
