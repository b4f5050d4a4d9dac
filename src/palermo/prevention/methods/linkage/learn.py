"""How often two records of one person agree, learnt without labels by expectation-maximisation.

Pairs that share the columns of one rule are a mixture of true and chance pairs; the other comparisons tell which.
Every level keeps a pseudo-count, since a slip of the pen that was not seen is not impossible: without it the
probability of "different" falls to 0 on clean data and one slip would then outweigh everything.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Levels = dict[str, Floats]

ROUNDS = 200
CLOSE = 1e-6
PSEUDO = 1.0
NULL = -1


def learn(vectors: Mapping[str, Ints], counts: Ints, chance: Levels, *, start: Levels) -> Levels:
    """Probabilities of each level between records of one person.

    Args:
        vectors: for each comparison, the level of every distinct pattern (patterns,); -1 where not known.
        counts: (patterns,) pairs with that pattern.
        chance: for each comparison, the probability of each level between two random records, by level number.
        start: the same between records of one person, to begin with.

    Returns:
        The same shape as `start`.
    """
    same = {name: start[name] / start[name].sum() for name in vectors}
    share = 0.5
    for _ in range(ROUNDS):
        weight = np.full(counts.size, np.log(share / (1 - share)))
        for name, levels in vectors.items():
            ratio = np.log(same[name]) - np.log(chance[name])
            weight += np.where(levels == NULL, 0.0, ratio[np.maximum(levels, 0)])
        true = counts / (1.0 + np.exp(-np.clip(weight, -500, 500)))
        before, share = share, float(np.clip(true.sum() / counts.sum(), 1e-9, 1 - 1e-9))
        for name, levels in vectors.items():
            known = levels != NULL
            found = np.bincount(levels[known], weights=true[known], minlength=start[name].size) + PSEUDO
            same[name] = found / found.sum()
        if abs(share - before) < CLOSE:
            break
    return same


def pooled(sessions: Sequence[Levels], fallback: Levels) -> Levels:
    """The geometric mean of what several rules taught; the fallback where none did."""
    out = {}
    for name, default in fallback.items():
        taught = [session[name] for session in sessions if name in session]
        mean = np.exp(np.mean(np.log(taught), axis=0)) if taught else default
        out[name] = mean / mean.sum()
    return out
