"""Money that does not stay: pass-through accounts, funnels, and pay that leaves at once."""

import numpy as np
import polars as pl

from palermo.prosecution.methods.compiled import kernel
from palermo.prosecution.methods.ledger import Codes, Flags, Ints, Ledger
from palermo.prosecution.methods.patterns.found import Pattern, Strength
from palermo.prosecution.methods.patterns.graph import DAY

_HOUR = 3_600_000_000


@kernel
def _match(
    start: Ints, row: Ints, into: Flags, time: Ints, tie: Ints, amount: Ints, window: int
) -> tuple[Ints, Ints, Ints]:
    """Lay each account's payments out over its payments in, oldest first: in, out and how much of it.

    A payment out counts only if it is later than the payment in and within the window; each unit counts once.
    """
    n = len(row)
    came, went, part, used = np.empty(n, np.int64), np.empty(n, np.int64), np.empty(n, np.int64), 0
    left = amount.copy()
    for account in range(len(start) - 1):
        head = start[account]
        for i in range(start[account], start[account + 1]):
            if into[i]:
                continue
            while head < i and left[i] > 0:
                if not into[head] or left[head] == 0 or time[i] - time[head] > window:
                    head += 1
                    continue
                if tie[head] >= tie[i]:
                    break
                size = min(left[head], left[i])
                came[used], went[used], part[used] = row[head], row[i], size
                used += 1
                left[head] -= size
                left[i] -= size
                if left[head] == 0:
                    head += 1
    return came[:used], went[:used], part[:used]


def matched(ledger: Ledger, hours: int) -> pl.DataFrame:
    """Payments in laid over the payments out that followed within `hours`: account, came, went, amount."""
    real = (ledger.source != ledger.target) & (ledger.amount > 0)
    sides = [np.flatnonzero(real & (side >= 0)) for side in (ledger.target, ledger.source)]
    row = np.concatenate(sides)
    account = np.concatenate([ledger.target[sides[0]], ledger.source[sides[1]]])
    into = np.arange(len(row)) < len(sides[0])
    order = np.lexsort((row, account))
    row, account, into = row[order], account[order], into[order]
    start = np.searchsorted(account, np.arange(len(ledger.accounts) + 1))
    came, went, part = _match(
        start, row, into, ledger.time[row], ledger.tie[row], ledger.amount[row], hours * _HOUR
    )  # fmt: skip
    return pl.DataFrame({"account": ledger.target[came], "came": came, "went": went, "amount": part})


def _passed(ledger: Ledger, hours: int, share_percent: int) -> pl.DataFrame:
    """Payments in of which at least the share left again within the hours: account, came, amount, went (list)."""
    by_row = matched(ledger, hours).group_by("account", "came").agg(pl.col("amount").sum(), pl.col("went"))
    whole = pl.Series("whole", ledger.amount[by_row["came"].to_numpy()])
    return by_row.with_columns(whole).filter(pl.col("amount") * 100 >= pl.col("whole") * share_percent).sort("came")


def pass_through(
    ledger: Ledger, *, hours: int = 24, share_percent: int = 90, times: int = 5, days: int = 60
) -> list[Pattern]:
    """Accounts where at least `times` within `days` nearly all of a payment in left within `hours`."""
    out = []
    often = _passed(ledger, hours, share_percent).filter(pl.len().over("account") >= times)
    for (account,), rows in often.group_by("account", maintain_order=True):
        came = rows["came"].to_numpy()
        time = ledger.time[came]
        counts = np.searchsorted(time, time + days * DAY, side="right") - np.arange(len(time))
        if counts.max() < times:
            continue
        begin = int(counts.argmax())
        some = rows.slice(begin, int(counts[begin]))
        members = sorted({*some["came"].to_list(), *some["went"].explode().to_list()})
        total = int(some["amount"].sum())
        why = (
            f"{some.height} times within {days} days at least {share_percent} % of a payment in "
            f"left within {hours} hours"
        )
        out.append(_made("pass-through", ledger, int(str(account)), members, total, why))
    return out


