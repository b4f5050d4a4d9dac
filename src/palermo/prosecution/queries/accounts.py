"""One account in the rows of a ledger, and all flows between accounts, for their pages."""

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl


def rows_at(rows: "pl.DataFrame", account: str) -> "pl.DataFrame":
    """The rows of an account, with `change`: the amount as its balance feels it."""
    import polars as pl  # noqa: PLC0415 -- heavy

    mine = rows.filter((pl.col("source") == account) | (pl.col("target") == account))
    signed = pl.when(pl.col("target") == account).then(pl.col("amount")).otherwise(-pl.col("amount"))
    return mine.with_columns(change=signed)


def changes(rows: "pl.DataFrame", currency: str) -> list[tuple[dt.date, Decimal]]:
    """By day or time, in order, by how much `rows_at` changed the balance in a currency."""
    import polars as pl  # noqa: PLC0415 -- heavy

    mine = rows.filter(pl.col("currency") == currency)
    return mine.group_by("time").agg(pl.col("change").sum()).sort("time").rows()


def moves_in(rows: "pl.DataFrame", digits: int) -> list[tuple[str, str, str, int]]:
    """Day, source, target, minor units of the rows between two accounts.

    Args:
        rows: of one currency.
        digits: decimals of its minor unit.
    """
    import polars as pl  # noqa: PLC0415 -- heavy

    minor = (pl.col("amount").cast(pl.Decimal(38, 12)) * 10**digits).cast(pl.Int64)
    inside = rows.filter(pl.col("source").fill_null("") != "", pl.col("target").fill_null("") != "")
    return inside.select(pl.col("time").dt.strftime("%Y-%m-%d"), "source", "target", minor.alias("minor")).rows()
