"""Which accounts claims can reach, which of these are connected, and how they are packed into parts."""

import heapq
from collections.abc import Sequence

import numpy as np
import polars as pl
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from palermo.prosecution.formats.large.engine import Engine, Table
from palermo.prosecution.formats.large.source import Source
from palermo.prosecution.methods.patterns.graph import DAY

ROWS_A_PART = 2_000_000


def clock(rows: Table, *, by_day: bool) -> Table:
    """The time of a row as far as evidence orders it: whole days where times are bare dates."""
    return rows.time - rows.time % DAY if by_day else rows.time


def reached(engine: Engine, source: Source, claimed: Sequence[str]) -> Table:
    """Accounts that claims on these payments can reach, each with the earliest time: `account since`.

    Rows of one time count as if each could be before the other, so this is never too few. Every turn follows only
    accounts that were reached earlier than was known, until there are none; each turn reads all rows once.
    """
    real = source.rows.filter(
        source.rows.target.notnull(), source.rows.amount > 0,
        source.rows.source.isnull() | (source.rows.source != source.rows.target),
    )  # fmt: skip
    steps = engine.keep(real.select("source", "target", at=clock(real, by_day=source.by_day)))
    ids = engine.table(pl.DataFrame({"id": list(claimed)}, schema={"id": pl.String}))
    begun = real.semi_join(ids, "id")
    begun = begun.select(account="target", at=clock(begun, by_day=source.by_day))
    front = known = engine.keep(begun.group_by("account").aggregate(since=begun.at.min()))
    while engine.fetch(front.aggregate(n=front.count()))["n"][0]:
        ahead = steps.join(front.rename(source="account"), "source")
        ahead = ahead.filter(ahead.at >= ahead.since).group_by("target").aggregate(fresh=lambda t: t.at.min())
        both = ahead.rename(account="target").left_join(known, "account")
        front = engine.keep(
            both.filter(both.since.isnull() | (both.fresh < both.since)).select("account", since="fresh")
        )
        all_known = known.union(front)
        known = engine.keep(all_known.group_by("account").aggregate(since=all_known.since.min()))
    return known


def connected(engine: Engine, rows: Table, accounts: Table) -> pl.DataFrame:
    """Groups of accounts that pay each other, with how many rows touch each account: `account group rows`.

    Only pairs of accounts come here, not rows: what one machine must hold is one number an account and a pair.
    """
    ends = [rows.semi_join(accounts.rename(**{side: "account"}), side) for side in ("source", "target")]
    counted = ends[0].select(account="source").union(ends[1].select(account="target"))
    sizes = engine.fetch(counted.group_by("account").aggregate(rows=counted.count())).sort("account")
    inner = ends[0].semi_join(accounts.rename(target="account"), "target")
    pairs = engine.fetch(inner.select("source", "target").distinct())
    kind = pl.Enum(sizes["account"])
    one, two = (pairs[side].cast(kind).to_physical().to_numpy() for side in ("source", "target"))
    graph = coo_array((np.ones(len(one), np.int8), (one, two)), shape=(sizes.height, sizes.height))
    _, label = connected_components(graph, directed=False)
    return sizes.with_columns(group=pl.Series(label, dtype=pl.Int64))


def packed_groups(groups: pl.DataFrame, *, rows_a_part: int = ROWS_A_PART) -> pl.DataFrame:
    """Whole groups in as few parts as their rows ask for, largest first into the emptiest: `account part`."""
    sizes = groups.group_by("group").agg(pl.col("rows").sum()).sort("rows", "group", descending=[True, False])
    count = max(1, -(-int(sizes["rows"].sum()) // rows_a_part))
    if count == 1:
        return groups.select("account", part=pl.lit(0, dtype=pl.Int64))
    parts = [(0, n) for n in range(count)]
    put = []
    for size in sizes["rows"]:
        held, part = heapq.heappop(parts)
        put.append(part)
        heapq.heappush(parts, (held + size, part))
    placed = sizes.select("group", part=pl.Series(put, dtype=pl.Int64))
    return groups.join(placed, on="group").select("account", "part")
