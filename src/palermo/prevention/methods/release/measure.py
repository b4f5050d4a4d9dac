"""What is asked of the records, with noise: how many facts a record states, each value, each pair of values."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from palermo.prevention.methods.release.budget import shares
from palermo.prevention.methods.release.noise import discrete_gaussian
from palermo.prevention.methods.release.table import Codes, Table, roll_up

Floats = NDArray[np.float64]

PARTS = (0.02, 0.18, 0.80)  # of rho: facts a record states, single values, pairs
COVERED = 0.97  # of records state no more facts than the cap
LIKELY = 1.0  # standard deviations above which a public code stays itself
SURE = 2.5  # standard deviations above which a pair is held to be there


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """Noisy counts; everything after this is post-processing.

    Args:
        table: codes only, no records: columns, values after roll-up and an empty array.
        total: records.
        single: (values,) noisy counts.
        pairs: (values, values) noisy counts, symmetric; 0 where not above the floor, or in one column.
        cap: facts of one record that were counted at most.
        noise: standard deviations of single and pair counts.
        rolled: values that became their parent, by column.
        rho: what was spent.
    """

    table: Table
    total: int
    single: Floats
    pairs: Floats
    cap: int
    noise: tuple[float, float]
    rolled: dict[str, list[str]]
    rho: float


def measure(
    table: Table,
    rho: float,
    *,
    floor: int = 10,
    parents: Mapping[str, Mapping[str, str]] | None = None,
    generator: np.random.Generator | None = None,
) -> Measured:
    """Count under rho-zCDP; one record more or less moves no answer by more than the noise hides.

    Args:
        table: the records.
        rho: to spend.
        floor: no combination below this noisy count is kept.
        parents: what rare codes become.
        generator: for tests only.
    """
    first, second, third = shares(rho, PARTS)
    columns = len(table.columns)
    stated = np.bincount((table.codes > 0).sum(axis=1), minlength=columns + 1)[: columns + 1]
    told = stated + discrete_gaussian(columns + 1, np.sqrt(1 / (2 * first)), generator=generator)
    cap = _cap(told)
    total = max(int(told.sum()), 1)
    capped = _capped(table, cap, generator)
    sigma = float(np.sqrt(cap / (2 * second)))
    noisy = _single(capped) + discrete_gaussian(int(table.offsets[-1]), sigma, generator=generator)
    least = max(float(floor), LIKELY * sigma)
    kept = [noisy[a:b] >= least for a, b in zip(table.offsets[:-1], table.offsets[1:], strict=True)]
    rolled = roll_up(capped, kept, parents or {})
    single = _gathered(table, rolled, np.maximum(noisy, 0.0))
    width = float(np.sqrt(max(cap * (cap - 1) / 2, 1) / (2 * third)))
    pairs = _pairs(rolled)
    upper = np.triu_indices(single.size, 1)
    pairs[upper] += discrete_gaussian(upper[0].size, width, generator=generator)
    pairs = _tidy(pairs, single, rolled, max(float(floor), SURE * width))
    named = {
        name: [v for v, stays in zip(table.values[k], kept[k], strict=True) if not stays]
        for k, name in enumerate(table.columns)
    }
    public = Table(rolled.columns, rolled.values, np.zeros((0, columns), dtype=np.int32))
    return Measured(public, total, single, pairs, cap, (sigma, width), {k: v for k, v in named.items() if v}, rho)


def _cap(told: NDArray[np.int64]) -> int:
    """The number of facts that all but a few records keep to, read from noisy counts."""
    counts = np.maximum(told, 0)
    reached = np.cumsum(counts) >= COVERED * counts.sum()
    return max(int(np.argmax(reached)), 2)


def _capped(table: Table, cap: int, generator: np.random.Generator | None) -> Table:
    """Records that state more facts than the cap keep a random choice of them."""
    over = np.flatnonzero((table.codes > 0).sum(axis=1) > cap)
    if not over.size:
        return table
    rng = generator or np.random.default_rng()
    order = np.where(table.codes[over] > 0, rng.random((over.size, len(table.columns))), 2.0)
    ranks = order.argsort(axis=1).argsort(axis=1)
    codes = table.codes.copy()
    codes[over] = np.where(ranks < cap, table.codes[over], 0)
    return Table(table.columns, table.values, codes)


def indicators(table: Table) -> csr_matrix:
    """Which values each record states: sparse (records, values)."""
    rows, columns = np.nonzero(table.codes)
    at = table.offsets[columns] + table.codes[rows, columns] - 1
    return csr_matrix((np.ones(rows.size), (rows, at)), shape=(table.codes.shape[0], int(table.offsets[-1])))


def _single(table: Table) -> Floats:
    return np.asarray(indicators(table).sum(axis=0), dtype=np.float64).ravel()


def _pairs(table: Table) -> Floats:
    found = indicators(table)
    out = np.asarray((found.T @ found).todense(), dtype=np.float64)
    for a, b in zip(table.offsets[:-1], table.offsets[1:], strict=True):
        out[a:b, a:b] = 0.0
    return out


def _gathered(before: Table, after: Table, counts: Floats) -> Floats:
    """Counts of values after roll-up, as sums of those before."""
    out = np.zeros(int(after.offsets[-1]))
    for k, values in enumerate(before.values):
        for at, value in enumerate(values):
            parent = value if value in after.values[k] else None
            name = parent or next(v for v in after.values[k] if v not in values or v == value)
            out[after.offsets[k] + after.values[k].index(name)] += counts[before.offsets[k] + at]
    return out


def _tidy(pairs: Floats, single: Floats, table: Table, least: float) -> Floats:
    """Symmetric, within the single counts, nothing under the floor, nothing inside one column."""
    upper = np.triu(pairs, 1)
    upper = np.minimum(upper, np.minimum(single[:, None], single[None, :]))
    upper[upper < least] = 0.0
    for a, b in zip(table.offsets[:-1], table.offsets[1:], strict=True):
        upper[a:b, a:b] = 0.0
    return np.asarray(upper + upper.T, dtype=np.float64)


__all__ = ["Codes", "Measured", "indicators", "measure"]
