"""No synthetic record stands alone: each is given at least k times, with facts left out where it must be.

Differential privacy allows that a unique real record is drawn by chance; it is hard to explain to the person. So the
records drawn are taken as candidates only: a record drawn fewer than k times loses its commonest fact, then the next,
until enough are alike (the rare fact is what it has to tell); the patterns that remain are weighted to the measured
counts again and written out.
"""

import numpy as np
from numpy.typing import NDArray

from palermo.prevention.methods.release.fit import fitted, wanted
from palermo.prevention.methods.release.measure import Measured
from palermo.prevention.methods.release.table import Codes, Table

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

DIFFUSE = 0.5
LIFTED = 0.8  # of the floor: patterns at least so frequent may be lifted to it; lower keeps more and gives away more


def alike(codes: Codes) -> tuple[Ints, Ints, Ints]:
    """First row of each distinct record, the class of every row, and the size of each class."""
    odd = np.random.default_rng(7).integers(1 << 62, size=codes.shape[1], dtype=np.int64) | 1
    keys = codes.astype(np.int64) @ odd  # wraps round; a clash of 64-bit sums does not happen in practice
    _, first, which, sizes = np.unique(keys, return_index=True, return_inverse=True, return_counts=True)
    return first.astype(np.int64), which.astype(np.int64), sizes.astype(np.int64)


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
        return _unlike(candidates, sizes[which], measured)
    ratio = candidates.codes.shape[0] / measured.total
    drawn = Table(candidates.columns, candidates.values, candidates.codes[first])
    goal = wanted(drawn, sizes / ratio, measured, least=k)
    codes = _generalised(candidates.codes, measured, max(int(k * ratio * LIFTED), k))
    first, _, sizes = alike(codes)
    patterns = Table(candidates.columns, candidates.values, codes[first])
    weights = fitted(patterns, sizes / ratio, goal, least=0.0)
    rng = np.random.default_rng(seed)
    kept = _rounded(np.minimum(weights / k, 1.0), rng) > 0  # a pattern below k is written k times or not at all
    patterns = Table(candidates.columns, candidates.values, patterns.codes[kept | (weights >= k)])
    weights = fitted(patterns, weights[kept | (weights >= k)], goal, least=float(k))
    numbers = np.maximum(_rounded(_scaled(weights, k, measured.total), rng), k)
    return Table(candidates.columns, candidates.values, np.repeat(patterns.codes, numbers, axis=0))


def _unlike(candidates: Table, sizes: Ints, measured: Measured) -> Table:
    """One set of the records drawn, where those that the model draws again lose their commonest fact.

    A record that two independent draws hold is one that a real person may well have, too.
    """
    codes = candidates.codes[: measured.total].copy()
    again = np.flatnonzero(sizes[: measured.total] > 1)
    codes[again] = _without_commonest(codes[again], measured)
    return Table(candidates.columns, candidates.values, codes)


def _without_commonest(rows: Codes, measured: Measured) -> Codes:
    """The rows without the fact of each that most records state."""
    padded = np.append(measured.single, -1.0)
    counts = padded[np.where(rows > 0, measured.table.offsets[:-1] + rows - 1, measured.single.size)]
    out = rows.copy()
    out[np.arange(rows.shape[0]), counts.argmax(axis=1)] = 0
    return out


def _generalised(drawn: Codes, measured: Measured, k: int) -> Codes:
    """Leave out the commonest fact of records in small classes until no class is small."""
    codes = drawn.copy()
    for _ in range(codes.shape[1]):
        _, which, sizes = alike(codes)
        small = np.flatnonzero(sizes[which] < k)
        if not small.size:
            break
        codes[small] = _without_commonest(codes[small], measured)
    return codes


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
