"""Clerical review: the pairs that a person should look at, and what becomes of clusters when somebody has."""

from collections.abc import Mapping

import numpy as np
import polars as pl

from palermo.prevention.methods.linkage.clusters import Ints, cluster
from palermo.prevention.methods.linkage.hashed import Keyed
from palermo.prevention.methods.linkage.link import CAP, CUT, FLOOR, Links
from palermo.vocabulary.errors import Refusal

VERDICTS = ("same", "different", "cannot tell")
SURE = 0.01  # pairs less likely than this, or likelier than its complement, are not asked about
#: What a verdict weighs in the average of two groups: "different" outweighs any number of pairs that speak for one.
_SAME, _DIFFERENT = 1e6, -1e12
Pair = tuple[str, str]


def doubtful(found: Links | Keyed, *, most: int = 200) -> pl.DataFrame:
    """Pairs whose verdict is worth most, first those.

    A pair is worth more the nearer it is to even odds, and more if it joins two lists, since only persons on several
    lists move an estimate. Of hashes: those that share no more keys than are enough.

    Args:
        found: as `link` or `link_hashed` gives.
        most: pairs at most.

    Returns:
        The columns of `found.pairs`, and `worth` from 0 to 1.
    """
    lists = dict(found.records.select("record", "source").iter_rows())
    pairs = found.pairs
    across = pl.Series([lists[a] != lists[b] for a, b in pairs.select("left", "right").iter_rows()], dtype=pl.Boolean)
    if isinstance(found, Links):
        chance = pl.col("probability")
        pairs = pairs.with_columns(worth=4 * chance * (1 - chance) * pl.when(across).then(1.0).otherwise(0.5))
        pairs = pairs.filter(chance.is_between(SURE, 1 - SURE))
    else:
        pairs = pairs.with_columns(worth=pl.when(across).then(1.0).otherwise(0.5)).filter(
            pl.col("keys") == pl.col("asked")
        )
    return pairs.sort("worth", "left", "right", descending=[True, False, False]).head(most)


def decided(found: Links | Keyed, verdicts: Mapping[Pair, str]) -> pl.DataFrame:
    """Records clustered anew with what people decided; "cannot tell" leaves a pair as it was.

    Args:
        found: as `link` or `link_hashed` gives.
        verdicts: (left, right) → one of `VERDICTS`.

    Raises:
        Refusal: a verdict is none of them, or names a record that is not here.
    """
    rows = {record: row for row, record in enumerate(found.records["record"].to_list())}
    for (left, right), verdict in verdicts.items():
        if verdict not in VERDICTS:
            raise Refusal(f"{verdict!r} is no verdict.", where=f"{left}, {right}", remedy=f"One of {VERDICTS}.")
        if left not in rows or right not in rows:
            raise Refusal(
                "No such pair was linked.", where=f"{left}, {right}", remedy="Take the file that was written."
            )
    ends = {(rows[a], rows[b]): verdict for (a, b), verdict in verdicts.items() if verdict != "cannot tell"}
    ends |= {(b, a): verdict for (a, b), verdict in ends.items()}
    groups = _joined(found, rows, ends) if isinstance(found, Keyed) else _averaged(found, rows, ends)
    return found.records.with_columns(cluster=pl.Series(groups))


def _averaged(found: Links, rows: Mapping[str, int], ends: Mapping[tuple[int, int], str]) -> Ints:
    weights = {
        (rows[a], rows[b]): min(weight, CAP)
        for a, b, weight in found.pairs.select("left", "right", "weight").iter_rows()
    }
    told = {"same": _SAME, "different": _DIFFERENT}
    for (left, right), verdict in ends.items():
        here = (right, left) if (right, left) in weights else (left, right)
        weights[here] = told[verdict]
    both = np.array(list(weights), dtype=np.int64).reshape(-1, 2)
    values = np.array(list(weights.values()))
    return cluster(len(rows), both[:, 0], both[:, 1], values, floor=FLOOR, cut=CUT, cap=_SAME)


def _joined(found: Keyed, rows: Mapping[str, int], ends: Mapping[tuple[int, int], str]) -> Ints:
    """Join by the most keys first, but never two groups of which people said that they are two persons."""
    edges = [pair for pair, verdict in ends.items() if verdict == "same"]
    edges += [(rows[a], rows[b]) for a, b in found.pairs.select("left", "right").iter_rows()]
    group = list(range(len(rows)))
    apart: dict[int, set[int]] = {}
    for (left, right), verdict in ends.items():
        if verdict == "different":
            apart.setdefault(left, set()).add(right)
    for left, right in edges:
        one, other = _root(group, left), _root(group, right)
        if one == other or other in apart.get(one, ()):
            continue
        group[other] = one
        for foe in apart.pop(other, set()):
            apart.setdefault(one, set()).add(foe)
            apart[foe] = apart[foe] - {other} | {one}
    return np.array([_root(group, row) for row in range(len(group))], dtype=np.int64)


def _root(group: list[int], row: int) -> int:
    while group[row] != row:
        group[row] = group[group[row]]
        row = group[row]
    return row
