"""What is asked of the records, with noise: how many facts a record states, each value, each pair of values.

Noise is not spread evenly. A column of 200 countries has counts of tens, a yes-or-no column counts of thousands, so
the finer column is given less noise and the coarser one more, by the number of its public codes alone. One record moves
each answer by one; what it tells in all is the sum of 1 / (2 sigma^2) over its facts, at most over the finest of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from palermo.prevention.methods.release.budget import shares
from palermo.prevention.methods.release.noise import rounded_gaussian
from palermo.prevention.methods.release.shrink import shrunk
from palermo.prevention.methods.release.table import OTHER, Codes, Table, roll_up

Floats = NDArray[np.float64]
Names = list[list[str | None]]
Parents = Mapping[str, Mapping[str, str]]

PARTS = (0.02, 0.22, 0.76)  # of rho: facts a record states, single values, pairs
COVERED = 0.97  # of records state no more facts than the cap
FINER, FINER_PAIRS = 0.75, 0.2  # powers of the number of codes by which a column is told more exactly
DOUBT = 0.1  # share of the codes kept that may be codes nobody has
UNSURE = 2.5  # standard deviations asked for where that share cannot be told


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """Noisy counts; everything after this is post-processing.

    Args:
        table: codes only, no records: columns, values after roll-up and an empty array.
        total: records.
        single: (values,) noisy counts.
        pairs: (values, values) likely counts, symmetric; 0 within a column.
        cap: facts of one record that were counted at most.
        noise: standard deviations of single and pair counts, the largest.
        rolled: values that became their parent or "not known", by column.
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
    parents: Parents | None = None,
    generator: np.random.Generator | None = None,
) -> Measured:
    """Count with Gaussian noise that spends rho; one record more or less moves no answer by more than the noise hides.

    Args:
        table: the records.
        rho: to spend.
        floor: no value that is likely rarer is kept.
        parents: what rare codes become, and those in turn (a country, its sub-region, its region).
        generator: for tests only.
    """
    first, second, third = shares(rho, PARTS)
    columns = len(table.columns)
    stated = np.bincount((table.codes > 0).sum(axis=1), minlength=columns + 1)[: columns + 1]
    told = stated + rounded_gaussian(columns + 1, np.sqrt(1 / (2 * first)), generator=generator)
    cap = _cap(told)
    total = max(int(told.sum()), 1)
    capped = _capped(table, cap, generator)
    sizes = np.array([len(values) for values in table.values])
    sigma = _single_noise(sizes, cap, second)
    noisy = _single(capped) + _noise(sigma[table.column_of], generator)
    names = _names(table, noisy, sigma, floor, parents or {})
    rolled = roll_up(capped, names)
    single = np.maximum(_gathered(table, rolled, names, noisy), 0.0)
    widths = _pair_noise(sizes, cap, third)[np.ix_(rolled.column_of, rolled.column_of)]
    pairs = _pairs(rolled)
    upper = np.triu_indices(single.size, 1)
    pairs[upper] += _noise(widths[upper], generator)
    pairs = shrunk(np.triu(pairs, 1) + np.triu(pairs, 1).T, single, widths, rolled.offsets, total)
    lost = {
        name: [v for v, now in zip(table.values[k], names[k], strict=True) if v != now]
        for k, name in enumerate(table.columns)
    }
    public = Table(rolled.columns, rolled.values, np.zeros((0, columns), dtype=np.int32))
    largest = (float(sigma.max()), float(widths.max(initial=0.0)))
    return Measured(public, total, single, pairs, cap, largest, {k: v for k, v in lost.items() if v}, rho)


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


def _single_noise(sizes: NDArray[np.int64], cap: int, rho: float) -> Floats:
    """Standard deviation of each column's counts; the cap's finest columns together spend rho."""
    shares_of = np.maximum(sizes, 1).astype(np.float64) ** FINER
    most = np.sort(shares_of)[::-1][:cap].sum()
    return np.asarray(np.sqrt(most / (2 * rho * shares_of)))


def _pair_noise(sizes: NDArray[np.int64], cap: int, rho: float) -> Floats:
    """Standard deviation of the counts of two columns; the pairs of the cap's finest columns together spend rho."""
    weight = np.maximum(sizes, 1).astype(np.float64) ** FINER_PAIRS
    finest = np.sort(weight)[::-1][:cap]
    most = max((finest.sum() ** 2 - (finest**2).sum()) / 2, 1.0)
    return np.asarray(np.sqrt(most / (2 * rho * np.outer(weight, weight))))


def _noise(sigmas: Floats, generator: np.random.Generator | None) -> Floats:
    out = np.zeros(sigmas.shape)
    for sigma in np.unique(sigmas):
        here = sigmas == sigma
        out[here] = rounded_gaussian(int(here.sum()), float(sigma), generator=generator)
    return out


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


def _names(table: Table, noisy: Floats, sigma: Floats, floor: int, parents: Parents) -> Names:
    """What each code is called in the release: itself, the nearest parent that is common enough, other, or None."""
    sure = _sure(noisy / sigma[table.column_of])
    out: Names = []
    for k, column in enumerate(table.columns):
        counts = noisy[table.offsets[k] : table.offsets[k + 1]]
        above = parents.get(column, {})
        names: list[str | None] = list(table.values[k])
        for _ in range(len(set(above.values())) + 2):
            members = {name: [at for at, other in enumerate(names) if other == name] for name in set(names) - {None}}
            rare = {
                name
                for name, at in members.items()
                if counts[at].sum() < max(float(floor), sure * sigma[k] * np.sqrt(len(at)))
            }
            if not rare:
                break
            names = [_above(name, above) if name in rare else name for name in names]
        out.append(names)
    return out


def _above(name: str | None, above: Mapping[str, str]) -> str | None:
    if name is None or name == OTHER:
        return None
    return above.get(name, OTHER)


def _sure(scores: Floats) -> float:
    """Standard deviations above which a public code counts as used.

    Codes that nobody has lie as often below -t as above t, so those below tell how many of those above are noise; no
    record is asked. Where codes are declared from the data hardly any lies below, and rare ones are kept.
    """
    for t in np.arange(0.8, 4.0, 0.1):
        if 1 + (scores < -t).sum() <= DOUBT * (scores > t).sum():
            return float(t)
    return UNSURE


def _gathered(before: Table, after: Table, names: Names, counts: Floats) -> Floats:
    """Counts of values after roll-up, as sums of those before."""
    out = np.zeros(int(after.offsets[-1]))
    for k, held in enumerate(names):
        for at, name in enumerate(held):
            if name is not None:
                out[after.offsets[k] + after.values[k].index(name)] += counts[before.offsets[k] + at]
    return out


__all__ = ["Codes", "Measured", "indicators", "measure"]
