"""Noisy counts of pairs drawn towards what two values would have in common if they were independent (post-processing).

How far pairs of two columns depart from independence is learnt from their noisy counts, whose noise is known; a count
is then trusted as far as such departures outweigh the noise. A count that noise cannot explain is left as it is.
"""

from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

PLAIN = 3.0  # standard deviations: beyond, a departure is told by itself
FEW = 20  # cells of two columns below which all such columns teach together


def shrunk(pairs: Floats, single: Floats, noise: Floats, offsets: Ints, total: int) -> Floats:
    """The most likely counts.

    Args:
        pairs: (values, values) noisy counts, symmetric.
        single: (values,) counts of values, 0 or more.
        noise: (values, values) standard deviations.
        offsets: where each column's values begin.
        total: records.

    Returns:
        The same shape, symmetric, no count below 0 or above that of either value, 0 within a column.
    """
    expected = np.outer(single, single) / max(total, 1)
    apart = pairs - expected
    blocks = [np.s_[a[0] : a[1], b[0] : b[1]] for a, b in combinations(pairwise(offsets), 2)]
    small = [block for block in blocks if 0 < expected[block].size < FEW]
    common = (
        _spread(*(np.concatenate([m[b].ravel() for b in small]) for m in (apart, noise, expected))) if small else 0.0
    )
    out = np.zeros_like(pairs)
    for block in blocks:
        if not expected[block].size:
            continue
        d, s, e = apart[block], noise[block], expected[block]
        spread = common if e.size < FEW else _spread(d.ravel(), s.ravel(), e.ravel())
        trust = np.where(np.abs(d) > PLAIN * s, 1.0, spread * e**2 / (spread * e**2 + s**2))
        out[block] = e + trust * d
    most = np.minimum(single[:, None], single[None, :])
    out = np.clip(out, 0.0, most)
    return np.asarray(np.triu(out, 1) + np.triu(out, 1).T)


def _spread(apart: Floats, noise: Floats, expected: Floats) -> float:
    """Variance of relative departures from independence among cells that noise could explain."""
    plain = np.abs(apart) <= PLAIN * noise
    if not plain.any():
        return 1.0
    learnt = (apart[plain] ** 2 - noise[plain] ** 2).sum() / max(float((expected[plain] ** 2).sum()), 1e-9)
    return float(np.clip(learnt, 0.0, 4.0))
