"""Whether a model has an estimate at all, before anything is fitted (Fienberg & Rinaldo 2012).

With the cells of minus-infinity effects removed, the maximum likelihood estimate exists unless some direction of the
parameters leaves every cell with a count unchanged and only lowers cells with count 0. Directions that leave the cells
with a count unchanged form a null space, nearly always of dimension 0, 1 or 2, so the linear program is solved there:
by Stiemke's theorem no bad direction exists exactly if positive weights on the empty cells balance it.
"""

import numpy as np

from palermo.prevention.methods.estimation.cells import Flags, Floats, Ints
from palermo.prevention.methods.estimation.compiled import compiled

EXISTS = 0
NO_ESTIMATE = 1
NOT_IDENTIFIED = 2
TINY = 1e-9


@compiled
def verdict(counts: Floats, effects: Ints, open_cells: Flags) -> int:
    """Say whether the estimate exists: 0 yes, 1 no maximum, 2 not identified, 3 neither.

    Args:
        counts: (2^t,) observed counts; only their zero pattern matters.
        effects: (p,) finite effects of the model, 0 (the intercept) among them.
        open_cells: (2^t,) cells that may be above 0; cell 0 is shut.
    """
    space = _null_space(counts, effects, open_cells)
    width = space.shape[1]
    if width == 0:
        return EXISTS
    moves = np.ascontiguousarray((_rows(counts, effects, open_cells, False) @ space).T)
    blind = _rank(moves.copy()) < width
    stuck = not _balanced(moves, -moves.sum(axis=1))
    return (NO_ESTIMATE if stuck else EXISTS) + (NOT_IDENTIFIED if blind else EXISTS)


@compiled
def _rows(counts: Floats, effects: Ints, open_cells: Flags, counted: bool) -> Floats:
    """The design of the open cells with a count (or of those without): shape (cells, p)."""
    matrix = np.zeros((counts.size, effects.size))
    found = 0
    for cell in range(counts.size):
        if open_cells[cell] and (counts[cell] > 0) == counted:
            for column in range(effects.size):
                if cell & effects[column] == effects[column]:
                    matrix[found, column] = 1.0
            found += 1
    return matrix[:found]


@compiled
def _reduce(matrix: Floats, pivots: Ints) -> int:
    """Row-reduce in place; write the pivot columns; return the rank."""
    rank = 0
    rows, columns = matrix.shape
    for column in range(columns):
        best = rank
        for row in range(rank, rows):
            if abs(matrix[row, column]) > abs(matrix[best, column]):
                best = row
        if rank == rows or abs(matrix[best, column]) < TINY:
            continue
        for k in range(columns):
            matrix[rank, k], matrix[best, k] = matrix[best, k], matrix[rank, k]
        matrix[rank] /= matrix[rank, column]
        for row in range(rows):
            if row != rank and matrix[row, column] != 0.0:
                matrix[row] -= matrix[row, column] * matrix[rank]
        pivots[rank] = column
        rank += 1
    return rank


@compiled
def _rank(matrix: Floats) -> int:
    return _reduce(matrix, np.zeros(matrix.shape[0] + matrix.shape[1], dtype=np.int64))


@compiled
def _null_space(counts: Floats, effects: Ints, open_cells: Flags) -> Floats:
    """Directions that leave all cells with a count unchanged: shape (p, dimension)."""
    matrix = _rows(counts, effects, open_cells, True)
    pivots = np.zeros(effects.size, dtype=np.int64)
    rank = _reduce(matrix, pivots)
    free = np.ones(effects.size, dtype=np.bool_)
    for k in range(rank):
        free[pivots[k]] = False
    space = np.zeros((effects.size, effects.size - rank))
    k = 0
    for column in range(effects.size):
        if free[column]:
            space[column, k] = 1.0
            for row in range(rank):
                space[pivots[row], k] = -matrix[row, column]
            k += 1
    return space


@compiled
def _balanced(moves: Floats, target: Floats) -> bool:
    """Whether moves @ y = target has a solution y >= 0 (phase one of the simplex method, Bland's rule)."""
    rows, columns = moves.shape
    table = np.zeros((rows + 1, columns + 1))
    for row in range(rows):
        sign = 1.0 if target[row] >= 0 else -1.0
        table[row, :columns] = sign * moves[row]
        table[row, columns] = sign * target[row]
        table[rows] -= table[row]
    basis = np.arange(columns, columns + rows)
    while True:
        enter = 0
        while enter < columns and table[rows, enter] > -TINY:
            enter += 1
        if enter == columns:
            return bool(table[rows, columns] > -TINY * max(1.0, np.abs(target).sum()))
        leave = _leaving_row(table, basis, enter)
        table[leave] /= table[leave, enter]
        for row in range(rows + 1):
            if row != leave:
                table[row] -= table[row, enter] * table[leave]
        basis[leave] = enter


@compiled
def _leaving_row(table: Floats, basis: Ints, enter: int) -> int:
    last = table.shape[1] - 1
    leave, least = -1, np.inf
    for row in range(table.shape[0] - 1):
        if table[row, enter] > TINY:
            ratio = table[row, last] / table[row, enter]
            if ratio < least - TINY or (ratio < least + TINY and basis[row] < basis[leave]):
                leave, least = row, ratio
    return leave
