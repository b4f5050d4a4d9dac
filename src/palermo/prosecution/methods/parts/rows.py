"""Rows of a part as a ledger, and as the plain frame that travels between machines."""

from collections.abc import Iterable, Mapping

import polars as pl

from palermo.prosecution.methods.ledger import Ints, Ledger, make_ledger

ROWS: dict[str, pl.DataType] = {
    "id": pl.String(),
    "time": pl.Int64(),
    "source": pl.String(),
    "target": pl.String(),
    "amount": pl.Int64(),
    "seq": pl.Int64(),
}
"""A row as it travels: `time` in microseconds since 1970, `amount` in minor units, null outside."""

Frames = dict[str, pl.DataFrame]
"""What work on a part gives: frames by name."""


def ledger_of_part(
    rows: pl.DataFrame, *, currency: str, by_day: bool, opening: Mapping[str, int] | None = None
) -> Ledger:
    """The ledger of a part; its line numbers count the part's rows, its accounts stand in the order of their names.

    Args:
        rows: `ROWS`, and more columns, which are left out.
        currency: of all rows.
        by_day: as in `Ledger`.
        opening: balances, which also name accounts that no row has.
    """
    frame = rows.select(list(ROWS)).with_columns(time=pl.col("time").cast(pl.Datetime("us")))
    return make_ledger(frame, currency=currency, balances=opening, by_day=by_day)


def rows_at(ledger: Ledger, positions: Iterable[int] | Ints) -> pl.DataFrame:
    """Some rows of a ledger as they travel."""
    at = pl.Series("at", positions, dtype=pl.Int64).unique().sort()
    part = ledger.rows[at]
    names = ledger.accounts.cast(pl.String)
    sides = [names.gather(part[side].replace(-1, None)).alias(side) for side in ("source", "target")]
    return part.with_columns(*sides, time=pl.col("time").to_physical()).select(list(ROWS))


def put_together(found: Iterable[Frames], name: str) -> pl.DataFrame | None:
    """One named frame of all parts; None where no part has it."""
    frames = [one[name] for one in found if name in one]
    return pl.concat(frames) if frames else None


def small_ledger(found: Iterable[Frames], *, currency: str, by_day: bool, accounts: Iterable[str] = ()) -> Ledger:
    """The ledger of the rows that findings of all parts hold, with these accounts even if no row names them."""
    rows = put_together(found, "rows")
    rows = pl.DataFrame(schema=ROWS) if rows is None else rows.unique("id")
    return ledger_of_part(rows, currency=currency, by_day=by_day, opening=dict.fromkeys(accounts, 0))


def places(ledger: Ledger) -> dict[str, int]:
    """Where each row lies, by its id."""
    return {row_id: row for row, row_id in enumerate(ledger.rows["id"])}
