"""Windows of days over one account's rows: the shape that most red flags have."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True)
class Hit:
    """One place where a rule fits.

    Attributes:
        accounts: codes of the accounts it is about, the main one first.
        rows: positions of the rows behind it.
        why: the figures, in words.
        victims: codes of accounts it shows as victims', if the rule tells both apart.
    """

    accounts: tuple[int, ...]
    rows: tuple[int, ...]
    why: str
    victims: tuple[int, ...] = ()


def dense(
    rows: pl.DataFrame,
    what: str,
    *,
    days: float,
    fewest: int = 1,
    distinct: Mapping[str, int] | None = None,
    total: int = 0,
    money: str = "",
) -> list[Hit]:
    """By account the fullest window of days that holds enough rows, enough distinct values, enough money.

    Args:
        rows: `account`, `row`, `time`, `amount` and the columns of `distinct`.
        what: what the rows are, in words, for the reason.
        days: length of the window.
        fewest: how many rows.
        distinct: by column, how many different values.
        total: minor units in all; `money` says the same in words.
    """
    want = dict(distinct or {})
    rows = rows.filter(pl.len().over("account") >= fewest)
    for column, least in want.items():
        rows = rows.filter(pl.col(column).n_unique().over("account") >= least)
    if not rows.height:
        return []
    rows = rows.sort("account", "time")
    seen = rows.rolling("time", period=f"{int(days * 86_400)}s", group_by="account", closed="both").agg(
        pl.len().alias("n"), pl.col("amount").sum().alias("sum"),
        *(pl.col(column).drop_nulls().n_unique().alias(f"n_{column}") for column in want),
    )  # fmt: skip
    enough = seen.filter(
        pl.col("n") >= fewest, pl.col("sum") >= total, *(pl.col(f"n_{name}") >= least for name, least in want.items())
    )
    best = enough.sort("n", "time", descending=[True, False]).unique("account", keep="first", maintain_order=True)
    if not best.height:
        return []
    kept = best.select("account", *(f"n_{name}" for name in want), end="time", count="n")
    near = rows.join(kept, on="account")
    near = near.filter(
        pl.col("time") <= pl.col("end"), pl.col("time") >= pl.col("end") - pl.duration(seconds=int(days * 86_400))
    )
    return [
        Hit(
            (int(one["account"]),),
            tuple(one["row"]),
            f"{one['count']} {what} within {days:g} days"
            + "".join(f", {one[f'n_{name}']} different by {name}" for name in want)
            + (f", {money} or more together" if money else ""),
        )
        for one in near.group_by("account", maintain_order=True)
        .agg(pl.col("row").sort(), pl.col("count").first(), *(pl.col(f"n_{name}").first() for name in want))
        .sort("account")
        .iter_rows(named=True)
    ]


def by_account(frame: pl.DataFrame, why: str, rows: pl.DataFrame | None = None, *, most: int = 200) -> list[Hit]:
    """A hit for each `account` of a frame with its list `row` (or with its rows out of another frame).

    ``why`` may name columns of the frame in braces.
    """
    if rows is not None:
        frame = frame.join(rows.group_by("account").agg(pl.col("row").sort()), on="account", how="left")
    return [
        Hit((int(one["account"]),), tuple((one["row"] or [])[:most]), why.format(**one))
        for one in frame.sort("account").iter_rows(named=True)
    ]
