"""Poisson log-linear models of capture histories by maximum likelihood (Newton with halved steps).

Design rows are never built: linear predictors, scores and the information matrix all come from the transforms in
`cells`. Effects at minus infinity are not parameters here; their cells are shut (Chan, Silverman & Vincent 2021).
"""

import numpy as np

from palermo.prevention.methods.estimation.cells import Flags, Floats, Ints, close_cells, subset_sums, superset_sums
from palermo.prevention.methods.estimation.compiled import compiled

ROUNDS = 60
HALVINGS = 20
CLOSE = 1e-11
CEILING = 60.0  # e^60 persons is beyond any list; keeps a wild step finite


@compiled
def finite_effects(model: Ints, margins: Floats, open_cells: Flags) -> Ints:
    """The effects of a model that are finite; the cells of the others are shut in `open_cells`, in place.

    An effect whose margin (the count over all cells that contain it) is 0 stands at minus infinity.
    """
    kept = np.zeros(model.size, dtype=np.int64)
    found = 0
    for effect in model:
        if margins[effect] > 0:
            kept[found] = effect
            found += 1
        else:
            close_cells(open_cells, effect)
    return kept[:found]


@compiled
def deviance_of(counts: Floats, means: Floats, open_cells: Flags) -> float:
    """Twice the log-likelihood ratio against the saturated model, over the open cells."""
    total = 0.0
    for cell in range(counts.size):
        if open_cells[cell]:
            total -= counts[cell] - means[cell]
            if counts[cell] > 0:
                total += counts[cell] * np.log(counts[cell] / means[cell])
    return 2.0 * total


@compiled
def information(means: Floats, effects: Ints, lists: int) -> Floats:
    """Fisher's information of the effects: entry (a, b) is the fitted margin of a|b. Shape (p, p)."""
    sums = superset_sums(means, lists)
    out = np.empty((effects.size, effects.size))
    for a in range(effects.size):
        for b in range(effects.size):
            out[a, b] = sums[effects[a] | effects[b]]
    return out


@compiled
def solve(matrix: Floats, right: Floats) -> Floats:
    """Solve a symmetric positive definite system by Cholesky, in place; an empty array if it is not one."""
    size = right.size
    for column in range(size):
        for k in range(column):
            for row in range(column, size):
                matrix[row, column] -= matrix[row, k] * matrix[column, k]
        if not matrix[column, column] > 1e-11:
            return np.empty(0)
        root = np.sqrt(matrix[column, column])
        for row in range(column, size):
            matrix[row, column] /= root
    out = right.copy()
    for row in range(size):
        for k in range(row):
            out[row] -= matrix[row, k] * out[k]
        out[row] /= matrix[row, row]
    for row in range(size - 1, -1, -1):
        for k in range(row + 1, size):
            out[row] -= matrix[k, row] * out[k]
        out[row] /= matrix[row, row]
    return out


@compiled
def predict(beta: Floats, effects: Ints, open_cells: Flags, lists: int) -> Floats:
    """Fitted means of all cells, 0 in shut ones: shape (2^lists,)."""
    spread = np.zeros(open_cells.size)
    for k in range(effects.size):
        spread[effects[k]] = beta[k]
    line = subset_sums(spread, lists)
    for cell in range(line.size):
        line[cell] = np.exp(min(line[cell], CEILING)) if open_cells[cell] else 0.0
    return line


@compiled
def first_guess(counts: Floats, effects: Ints, open_cells: Flags, lists: int) -> Floats:
    """Weighted least squares of log(count + 0.1), which is where Newton starts."""
    weights = np.zeros(counts.size)
    working = np.zeros(counts.size)
    for cell in range(counts.size):
        if open_cells[cell]:
            weights[cell] = counts[cell] + 0.1
            working[cell] = weights[cell] * np.log(weights[cell]) - 0.1
    sums = superset_sums(working, lists)
    right = np.empty(effects.size)
    for k in range(effects.size):
        right[k] = sums[effects[k]]
    return solve(information(weights, effects, lists), right)


@compiled
def fit(counts: Floats, effects: Ints, open_cells: Flags, lists: int) -> tuple[Floats, Floats, float]:
    """Fit finite effects to counts.

    Args:
        counts: (2^lists,) observed counts, cell 0 holding 0.
        effects: (p,) finite effects with the intercept 0 first.
        open_cells: (2^lists,) cells that may be above 0; cell 0 is shut.
        lists: number of lists.

    Returns:
        Coefficients (p,), fitted means (2^lists,) and deviance; coefficients are empty if no fit was found.
        The persons on no list are exp(coefficient of the intercept).
    """
    beta = first_guess(counts, effects, open_cells, lists)
    if beta.size == 0:
        return beta, counts, np.inf
    means = predict(beta, effects, open_cells, lists)
    deviance = deviance_of(counts, means, open_cells)
    for _ in range(ROUNDS):
        residuals = superset_sums(counts - means, lists)
        score = np.empty(effects.size)
        for k in range(effects.size):
            score[k] = residuals[effects[k]]
        step = solve(information(means, effects, lists), score)
        if step.size == 0:
            return step, means, np.inf
        scale, before = 1.0, deviance
        for _half in range(HALVINGS):
            trial = predict(beta + scale * step, effects, open_cells, lists)
            deviance = deviance_of(counts, trial, open_cells)
            if deviance <= before + CLOSE * (1.0 + before):
                break
            scale *= 0.5
        beta = beta + scale * step
        means = trial
        if abs(before - deviance) < CLOSE * (1.0 + abs(deviance)):
            return beta, means, deviance
    return np.empty(0), means, np.inf
