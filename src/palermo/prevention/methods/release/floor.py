"""No synthetic record stands alone: each is given at least k times, with facts left out where it must be.

Differential privacy allows that a unique real record is drawn by chance; it is hard to explain to the person. So the
records drawn are taken as candidates only: a record drawn fewer than k times loses its commonest fact, then the next,
until enough are alike (the rare fact is what it has to tell); the patterns that remain are weighted to the measured
counts again and written out.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack

from palermo.prevention.methods.release.measure import Measured, indicators
from palermo.prevention.methods.release.table import Codes, Table

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

ROUNDS = 300
STEP = 0.5
DIFFUSE = 0.5
SMOOTH = 2.0


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
    record is drawn by the rarest chance; then the floor on values and pairs stands alone.

    Args:
        candidates: synthetic records, more than will be written.
        measured: the noisy counts they are weighted to.
        k: least size of a class.
        seed: of the last rounding.
    """
    _, which, sizes = alike(candidates.codes)
    if float((sizes[which] < k).mean()) > DIFFUSE:
        return Table(candidates.columns, candidates.values, candidates.codes[: measured.total])
    ratio = candidates.codes.shape[0] / measured.total
    codes = _generalised(candidates, measured.single, max(int(k * ratio), k))
    first, _, sizes = alike(codes)
    patterns = Table(candidates.columns, candidates.values, codes[first])
    weights = _raked(patterns, sizes / ratio, measured)
    rng = np.random.default_rng(seed)
    kept = rng.random(weights.size) < weights / k  # a pattern below k is written k times or not at all
    patterns = Table(candidates.columns, candidates.values, patterns.codes[kept])
    weights = _raked(patterns, np.maximum(weights[kept], k), measured)
    numbers = np.maximum(_rounded(_scaled(weights, k, measured.total), rng), k)
    return Table(candidates.columns, candidates.values, np.repeat(patterns.codes, numbers, axis=0))


def _generalised(table: Table, single: Floats, k: int) -> Codes:
    """Leave out the commonest fact of records in small classes until no class is small."""
    codes = table.codes.copy()
    offsets = table.offsets[:-1]
    padded = np.append(single, np.inf)
    for _ in range(codes.shape[1]):
        _, which, sizes = alike(codes)
        small = np.flatnonzero(sizes[which] < k)
        if not small.size:
            break
        rows = codes[small]
        counts = padded[np.where(rows > 0, offsets + rows - 1, single.size)]
        commonest = np.where(np.isinf(counts), -1.0, counts).argmax(axis=1)
        rows[np.arange(small.size), commonest] = 0
        codes[small] = rows
    return codes


def _raked(patterns: Table, sizes: Floats, measured: Measured) -> Floats:
    """Weights of patterns whose single and pair counts come near the measured ones."""
    facts = indicators(patterns)
    wanted_single = np.maximum(measured.single, 0.0)
    a, b = np.nonzero(np.triu(measured.pairs, 1))
    wanted_pairs = measured.pairs[a, b]
    both = _pair_facts(facts, a, b)
    everything = csr_matrix(np.ones((facts.shape[0], 1)))
    design = hstack([everything, facts, both]).tocsr()
    wanted = np.concatenate([[float(measured.total)], wanted_single, wanted_pairs])
    spread = 1.0 / np.maximum(np.asarray(design.sum(axis=1)).ravel(), 1.0)
    logs = np.log(np.maximum(sizes, 0.5))
    for _ in range(ROUNDS):
        found = design.T @ np.exp(logs)
        move = np.log((wanted + SMOOTH) / (found + SMOOTH))
        logs = logs + STEP * np.clip(spread * (design @ move) * 2.0, -1.0, 1.0)
    return np.exp(logs)


def _pair_facts(facts: csr_matrix, a: Ints, b: Ints) -> csr_matrix:
    columns = facts.tocsc()
    return columns[:, a].multiply(columns[:, b]).tocsr()


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
