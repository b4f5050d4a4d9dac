"""Records that nobody is behind, drawn from the simplest model with the measured counts.

The model of greatest entropy given single and pair counts is a Markov random field. It is fitted by persistent chains:
a record is drawn by a chain, and after each sweep each weight moves by the logarithm of wanted over found.
No pair is forbidden while drawing, or the chains of rare values would stand still; what is too rare to be shown
is taken out afterwards (`thin`).
"""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from palermo.prevention.methods.estimation.compiled import compiled
from palermo.prevention.methods.release.measure import Measured, indicators
from palermo.prevention.methods.release.table import Codes, Table

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

SWEEPS = 16
CHAINS = 25_000  # enough to fit the model on; the same chains then draw all records, sweep after sweep
STEP, BIAS_STEP = 0.35, 0.6
SMOOTH = 2.0


def synthesise(measured: Measured, *, sweeps: int = SWEEPS, copies: int = 1, seed: int = 1) -> Table:
    """Synthetic records, `copies` times as many as were measured; no privacy is spent here.

    Args:
        measured: noisy counts.
        sweeps: rounds of fitting.
        copies: sets of records drawn with the fitted model, one after another.
        seed: of the chains; the counts are public by now.
    """
    table = measured.table
    offsets = table.offsets
    rng = np.random.default_rng(seed)
    single = np.maximum(measured.single, SMOOTH)
    wanted = measured.pairs
    across = _across(offsets)
    weights = np.zeros_like(wanted)
    bias = _first_bias(single, offsets, measured.total)
    chains = min(measured.total, CHAINS)
    scale = measured.total / chains
    codes = np.zeros((chains, len(table.columns)), dtype=np.int32)
    for sweep in range(sweeps):
        _sweep(codes, offsets, bias, weights, rng.random(codes.shape))
        made = indicators(Table(table.columns, table.values, codes))
        found = np.asarray((made.T @ made).todense(), dtype=np.float64) * scale
        step = 1.0 - 0.8 * sweep / sweeps
        bias += BIAS_STEP * step * np.log((single + SMOOTH) / (found.diagonal() + SMOOTH))
        move = STEP * step * np.log((wanted + SMOOTH) / (found + SMOOTH))
        weights = np.where(across, np.clip(weights + move, -8.0, 8.0), 0.0)
    drawn = []
    for _ in range(int(np.ceil(copies * scale))):
        _sweep(codes, offsets, bias, weights, rng.random(codes.shape))
        drawn.append(codes.copy())
    return Table(table.columns, table.values, np.concatenate(drawn)[: copies * measured.total])


def _across(offsets: Ints) -> NDArray[np.bool_]:
    """Pairs of values of different columns: shape (values, values)."""
    column = np.repeat(np.arange(offsets.size - 1), np.diff(offsets))
    return np.asarray(column[:, None] != column[None, :])


def _first_bias(single: Floats, offsets: Ints, total: int) -> Floats:
    out = np.empty(single.size)
    for a, b in pairwise(offsets):
        rest = max(total - single[a:b].sum(), 1.0)
        out[a:b] = np.log(single[a:b] / rest)
    return out


@compiled
def _sweep(codes: Codes, offsets: Ints, bias: Floats, weights: Floats, draws: Floats) -> None:
    """Draw every column of every record anew given the others, in place."""
    rows, columns = codes.shape
    longest = 0
    for c in range(columns):
        longest = max(longest, offsets[c + 1] - offsets[c])
    scores = np.empty(longest)
    for row in range(rows):
        for c in range(columns):
            start, size = offsets[c], offsets[c + 1] - offsets[c]
            for v in range(size):
                scores[v] = bias[start + v]
            for d in range(columns):
                if d != c and codes[row, d] > 0:
                    held = offsets[d] + codes[row, d] - 1
                    for v in range(size):
                        scores[v] += weights[held, start + v]
            total = 1.0
            for v in range(size):
                scores[v] = np.exp(min(scores[v], 30.0))
                total += scores[v]
            rest = draws[row, c] * total - 1.0
            codes[row, c] = 0
            v = 0
            while rest > 0 and v < size:
                rest -= scores[v]
                v += 1
                codes[row, c] = v
