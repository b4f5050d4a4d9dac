"""What a release keeps of the truth, and what an attacker could get from it.

Both reports look at the real records, so they are for the holder of the data and are not themselves released.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from palermo.prevention.methods.release.kinds import alike
from palermo.prevention.methods.release.table import Codes, Table

ENOUGH = 10  # real cases behind a combination that a reader may expect to find
SPAN = 1 << 20


@dataclass(frozen=True, slots=True)
class Utility:
    """How combinations of k values fare.

    Args:
        length: k.
        error: mean of |synthetic - real| / real over combinations of 10 real cases and more that are kept.
        kept: how many of those are kept.
        suppressed: how many are not.
        fabricated: share of synthetic combinations that no real record has.
        rare_shown: combinations of fewer than 10 real cases that appear.
    """

    length: int
    error: float
    kept: int
    suppressed: int
    fabricated: float
    rare_shown: int


@dataclass(frozen=True, slots=True)
class Attack:
    """What attacks find.

    Args:
        unique: real records that are the only ones of their kind.
        reproduced: how many of them appear as they are.
        smallest_class: least number of synthetic records that are alike.
        advantage: how much likelier a record is found in the release if it was in the data than if it was not
            (records of one half against the other; None if not tried).
        bound: what differential privacy allows that advantage to be.
    """

    unique: int
    reproduced: int
    smallest_class: int
    advantage: float | None
    bound: float


def counted(codes: Codes, length: int) -> dict[tuple[int, ...], dict[int, int]]:
    """Counts of all combinations of `length` known values, by columns and then by packed codes."""
    out = {}
    for columns in combinations(range(codes.shape[1]), length):
        part = codes[:, columns]
        part = part[(part > 0).all(axis=1)].astype(np.int64)
        packed = np.zeros(part.shape[0], dtype=np.int64)
        for k in range(length):
            packed = packed * SPAN + part[:, k]
        values, numbers = np.unique(packed, return_counts=True)
        out[columns] = dict(zip(values.tolist(), numbers.tolist(), strict=True))
    return out


def utility(real: Table, synthetic: Table, *, longest: int = 3) -> tuple[Utility, ...]:
    """One line for each length of combination; codes that were rolled up count as suppressed."""
    codes = recoded(synthetic, real)
    out = []
    for length in range(1, longest + 1):
        before, after = counted(real.codes, length), counted(codes, length)
        errors, suppressed, rare = [], 0, 0
        for columns, numbers in before.items():
            found = after[columns]
            for packed, number in numbers.items():
                shown = found.get(packed, 0)
                rare += number < ENOUGH and shown > 0
                if number >= ENOUGH and shown:
                    errors.append(abs(shown - number) / number)
                suppressed += number >= ENOUGH and not shown
        made = sum(len(found) for found in after.values())
        false = sum(packed not in before[columns] for columns, found in after.items() for packed in found)
        mean = float(np.mean(errors)) if errors else float("nan")
        out.append(Utility(length, mean, len(errors), suppressed, false / made if made else 0.0, rare))
    return tuple(out)


def recoded(synthetic: Table, real: Table) -> Codes:
    """Synthetic codes by the real table's lists; parents that are no real code become "not known"."""
    out = np.zeros_like(synthetic.codes)
    for k, values in enumerate(synthetic.values):
        place = {value: at for at, value in enumerate(real.values[k], start=1)}
        out[:, k] = np.array([0, *(place.get(value, 0) for value in values)], dtype=np.int32)[synthetic.codes[:, k]]
    return out


def attack(real: Table, synthetic: Table, *, epsilon: float, delta: float, advantage: float | None = None) -> Attack:
    """Unique records reproduced and the smallest class."""
    codes = recoded(synthetic, real)
    first, _, sizes = alike(real.codes)
    lonely = real.codes[first[sizes == 1]]
    shown = _found(lonely, codes)
    _, _, classes = alike(synthetic.codes)
    bound = float(np.tanh(epsilon / 2) + 2 * delta)
    return Attack(lonely.shape[0], int(shown.sum()), int(classes.min()) if classes.size else 0, advantage, bound)


def advantage(members: Table, others: Table, synthetic: Table) -> float:
    """Share of members whose record appears in the release, less the share of others whose does."""
    inside, outside = (_found(each.codes, recoded(synthetic, each)) for each in (members, others))
    return float(inside.mean() - outside.mean())


def _found(records: Codes, synthetic: Codes) -> NDArray[np.bool_]:
    known = set(map(bytes, np.ascontiguousarray(np.unique(synthetic, axis=0))))
    return np.array([bytes(row) in known for row in np.ascontiguousarray(records)], dtype=np.bool_)


def tables(
    measured_table: Table, single: NDArray[np.float64], pairs: NDArray[np.float64], floor: float
) -> Mapping[str, pl.DataFrame]:
    """The noisy counts themselves as tables, nothing below the floor."""
    names = [(c, v) for c, values in zip(measured_table.columns, measured_table.values, strict=True) for v in values]
    singles = [(*names[k], round(n)) for k, n in enumerate(single) if n >= floor]
    a, b = np.nonzero(np.triu(pairs, 1))
    doubles = [(*names[i], *names[j], round(pairs[i, j])) for i, j in zip(a, b, strict=True) if pairs[i, j] >= floor]
    return {
        "single": pl.DataFrame(
            singles, schema={"column": pl.String, "value": pl.String, "count": pl.Int64}, orient="row"
        ),
        "pairs": pl.DataFrame(
            doubles,
            schema=dict.fromkeys(("column_a", "value_a", "column_b", "value_b"), pl.String) | {"count": pl.Int64},
            orient="row",
        ),
    }
