"""`palermo flags` by an engine: signs of each account in its part, and those that several parts show together."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl

from palermo.prosecution.formats.amount import one_amount
from palermo.prosecution.formats.details import read_accounts
from palermo.prosecution.formats.flag_json import to_json
from palermo.prosecution.formats.large.cuts import by_account
from palermo.prosecution.formats.large.engine import Engine, Table
from palermo.prosecution.formats.large.groups import ROWS_A_PART
from palermo.prosecution.formats.large.patterns import cycles_of, known_accounts, scatters_of
from palermo.prosecution.formats.large.source import Source, read_source
from palermo.prosecution.methods.parts.flags import (
    FEWER,
    OF_ACCOUNTS,
    Facts,
    book_of,
    flags_of_accounts,
    flags_on_fewer_rows,
    put_signs,
)
from palermo.prosecution.methods.parts.patterns import in_kinds, put_patterns
from palermo.prosecution.methods.parts.rows import ROWS, Frames, ledger_of_part, put_together, small_ledger
from palermo.prosecution.methods.patterns.shared import shared_identifiers
from palermo.prosecution.methods.redflags import alerts, to_clarify
from palermo.prosecution.methods.redflags.book import Whole
from palermo.prosecution.methods.redflags.signs import (
    agreeing,
    by_centre,
    by_ends,
    finished,
    holders_of,
    in_doubt,
    of_book,
    with_role,
)
from palermo.vocabulary.redflags import red_flags


def flags_large(
    engine: Engine,
    path: Path,
    *,
    accounts: Path | None = None,
    holders: pl.DataFrame | None = None,
    threshold: str | None = None,
    currency: str | None = None,
    rows_a_part: int = ROWS_A_PART,
    tell: Callable[[str], None] = lambda _said: None,
) -> dict[str, Any]:
    """The same as `palermo flags --json` of the whole ledger.

    The list of accounts is held on every machine; rows only part by part.

    Args:
        engine: which does the work.
        path: as in `read_source`.
        accounts, holders, threshold, currency: as on the command line.
        rows_a_part: about how many rows one part has.
        tell: is told what is done next.

    Raises:
        Refusal: as `read_source`, `read_accounts`.
    """
    tell("reading")
    source = read_source(engine, path, currency=currency)
    facts = _facts(engine, source, accounts, threshold)
    tell("signs by account")
    parts = engine.parts(by_account(engine, source, rows_a_part=rows_a_part), partial(flags_of_accounts, facts=facts))
    fewer = _fewer(source)
    if fewer is not None:
        parts += engine.parts(source.rows.filter(fewer).mutate(part=0), partial(flags_on_fewer_rows, facts=facts))
    flags = red_flags()
    tell("cycles, scatter and gather")
    shapes = cycles_of(engine, source, days=flags["NET-08"].params["d"], rows_a_part=rows_a_part)
    shapes += scatters_of(engine, source, days=flags["NET-07"].params["d"], rows_a_part=rows_a_part)
    return _told(engine, source, facts, [*parts, *shapes], holders)


def _facts(engine: Engine, source: Source, accounts: Path | None, threshold: str | None) -> Facts:
    rows = source.rows
    moving = rows.filter(rows.source.notnull() | rows.target.notnull())
    moving = moving.filter(moving.source.isnull() | moving.target.isnull() | (moving.source != moving.target))
    first, last = engine.fetch(moving.aggregate(a=moving.time.min(), b=moving.time.max())).row(0)
    whole = Whole(first or 0, last or 0, _usual_wage(engine, moving) if "purpose" in source.details else 0)
    duty = one_amount(threshold, source.currency, where="--threshold") if threshold else None
    known = None
    if accounts is not None:
        empty = ledger_of_part(pl.DataFrame(schema=ROWS), currency=source.currency, by_day=source.by_day)
        known = read_accounts(accounts, empty)
        known = known.select(name for name in known.columns if known[name].null_count() < known.height)
        here = known_accounts(engine, source, known["account"])
        known = known.filter(pl.col("account").is_in(here))
    return Facts(source.currency, source.by_day, duty, source.details, known, whole)


def _usual_wage(engine: Engine, rows: Table) -> int:
    """The median of all wages, from how often each sum was paid."""
    wages = rows.filter(rows.purpose == "wages", rows.target.notnull())
    counts = engine.fetch(wages.group_by("amount").aggregate(n=wages.count())).sort("amount")
    total = int(counts["n"].sum())
    if not total:
        return 0
    upto = counts["n"].cum_sum()
    low, high = (int(counts["amount"][int((upto > at).arg_max() or 0)]) for at in ((total - 1) // 2, total // 2))
    return (low + high) // 2


def _fewer(source: Source) -> Any:
    rows, fits = source.rows, None
    for column, values in FEWER.items():
        if column in source.details:
            one = rows[column].isin(list(values)).fill_null(False)
            fits = one if fits is None else fits | one
    return fits


def _told(
    engine: Engine, source: Source, facts: Facts, parts: list[Frames], holders: pl.DataFrame | None
) -> dict[str, Any]:
    flags = red_flags()
    known = facts.accounts["account"].to_list() if facts.accounts is not None else []
    if holders is not None:
        known = sorted({*known, *known_accounts(engine, source, holders["account"].unique())})
    shares = put_together(parts, "SEX-08")
    named = {*known, *(shares["account"].to_list() if shares is not None else [])}
    small = small_ledger(parts, currency=source.currency, by_day=source.by_day, accounts=sorted(named))
    rows = pl.DataFrame(schema=ROWS | dict.fromkeys(facts.details, pl.String))
    book = replace(book_of(rows, facts, opening=small.accounts), ledger=small)
    found = put_signs(parts, small) + of_book(book, OF_ACCOUNTS)
    shapes = in_kinds(put_patterns(parts, small), ("cycle", "scatter-gather"))
    found += map(with_role, by_centre(flags["NET-08"], agreeing(shapes["cycle"])))
    found += map(with_role, by_ends(flags["NET-07"], shapes["scatter-gather"]))
    given = holders_of(book) if holders is None else holders
    if given is not None:
        found += map(with_role, in_doubt(flags["CTL-01"], shared_identifiers(small, given)))
    done = finished(found, book)
    return to_json(small, done, alerts(small, done), doubtful=to_clarify(small, done), columns=book.columns)
