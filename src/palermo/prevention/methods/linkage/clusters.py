"""From scored pairs to people, without letting one doubtful pair chain two people together."""

import heapq
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Neighbours = list[dict[int, tuple[float, int]]]


def cluster(size: int, left: Ints, right: Ints, weights: Floats, *, floor: float, cut: float, cap: float) -> Ints:
    """Join groups while the average weight of evidence between them stands above a cut (average linkage).

    Connected components trust every single pair; here each joining must hold on average over all pairs of the two
    groups, pairs that were not looked at counting as `floor`.

    Args:
        size: number of records.
        left: (pairs,) position of one record.
        right: (pairs,) position of the other.
        weights: (pairs,) match weights, log2 of the odds.
        floor: weight of a pair that was not scored.
        cut: groups join while their average is above.
        cap: no pair counts for more, so that one certain pair does not outvote many doubts.

    Returns:
        (size,) cluster number of each record, 0 up, in order of first appearance.
    """
    near: Neighbours = [{} for _ in range(size)]
    for i, j, weight in zip(left.tolist(), right.tolist(), np.minimum(weights, cap).tolist(), strict=True):
        near[i][j] = near[j][i] = (weight, 1)
    sizes, parent = [1] * size, list(range(size))
    heap = [(-w, i, j, 1, 1) for i, around in enumerate(near) for j, (w, _) in around.items() if i < j and w > cut]
    heapq.heapify(heap)
    while heap:
        _, i, j, size_i, size_j = heapq.heappop(heap)
        if parent[i] != i or parent[j] != j or (sizes[i], sizes[j]) != (size_i, size_j):
            continue
        if len(near[i]) < len(near[j]):
            i, j = j, i
        _absorb(near, i, j)
        parent[j] = i
        sizes[i] += sizes[j]
        for k, (total, pairs) in near[i].items():
            possible = sizes[i] * sizes[k]
            average = (total + floor * (possible - pairs)) / possible
            if average > cut:
                heapq.heappush(heap, (-average, i, k, sizes[i], sizes[k]))
    return _numbered(parent)


def _absorb(near: Neighbours, i: int, j: int) -> None:
    """Give the neighbours of group j to group i."""
    del near[i][j]
    for k, (total, pairs) in near[j].items():
        if k == i:
            continue
        before = near[i].get(k, (0.0, 0))
        near[i][k] = near[k][i] = (before[0] + total, before[1] + pairs)
        del near[k][j]
    near[j] = {}


def _numbered(parent: Sequence[int]) -> Ints:
    numbers: dict[int, int] = {}
    out = np.empty(len(parent), dtype=np.int64)
    for record in range(len(parent)):
        root = record
        while parent[root] != root:
            root = parent[root]
        out[record] = numbers.setdefault(root, len(numbers))
    return out


def pair_scores(found: Sequence[object], truth: Sequence[object]) -> dict[str, float]:
    """Precision, recall and F1 of the pairs that clusters imply, against true clusters."""
    together = _pairs(list(zip(found, truth, strict=True)))
    claimed, true = _pairs(list(found)), _pairs(list(truth))
    precision = together / claimed if claimed else 1.0
    recall = together / true if true else 1.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"precision": precision, "recall": recall, "f1": f1}


def _pairs(labels: Sequence[object]) -> int:
    _, counts = np.unique([hash(label) for label in labels], return_counts=True)
    return int((counts * (counts - 1) // 2).sum())
