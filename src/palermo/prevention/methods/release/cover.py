"""Short records that hold what no longer record of a kind common enough holds.

Where records that share three facts differ in all else, none of their kinds is common, and leaving facts out one at a
time may lose the three. So for such facts a record is made of them and of whatever else most of those records share.
"""

import numpy as np
from numpy.typing import NDArray

from palermo.prevention.methods.release.fit import Wanted
from palermo.prevention.methods.release.kinds import Kinds
from palermo.prevention.methods.release.measure import indicators
from palermo.prevention.methods.release.table import Codes, Table

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def covering(patterns: Codes, spare: Table, drawn: Kinds, goal: Wanted, *, least: float) -> Codes:
    """Records to add so that every wanted pair and triple is held by some record.

    Args:
        patterns: (patterns, columns) kinds of record there are already.
        spare: kinds of record that the model draws, as a table.
        drawn: the same with how often each is expected.
        goal: what is wanted.
        least: no record is added whose facts are expected together more rarely.
    """
    facts = indicators(spare).toarray().astype(bool)
    held = indicators(Table(spare.columns, spare.values, patterns)).toarray().astype(bool)
    column = spare.column_of
    out: list[NDArray[np.bool_]] = []
    for combination in (*goal.triples.tolist(), *goal.pairs.tolist()):
        if held[:, combination].all(axis=1).any() or any(each[combination].all() for each in out):
            continue
        steps = _grown(combination, facts, drawn.expected, column, least)
        good = np.flatnonzero(~drawn.telling(_coded(steps, column, spare.offsets)))
        if good.size:
            out.append(steps[good[-1]])
    return _coded(out, column, spare.offsets)


def _coded(chosen: list[NDArray[np.bool_]], column: Ints, offsets: Ints) -> Codes:
    codes = np.zeros((len(chosen), offsets.size - 1), dtype=np.int32)
    for row, facts in enumerate(chosen):
        at = np.flatnonzero(facts)
        codes[row, column[at]] = at - offsets[column[at]] + 1
    return codes


def _grown(
    combination: list[int], facts: NDArray[np.bool_], expected: Floats, column: Ints, least: float
) -> list[NDArray[np.bool_]]:
    """The facts, then with the commonest others added while they are still expected together often enough."""
    chosen = np.zeros(facts.shape[1], dtype=np.bool_)
    chosen[combination] = True
    rows = np.flatnonzero(facts[:, combination].all(axis=1))
    out: list[NDArray[np.bool_]] = []
    while expected[rows].sum() >= least:
        out.append(chosen.copy())
        often = expected[rows] @ facts[rows]
        often[np.isin(column, column[chosen])] = 0.0
        best = int(often.argmax())
        if often[best] < least:
            break
        chosen[best] = True
        rows = rows[facts[rows, best]]
    return out