def funnels(
    ledger: Ledger, *, threshold: int, hours: int = 48, share_percent: int = 70, payers: int = 5, days: int = 30
) -> list[Pattern]:
    """Accounts that collect small sums from many and pass them on.

    At least `payers` different payers (each deposit from outside is one) within `days`, each payment below `threshold`
    minor units, of which in all at least the share leaves within `hours`.
    """
    real = np.flatnonzero((ledger.target >= 0) & (ledger.source != ledger.target) & (ledger.amount > 0))
    gone = matched(ledger, hours).group_by("came").agg(pl.col("amount").sum().alias("gone"), pl.col("went"))
    rows = pl.DataFrame(
        {
            "came": real,
            "account": ledger.target[real],
            "payer": ledger.source[real],
            "amount": ledger.amount[real],
            "window": ledger.time[real] // (days * DAY),
        }
    )
    rows = rows.filter(pl.col("amount") < threshold).join(gone, on="came", how="left", maintain_order="left")
    rows = rows.with_columns(pl.col("gone").fill_null(0))
    each = pl.when(pl.col("payer") < 0).then(-pl.col("came") - 1).otherwise(pl.col("payer"))
    found = (
        rows.group_by("account", "window", maintain_order=True)
        .agg(
            pl.col("came"),
            pl.col("went").explode().drop_nulls(),
            pl.col("amount").sum(),
            pl.col("gone").sum(),
            each.n_unique().alias("payers"),
        )
        .filter(pl.col("payers") >= payers, pl.col("gone") * 100 >= pl.col("amount") * share_percent)
    )
    out = []
    for one in found.iter_rows(named=True):
        members = sorted({*one["came"], *one["went"]})
        why = (
            f"{one['payers']} payers below {ledger.text(threshold)} within {days} days; "
            f"{ledger.text(one['gone'])} of {ledger.text(one['amount'])} left within {hours} hours"
        )
        out.append(_made("funnel", ledger, one["account"], members, one["gone"], why))
    return out


def pay_leaves(
    ledger: Ledger, *, hours: int = 48, share_percent: int = 85, times: int = 3, near_percent: int = 20
) -> list[Pattern]:
    """Regular pay (weekly or monthly, from one payer, of similar size) that leaves within `hours` for one receiver."""
    pairs = matched(ledger, hours)
    to = pairs.with_columns(
        payer=pl.Series(ledger.source[pairs["came"].to_numpy()]),
        receiver=pl.Series(ledger.target[pairs["went"].to_numpy()]),
        whole=pl.Series(ledger.amount[pairs["came"].to_numpy()]),
        time=pl.Series(ledger.time[pairs["came"].to_numpy()]),
    ).filter(pl.col("payer") >= 0)
    by_pay = to.group_by("account", "payer", "receiver", "came", "whole", "time").agg(
        pl.col("amount").sum(), pl.col("went")
    )
    by_pay = by_pay.filter(pl.col("amount") * 100 >= pl.col("whole") * share_percent).sort("came")
    group = ("account", "payer", "receiver")
    by_pay = by_pay.filter(pl.len().over(group) >= times)
    by_pay = by_pay.filter(steady("time", "whole", near_percent).over(group))
    out = []
    for (account, payer, receiver), rows in by_pay.group_by("account", "payer", "receiver", maintain_order=True):
        members = sorted({*rows["came"].to_list(), *rows["went"].explode().to_list()})
        taker = ledger.name(int(str(receiver))) or "outside"
        why = (
            f"{rows.height} regular payments from {ledger.name(int(str(payer)))}; each time at least {share_percent} % "
            f"went to {taker} within {hours} hours"
        )
        out.append(_made("pay-leaves", ledger, int(str(account)), members, int(rows["amount"].sum()), why))
    return out


def steady(time: str, amount: str, near_percent: int = 20) -> pl.Expr:
    """Whether payments in order of time come weekly, fortnightly or monthly, and are of similar size."""
    gap = pl.col(time).diff().drop_nulls() / DAY
    middle = pl.col(amount).median()
    alike = ((pl.col(amount) - middle).abs() * 100 <= middle * near_percent).all()
    rhythm = [(gap.min() >= low) & (gap.max() <= high) for low, high in ((6, 8), (13, 15), (27, 34))]
    return alike & (rhythm[0] | rhythm[1] | rhythm[2])


def _made(kind: str, ledger: Ledger, account: int, members: list[int], amount: int, why: str) -> Pattern:
    ends: list[Codes] = [ledger.source[members], ledger.target[members]]
    others = [int(code) for code in np.unique(np.concatenate(ends)) if code not in (account, -1)]
    return Pattern(kind, Strength.TRAVELLED, account, (account, *others), tuple(members), amount, why)
