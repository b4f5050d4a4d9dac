"""How often each pattern is written so that values, pairs and triples come near their counts (post-processing)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, hstack

from palermo.prevention.methods.release.measure import Measured, indicators
from palermo.prevention.methods.release.table import Table

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

WEIGHTS = (
    200.0,
    100.0,
    15.0,
    8.0,
)  # of a relative error in the total, a value, a pair, a triple (there are few values)
SMOOTH = 30.0  # counts are told with about this noise
ROUNDS = 80


@dataclass(frozen=True, slots=True, eq=False)
class Wanted:
    """Combinations and their counts.

    Args:
        pairs: (pairs, 2) values measured together.
        triples: (triples, 3) values that the candidates hold together.
        counts: total, values, pairs, triples in a row.
    """

    pairs: Ints
    triples: Ints
    counts: Floats


def wanted(candidates: Table, sizes: Floats, measured: Measured, *, least: float) -> Wanted:
    """The measured counts, and those of triples as the fitted field draws them.

    Args:
        candidates: distinct records of the field.
        sizes: how often each is expected in a release.
        measured: noisy counts.
        least: no triple below this count.
    """
    pairs = np.argwhere(np.triu(measured.pairs, 1) > 0)
    facts = indicators(candidates).tocsc()
    triples, numbers = [np.zeros((0, 3), dtype=np.int64)], [np.zeros(0)]
    for a, b in pairs:
        both = np.asarray(facts[:, [a]].multiply(facts[:, [b]]).todense()).ravel() * sizes
        found = facts.T @ both
        third = np.flatnonzero(found[b + 1 :] >= least) + b + 1
        triples.append(np.column_stack([np.full(third.size, a), np.full(third.size, b), third]))
        numbers.append(found[third])
    counts = np.concatenate([
        [float(measured.total)], np.maximum(measured.single, 0.0), measured.pairs[pairs[:, 0], pairs[:, 1]], *numbers
    ])  # fmt: skip
    return Wanted(pairs, np.concatenate(triples), counts)


def fitted(patterns: Table, start: Floats, goal: Wanted, *, least: float) -> Floats:
    """Weights of at least `least` with the smallest relative errors (bounded least squares)."""
    facts = indicators(patterns).tocsc()
    pairs = facts[:, goal.pairs[:, 0]].multiply(facts[:, goal.pairs[:, 1]])
    triples = facts[:, goal.triples[:, 0]].multiply(facts[:, goal.triples[:, 1]]).multiply(facts[:, goal.triples[:, 2]])
    design = csr_matrix(hstack([csr_matrix(np.ones((facts.shape[0], 1))), facts, pairs, triples]))
    importance = np.repeat(WEIGHTS, [1, facts.shape[1], goal.pairs.shape[0], goal.triples.shape[0]])
    scale = importance / np.maximum(goal.counts, SMOOTH)

    def loss(weights: Floats) -> tuple[float, Floats]:
        miss = (design.T @ weights - goal.counts) * scale
        return float(miss @ miss), np.asarray(2.0 * (design @ (miss * scale)))

    limits = [(least, None)] * start.size
    options = {"maxiter": ROUNDS, "maxcor": 20}
    found = minimize(loss, np.maximum(start, least), jac=True, method="L-BFGS-B", bounds=limits, options=options)
    return np.asarray(found.x, dtype=np.float64)
