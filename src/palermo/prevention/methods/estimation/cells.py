"""A table of capture histories as one vector.

A history is a cell: an integer whose bit *i* says "on list *i*". Cell 0 (on no list) is never observed. An effect of a
log-linear model is such an integer too: it touches every cell that contains it. So a fitted table is the subset sum of
its effects, and every margin and every entry of the information matrix is a superset sum of cells. Both are Möbius
transforms of t·2^t additions, which is what makes ten lists and ten thousand resamples cheap.
"""

from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from palermo.prevention.methods.estimation.compiled import compiled

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@compiled
def superset_sums(values: Floats, lists: int) -> Floats:
    """For each cell, the sum over the cells that contain it: shape (2^lists,) to (2^lists,)."""
    out = values.copy()
    for bit in range(lists):
        step = 1 << bit
        for cell in range(out.size):
            if cell & step == 0:
                out[cell] += out[cell | step]
    return out


@compiled
def subset_sums(values: Floats, lists: int) -> Floats:
    """For each cell, the sum over the cells it contains: shape (2^lists,) to (2^lists,)."""
    out = values.copy()
    for bit in range(lists):
        step = 1 << bit
        for cell in range(out.size):
            if cell & step != 0:
                out[cell] += out[cell ^ step]
    return out


@compiled
def close_cells(open_cells: Flags, effect: int) -> None:
    """Shut, in place, every cell that contains an effect at minus infinity: its fitted count is exactly 0."""
    for cell in range(open_cells.size):
        if cell & effect == effect:
            open_cells[cell] = False


def pairs(lists: int) -> Ints:
    """All pairs of lists as effects, in the order 12, 13, … 23, …: shape (lists·(lists-1)/2,)."""
    return np.array([(1 << i) | (1 << j) for i, j in combinations(range(lists), 2)], dtype=np.int64)


def members(effect: int) -> tuple[int, ...]:
    """The positions of the lists in an effect or cell, ascending."""
    return tuple(bit for bit in range(effect.bit_length()) if effect >> bit & 1)
