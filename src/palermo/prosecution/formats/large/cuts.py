"""A ledger cut for searches: by account, by slice of time, and by the first account of two payments in a row."""

import itertools

import polars as pl

from palermo.prosecution.formats.large.engine import Engine, Table
from palermo.prosecution.formats.large.groups import ROWS_A_PART
from palermo.prosecution.formats.large.source import Source
from palermo.prosecution.methods.patterns.graph import DAY


def by_account(engine: Engine, source: Source, *, rows_a_part: int = ROWS_A_PART) -> Table:
    """Every row in the part of its source and in that of its target, which stand beside: `part_source part_target`.

    Accounts are dealt to parts by a hash of their names: a part holds all rows of its accounts.
    """
    count = max(1, -(-2 * source.count // rows_a_part))
    rows = source.rows
    rows = engine.keep(
        rows.mutate(**{f"part_{side}": rows[side].hash().abs() % count for side in ("source", "target")})
    )
    paid = rows.filter(rows.source.notnull()).mutate(part=lambda t: t.part_source)
    got = rows.filter(rows.target.notnull(), rows.source.isnull() | (rows.part_source != rows.part_target))
    return paid.union(got.mutate(part=got.part_target))


def between(source: Source) -> Table:
    """Payments between two different accounts."""
    rows = source.rows
    return rows.filter(rows.source.notnull(), rows.target.notnull(), rows.source != rows.target, rows.amount > 0)


def by_slice(engine: Engine, source: Source, *, days: int, rows_a_part: int = ROWS_A_PART) -> Table:
    """Slices of whole days that overlap by the window, with `begins`: whether a row lies in the slice itself.

    Left out are payments by who is never paid and to who never pays: none of them is in a cycle.
    """
    rows = between(source)
    rows = rows.semi_join(rows.select(source="target").distinct(), "source")
    rows = engine.keep(rows.semi_join(between(source).select(target="source").distinct(), "target"))
    day = (rows.time - rows.time % DAY) / DAY
    counts = engine.fetch(rows.group_by(day=day.cast("int64")).aggregate(n=rows.count())).sort("day")
    begins, held = [], rows_a_part
    for one, n in counts.iter_rows():
        if held >= rows_a_part:
            begins.append(one)
            held = 0
        held += n
    last = int(counts["day"].max() or 0) + 1  # type: ignore[arg-type]
    slices = [
        {"part": n, "begin": begin * DAY, "end": end * DAY, "until": (end + days + 1) * DAY}
        for n, (begin, end) in enumerate(itertools.pairwise([*begins, last]))
    ]
    kinds = dict.fromkeys(("part", "begin", "end", "until"), pl.Int64)
    table = engine.table(pl.DataFrame(slices, schema=kinds))
    crossed = rows.join(table, [rows.time >= table.begin, rows.time < table.until])
    return crossed.mutate(begins=crossed.time < crossed.end).drop("begin", "end", "until")


def by_first(engine: Engine, source: Source, *, days: int, rows_a_part: int = ROWS_A_PART) -> Table:
    """By account that pays: its payments (`first`), and what those paid pay later within the days.

    Only accounts that can scatter, through three others at least, are kept.
    """
    rows = engine.keep(between(source))
    count = max(1, -(-3 * source.count // rows_a_part))
    wide = rows.group_by("source").aggregate(others=rows.target.nunique())
    first = rows.semi_join(wide.filter(wide.others >= 3), "source").mutate(part=lambda t: t.source.hash().abs() % count)
    heads = first.select("part", "time", source="target").rename(begun="time")
    then = rows.join(heads, "source")
    then = then.filter(then.time >= then.begun, then.time <= then.begun + (days + 1) * DAY)
    then = then.drop("begun").distinct()
    return first.mutate(first=True).union(then.mutate(first=False).select(*first.columns, "first"))
