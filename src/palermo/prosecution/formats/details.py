"""What stands beside a ledger: extra columns of its file, and a list of accounts with who holds them."""

from pathlib import Path

import polars as pl

from palermo.prosecution.formats.exact import from_floats, minor_units
from palermo.prosecution.formats.table import read_table
from palermo.prosecution.methods.ledger import Ledger
from palermo.prosecution.methods.redflags.book import ACCOUNT_DETAILS, DETAILS
from palermo.vocabulary.errors import Refusal


def read_details(path: Path) -> pl.DataFrame:
    """`line` and those of channel, purpose, place, terminal, reference that the ledger's file has."""
    frame = read_table(path, ("id",), optional=DETAILS)
    names = [name for name in DETAILS if name in frame.columns]
    text = pl.col(names).cast(pl.String).str.strip_chars()
    frame = frame.with_columns(text)
    return frame.select("line", pl.when(pl.col(names) != "").then(pl.col(names)).name.keep())


def read_accounts(path: Path, ledger: Ledger) -> pl.DataFrame:
    """Accounts: `account` and those of `ACCOUNT_DETAILS` that are there; income becomes minor units.

    Raises:
        Refusal: an account named twice or not at all, a date or number that is none.
    """
    frame = read_table(path, ("account",), optional=ACCOUNT_DETAILS)
    lines = frame["line"]
    if frame["account"].null_count() or frame["account"].n_unique() != frame.height:
        bad = frame["account"].is_null() | frame["account"].is_duplicated()
        raise Refusal(
            "An account is missing or named twice.",
            where=f"{path.name}, row {lines.filter(bad)[-1]}, column account",
            remedy="Give one row for each account.",
        )
    names = [name for name in ACCOUNT_DETAILS if name in frame.columns]
    for name in names:
        frame = frame.with_columns(_typed(frame[name], name, ledger, lines, path))
    return frame.select("account", *names)


def _typed(column: pl.Series, name: str, ledger: Ledger, lines: pl.Series, path: Path) -> pl.Series:
    if name == "income":
        return _money(column, ledger, lines, path)
    if name == "opened":
        read = column if column.dtype == pl.Date else column.cast(pl.String).str.to_date("%Y-%m-%d", strict=False)
        return _whole(column, read, lines, path, "a date like 2026-01-31")
    if name in ("staff", "opens", "closes"):
        return _whole(column, column.cast(pl.Int64, strict=False), lines, path, "a whole number")
    text = column.cast(pl.String).str.strip_chars()
    return text.to_frame().select(pl.when(pl.col(name) != "").then(pl.col(name)).alias(name))[name]


def _money(column: pl.Series, ledger: Ledger, lines: pl.Series, path: Path) -> pl.Series:
    given = column.is_not_null()
    part = column.filter(given)
    read = from_floats if part.dtype.is_float() else minor_units
    text = part if part.dtype.is_float() else part.cast(pl.String)
    values = read(text, ledger.currency, lines=lines.filter(given), where=path.name)
    out = pl.Series(column.name, [None] * column.len(), dtype=pl.Int64)
    return out.scatter(given.arg_true(), values)


def _whole(column: pl.Series, read: pl.Series, lines: pl.Series, path: Path, what: str) -> pl.Series:
    lost = read.is_null() & column.is_not_null() & (column.cast(pl.String) != "")
    if lost.any():
        at = lost.arg_max() or 0
        raise Refusal(f"{column[at]!r} is not {what}.", where=f"{path.name}, row {lines[at]}, column {column.name}")
    return read.alias(column.name)
