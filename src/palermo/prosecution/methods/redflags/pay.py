"""Pay that goes to somebody else: many workers' pay to one receiver, or back to the payer."""

import numpy as np
import polars as pl

from palermo.prosecution.methods.ledger import Ledger
from palermo.prosecution.methods.patterns.flow import matched, steady

TO_ONE, TO_PAYER = 30, 20
"""Per cent of pay that must be passed on."""
Taken = tuple[int, tuple[int, ...], tuple[int, ...], str]
"""Who takes, from which workers, by which rows, and the figures in words."""


def regular_pay(ledger: Ledger, *, times: int = 3) -> pl.DataFrame:
    """Rows of payments that come weekly, fortnightly or monthly from one account to another: payer, worker, row."""
    real = np.flatnonzero((ledger.source >= 0) & (ledger.target >= 0) & (ledger.source != ledger.target))
    rows = pl.DataFrame({"payer": ledger.source[real], "worker": ledger.target[real], "row": real})
    often = rows.filter(pl.len().over("payer", "worker") >= times)
    at = often["row"].to_numpy()
    timed = often.with_columns(time=pl.Series(ledger.time[at]), amount=pl.Series(ledger.amount[at]))
    kept = timed.filter(steady("time", "amount").over("payer", "worker"))
    return kept.select("payer", "worker", "row").sort("payer", "worker", "row")


def moved_on(ledger: Ledger, days: int, share_percent: int) -> pl.DataFrame:
    """Pay of which at least the share went to one receiver within days: payer, worker, receiver, came, went (list)."""
    pay = regular_pay(ledger)
    pairs = matched(ledger, 24 * days).join(pay, left_on="came", right_on="row")
    went, came = pairs["went"].to_numpy(), pairs["came"].to_numpy()
    pairs = pairs.with_columns(receiver=pl.Series(ledger.target[went]), whole=pl.Series(ledger.amount[came]))
    moved = pairs.group_by("payer", "worker", "receiver", "came", "whole").agg(pl.col("amount").sum(), pl.col("went"))
    return moved.filter(pl.col("receiver") >= 0, pl.col("amount") * 100 >= pl.col("whole") * share_percent)


def pay_to_one(ledger: Ledger, *, workers: int = 3, days: int = 5, share_percent: int = TO_ONE) -> list[Taken]:
    """Receivers to whom at least `workers` people pay on the share of pay from one payer within days."""
    return taken_by_one(ledger, moved_on(ledger, days, share_percent), workers, days, share_percent)


def taken_by_one(
    ledger: Ledger, moved: pl.DataFrame, workers: int, days: int, share_percent: int = TO_ONE
) -> list[Taken]:
    """The same of what `moved_on` gives."""
    moved = moved.filter(pl.col("receiver") != pl.col("payer"))
    return _taken(
        ledger, moved, ["payer", "receiver"], "receiver", workers, f"{share_percent} % of pay within {days} days"
    )


def pay_to_payer(ledger: Ledger, *, workers: int = 2, days: int = 10, share_percent: int = TO_PAYER) -> list[Taken]:
    """Payers to whom at least `workers` people pay back the share of their pay within days."""
    return taken_back(ledger, moved_on(ledger, days, share_percent), workers, days, share_percent)


def taken_back(
    ledger: Ledger, moved: pl.DataFrame, workers: int, days: int, share_percent: int = TO_PAYER
) -> list[Taken]:
    """The same of what `moved_on` gives."""
    moved = moved.filter(pl.col("receiver") == pl.col("payer"))
    return _taken(ledger, moved, ["payer"], "payer", workers, f"{share_percent} % of pay back within {days} days")


def _taken(ledger: Ledger, moved: pl.DataFrame, by: list[str], taker: str, workers: int, what: str) -> list[Taken]:
    groups = (
        moved.group_by(by)
        .agg(pl.col("worker").unique().sort(), pl.col("came"), pl.col("went").explode())
        .filter(pl.col("worker").list.len() >= workers)
        .sort(by)
    )
    return [
        (
            one[taker],
            tuple(one["worker"]),
            tuple(sorted({*one["came"], *one["went"]})),
            f"{len(one['worker'])} workers paid by {ledger.name(one['payer'])} pay on at least {what}",
        )
        for one in groups.iter_rows(named=True)
    ]
