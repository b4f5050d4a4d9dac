"""Reading Markov chains: whether they agree, and what they say."""

import numpy as np

from palermo.prevention.methods.estimation.cells import Floats
from palermo.prevention.methods.estimation.results import Interval

MIXED = 1.05


def r_hat(draws: Floats) -> float:
    """Split R-hat of the logarithm (Gelman et al. 2013): 1 when chains agree with each other and with themselves.

    Args:
        draws: (chains, draws) positive numbers.
    """
    half = draws.shape[1] // 2
    parts = np.log(np.concatenate([draws[:, :half], draws[:, half : 2 * half]]))
    within = parts.var(axis=1, ddof=1).mean()
    between = parts.mean(axis=1).var(ddof=1)
    if within == 0:
        return 1.0 if between == 0 else float("inf")
    return float(np.sqrt((half - 1) / half + between / within))


def credible(draws: Floats, level: float) -> Interval:
    """The central interval of pooled chains, with the spread of its ends between chains as Monte-Carlo error."""
    shares = np.array([(1 - level) / 2, (1 + level) / 2])
    lower, upper = np.quantile(draws, shares)
    each = np.quantile(draws, shares, axis=1)
    errors = each.std(axis=1, ddof=1) / np.sqrt(draws.shape[0])
    return Interval("credible", float(lower), float(upper), level, (float(errors[0]), float(errors[1])))


def mixing_warning(worst: float) -> tuple[str, ...]:
    """A warning if chains disagree."""
    if worst <= MIXED:
        return ()
    return (f"The chains do not agree: R-hat is {worst:.2f}, should be below {MIXED}; do not use this interval.",)
