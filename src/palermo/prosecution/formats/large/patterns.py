"""`palermo patterns` by an engine: each kind of pattern searched in parts that hold all it needs."""

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

import polars as pl

from palermo.prosecution.formats.amount import one_amount
from palermo.prosecution.formats.large.cuts import by_account, by_first, by_slice
from palermo.prosecution.formats.large.engine import Engine
from palermo.prosecution.formats.large.groups import ROWS_A_PART
from palermo.prosecution.formats.large.source import Source, read_source
from palermo.prosecution.methods.ledger import Ledger
from palermo.prosecution.methods.parts.patterns import (
    BY_ACCOUNT,
    in_kinds,
    of_accounts,
    of_first,
    of_slice,
    put_patterns,
)
from palermo.prosecution.methods.parts.rows import Frames, small_ledger
from palermo.prosecution.methods.patterns import KINDS, Pattern
from palermo.prosecution.methods.patterns.cycles import CYCLE_DAYS
from palermo.prosecution.methods.patterns.found import known_kinds
from palermo.prosecution.methods.patterns.scatter import SCATTER_DAYS
from palermo.prosecution.methods.patterns.shared import shared_identifiers


def patterns_large(
    engine: Engine,
    path: Path,
    *,
    kinds: Iterable[str] = tuple(KINDS),
    threshold: str | None = None,
    holders: pl.DataFrame | None = None,
    currency: str | None = None,
    rows_a_part: int = ROWS_A_PART,
    tell: Callable[[str], None] = lambda _said: None,
) -> tuple[Ledger, dict[str, list[Pattern]]]:
    """The same patterns as `find_patterns` on the whole ledger, on the ledger of the rows that they hold.

    Args:
        engine: which does the work.
        path: as in `read_source`.
        kinds, threshold, holders, currency: as on the command line.
        rows_a_part: about how many rows one part has.
        tell: is told what is done next.

    Raises:
        Refusal: a kind that does not exist; as `read_source`.
    """
    wanted = known_kinds(kinds)
    tell("reading")
    source = read_source(engine, path, currency=currency)
    limit = one_amount(threshold, source.currency, where="--threshold") if threshold else None
    parts: list[Frames] = []
    local = [kind for kind in wanted if kind in BY_ACCOUNT]
    unit, by_day = source.currency, source.by_day
    if local:
        tell(", ".join(local))
        work = partial(of_accounts, kinds=local, threshold=limit, currency=unit, by_day=by_day)
        parts += engine.parts(by_account(engine, source, rows_a_part=rows_a_part), work)
    if "cycle" in wanted:
        tell("cycle")
        parts += cycles_of(engine, source, days=CYCLE_DAYS, rows_a_part=rows_a_part)
    if "scatter-gather" in wanted:
        tell("scatter-gather")
        parts += scatters_of(engine, source, days=SCATTER_DAYS, rows_a_part=rows_a_part)
    sharing = "shared-identifier" in wanted and holders is not None
    accounts = known_accounts(engine, source, holders["account"].unique()) if sharing and holders is not None else []
    small = small_ledger(parts, accounts=accounts, currency=unit, by_day=by_day)
    found = put_patterns(parts, small)
    if sharing and holders is not None:
        found += shared_identifiers(small, holders.filter(pl.col("account").is_in(accounts)))
    return small, in_kinds(found, wanted)


def cycles_of(engine: Engine, source: Source, *, days: int, rows_a_part: int) -> list[Frames]:
    """Cycles, slice by slice of time."""
    work = partial(of_slice, currency=source.currency, by_day=source.by_day, days=days)
    return engine.parts(by_slice(engine, source, days=days, rows_a_part=rows_a_part), work)


def scatters_of(engine: Engine, source: Source, *, days: int, rows_a_part: int) -> list[Frames]:
    """Scatter and gather, by the account that scatters."""
    work = partial(of_first, currency=source.currency, by_day=source.by_day, days=days)
    return engine.parts(by_first(engine, source, days=days, rows_a_part=rows_a_part), work)


def known_accounts(engine: Engine, source: Source, names: pl.Series) -> list[str]:
    """Those of the names that are accounts of the ledger."""
    some = engine.table(pl.DataFrame({"account": names.drop_nulls().cast(pl.String)}))
    sides = [source.rows.select(account=side) for side in ("source", "target")]
    return engine.fetch(some.semi_join(sides[0].union(sides[1]), "account"))["account"].sort().to_list()
