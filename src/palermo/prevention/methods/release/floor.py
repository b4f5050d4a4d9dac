"""No synthetic record stands alone: each is given at least k times, with facts left out where it must be.

Differential privacy allows that a unique real record is drawn by chance; it is hard to explain to the person. So the
records drawn are taken as candidates only: a record drawn fewer than k times loses its commonest fact, then the next,
until enough are alike (the rare fact is what it has to tell); the patterns that remain are weighted to the measured
counts again and written out.
"""

import numpy as np
from numpy.typing import NDArray

from palermo.prevention.methods.release.cover import covering
from palermo.prevention.methods.release.fit import fitted, wanted
from palermo.prevention.methods.release.kinds import Kinds, alike
from palermo.prevention.methods.release.measure import Measured
from palermo.prevention.methods.release.table import Codes, Table
from palermo.prevention.methods.release.thin import thinned

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

DIFFUSE = 0.5
KEPT = 0.5  # of the floor: patterns that the first fit gives at least so much are written
SELDOM = 1.0  # of a wide table: triples expected more rarely are taken out
LIFTED = 0.8  # of the floor: patterns at least so frequent may be lifted to it; lower keeps more and gives away more


def floored(candidates: Table, measured: Measured, *, k: int, seed: int = 1) -> Table:
    """Records in classes of at least k, weighted to the measured counts.

    A wide table has hardly two records alike, real or drawn. If most candidates stand alone (which they alone tell, the
    real records are not asked), a floor on whole records would delete the table and protect nobody, since any one real
    record is drawn by the rarest chance; then the floor on values and pairs stands alone, and
    records that the model draws more than once lose a fact.

    Args:
        candidates: synthetic records, more than will be written.
        measured: the noisy counts they are weighted to.
        k: least size of a class.
        seed: of the last rounding.
    """
    first, which, sizes = alike(candidates.codes)
    if float((sizes[which] < k).mean()) > DIFFUSE:
        return _unlike(candidates, sizes[which], measured, k)
    drawn = Kinds(candidates.codes[first], sizes * (measured.total / candidates.codes.shape[0]))
    spare = Table(candidates.columns, candidates.values, drawn.codes)
    goal = wanted(spare, drawn.expected, measured, least=k)
    kinds = _generalised(drawn, measured, LIFTED * k)
    extra = covering(kinds.codes, spare, drawn, goal, least=float(k))
    patterns = Table(candidates.columns, candidates.values, np.concatenate([kinds.codes, extra]))
    start = np.concatenate([kinds.expected, np.full(extra.shape[0], float(k))])
    weights = fitted(patterns, start, goal, least=0.0)
    kept = weights >= KEPT * k
    patterns = Table(candidates.columns, candidates.values, patterns.codes[kept])
    weights = fitted(patterns, weights[kept], goal, least=float(k))
    rng = np.random.default_rng(seed)
    numbers = np.maximum(_rounded(_scaled(weights, k, measured.total), rng), k)
    return Table(candidates.columns, candidates.values, np.repeat(patterns.codes, numbers, axis=0))


def _unlike(candidates: Table, sizes: Ints, measured: Measured, k: int) -> Table:
    """One set of the records drawn, without rare pairs and triples, where those drawn again lose their commonest fact.

    A record that two independent draws hold is one that a real person may well have, too.
    """
    codes = candidates.codes[: measured.total].copy()
    again = np.flatnonzero(sizes[: measured.total] > 1)
    codes[again] = _without_commonest(codes[again], measured)
    return thinned(Table(candidates.columns, candidates.values, codes), candidates, measured, floor=k, seldom=SELDOM)


def _without_commonest(rows: Codes, measured: Measured) -> Codes:
    """The rows without the fact of each that most records state."""
    padded = np.append(measured.single, -1.0)
    counts = padded[np.where(rows > 0, measured.table.offsets[:-1] + rows - 1, measured.single.size)]
    out = rows.copy()
    out[np.arange(rows.shape[0]), counts.argmax(axis=1)] = 0
    return out


def _generalised(drawn: Kinds, measured: Measured, least: float) -> Kinds:
    """Kinds of record none of which is small or likely to be one real person's, the commonest facts left out."""
    now = drawn
    for _ in range(drawn.codes.shape[1]):
        small = (now.expected < least) | drawn.telling(now.codes)
        small &= (now.codes > 0).any(axis=1)
        if not small.any():
            break
        codes = now.codes.copy()
        codes[small] = _without_commonest(codes[small], measured)
        now = now.gathered(codes)
    kept = (now.expected >= least) & ~drawn.telling(now.codes)
    return Kinds(now.codes[kept], now.expected[kept])


def _scaled(weights: Floats, k: int, total: int) -> Floats:
    """Weights of at least k that add up to the total: the large ones make room for those lifted to k."""
    low, high = 0.0, 2.0
    for _ in range(50):
        middle = (low + high) / 2
        if np.maximum(weights * middle, k).sum() > total:
            high = middle
        else:
            low = middle
    return np.maximum(weights * low, k)


def _rounded(weights: Floats, rng: np.random.Generator) -> Ints:
    """Whole numbers near the weights with the same sum (systematic sampling)."""
    edges = np.floor(np.concatenate([[0.0], np.cumsum(weights)]) + rng.random())
    return np.diff(edges).astype(np.int64)
