"""Facts taken out of drawn records until no pair and no triple of facts in them is rare.

Of a rare combination the commonest fact goes: the rare one is what the record has to tell.
"""

import numpy as np
from numpy.typing import NDArray

from palermo.prevention.methods.estimation.compiled import compiled
from palermo.prevention.methods.release.measure import Measured
from palermo.prevention.methods.release.table import Codes, Table

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

RARE = 2 / 3  # of the floor: pairs likely rarer are not shown,
SHARE = 0.1  # unless so many of the rarer value's records hold the other one too
SLOTS = 1 << 24  # counters of triples; a clash can only count too many


def thinned(drawn: Table, pool: Table, measured: Measured, *, floor: int, seldom: float) -> Table:
    """The records without facts that make a rare pair or triple.

    Args:
        drawn: synthetic records.
        pool: more of the same, from which it is told how often a triple is to be expected.
        measured: the counts they were drawn from; a pair's likely count decides whether it may be shown.
        floor: least count of a value.
        seldom: triples expected more rarely among as many records as were drawn are taken out, too.
    """
    common = np.minimum(measured.single[:, None], measured.single[None, :])
    allowed = (measured.pairs >= RARE * floor) | (measured.pairs >= SHARE * common)
    codes = drawn.codes.copy()
    offsets = measured.table.offsets
    counts = np.zeros(SLOTS, dtype=np.int32)
    if seldom > 0:
        _count(pool.codes, offsets, counts)
    least = int(np.ceil(seldom * pool.codes.shape[0] / max(codes.shape[0], 1)))
    _prune(codes, offsets, allowed, measured.single, counts, least)
    return Table(drawn.columns, drawn.values, codes)


@compiled
def _slot(a: int, b: int, c: int) -> int:
    """Where a triple of values is counted."""
    return ((a * 2654435761 + b) * 2246822519 + c * 3266489917) & 16777215


@compiled
def _held(codes: Codes, offsets: Ints, row: int, values: Ints, places: Ints) -> int:
    """The values a record states and their columns, written to the front of two arrays; how many."""
    n = 0
    for c in range(codes.shape[1]):
        if codes[row, c] > 0:
            values[n] = offsets[c] + codes[row, c] - 1
            places[n] = c
            n += 1
    return n


@compiled
def _count(codes: Codes, offsets: Ints, counts: NDArray[np.int32]) -> None:
    values, places = np.empty(codes.shape[1], dtype=np.int64), np.empty(codes.shape[1], dtype=np.int64)
    for row in range(codes.shape[0]):
        n = _held(codes, offsets, row, values, places)
        for i in range(n):
            for j in range(i + 1, n):
                for k in range(j + 1, n):
                    counts[_slot(values[i], values[j], values[k])] += 1


@compiled
def _worst_pair(values: Ints, n: int, allowed: NDArray[np.bool_], single: Floats) -> int:
    """The commonest fact of rare pairs, or -1."""
    worst = -1
    for i in range(n):
        for j in range(i + 1, n):
            if not allowed[values[i], values[j]]:
                x = i if single[values[i]] > single[values[j]] else j
                if worst < 0 or single[values[x]] > single[values[worst]]:
                    worst = x
    return worst


@compiled
def _worst_triple(values: Ints, n: int, counts: NDArray[np.int32], seldom: int, single: Floats) -> int:
    """The commonest fact of rare triples, or -1."""
    worst = -1
    for i in range(n):
        for j in range(i + 1, n):
            for k in range(j + 1, n):
                if counts[_slot(values[i], values[j], values[k])] < seldom:
                    for x in (i, j, k):
                        if worst < 0 or single[values[x]] > single[values[worst]]:
                            worst = x
    return worst


@compiled
def _prune(
    codes: Codes, offsets: Ints, allowed: NDArray[np.bool_], single: Floats, counts: NDArray[np.int32], seldom: int
) -> None:
    """Take the commonest fact of rare pairs, then of rare triples, out of each record until there is none, in place."""
    values, places = np.empty(codes.shape[1], dtype=np.int64), np.empty(codes.shape[1], dtype=np.int64)
    for row in range(codes.shape[0]):
        while True:
            n = _held(codes, offsets, row, values, places)
            worst = _worst_pair(values, n, allowed, single)
            if worst < 0:
                worst = _worst_triple(values, n, counts, seldom, single)
            if worst < 0:
                break
            codes[row, places[worst]] = 0
