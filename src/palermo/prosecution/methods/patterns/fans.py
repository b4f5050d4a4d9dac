"""Fan-in, fan-out and structuring: many payments at one account within days."""

import numpy as np

from palermo.prosecution.methods.compiled import kernel
from palermo.prosecution.methods.ledger import OUTSIDE, Codes, Ints, Ledger
from palermo.prosecution.methods.patterns.found import Pattern, Strength
from palermo.prosecution.methods.patterns.graph import DAY


@kernel
def _fullest(start: Ints, other: Codes, time: Ints, amount: Ints, window: int, percent: int, n_accounts: int) -> Ints:
    """By account: the payment around whose amount most distinct others pay within the window from it, and how many.

    A payment counts if it is within `percent` of the first payment's amount.
    """
    best = np.zeros((len(start) - 1, 2), dtype=np.int64)
    stamp = np.full(n_accounts, -1, dtype=np.int64)
    for account in range(len(start) - 1):
        for i in range(start[account], start[account + 1]):
            distinct, j = 0, i
            while j < start[account + 1] and time[j] <= time[i] + window:
                near = abs(amount[j] - amount[i]) * 100 <= amount[i] * percent
                if near and stamp[other[j]] != i:
                    stamp[other[j]] = i
                    distinct += 1
                j += 1
            if distinct > best[account, 1]:
                best[account, 0], best[account, 1] = i, distinct
    return best


def fans(ledger: Ledger, *, into: bool, days: int = 7, fewest: int = 5, percent: int = 20) -> list[Pattern]:
    """Accounts paid by (or, `into` false, paying) at least `fewest` others similar sums within `days`.

    Each account is told once, with its fullest window.

    The sums are similar if each is within `percent` of the first. A fan says nothing of where the money goes next, so
    its payments are in the same window, no more.
    """
    real = (ledger.source >= 0) & (ledger.target >= 0) & (ledger.source != ledger.target) & (ledger.amount > 0)
    row = np.flatnonzero(real)
    centre, other = (ledger.target, ledger.source) if into else (ledger.source, ledger.target)
    row = row[np.argsort(centre[row], kind="stable")]
    start = np.searchsorted(centre[row], np.arange(len(ledger.accounts) + 1))
    time, amount = ledger.time[row], ledger.amount[row]
    best = _fullest(start, other[row], time, amount, days * DAY, percent, len(ledger.accounts))
    out = []
    for account in np.flatnonzero(best[:, 1] >= fewest).tolist():
        first, count = (int(value) for value in best[account])
        span = slice(first, int(start[account + 1]))
        near = (time[span] <= time[first] + days * DAY) & (
            np.abs(amount[span] - amount[first]) * 100 <= amount[first] * percent
        )
        rows = row[span][near]
        side = "payers" if into else "receivers"
        why = f"{count} {side} within {days} days, each sum within {percent} % of {ledger.text(int(amount[first]))}"
        accounts = (account, *dict.fromkeys(other[rows].tolist()))
        out.append(
            Pattern(
                "fan-in" if into else "fan-out", Strength.WINDOW, account, accounts, tuple(rows.tolist()),
                int(ledger.amount[rows].sum()), why,
            )
        )  # fmt: skip
    return out


@kernel
def _runs(start: Ints, time: Ints, amount: Ints, window: int, threshold: int, fewest: int) -> Ints:
    """Begin and end of runs of payments below the threshold, in one window, that together reach it."""
    out = np.empty((len(time) // fewest + 1, 2), dtype=np.int64)
    n = 0
    for group in range(len(start) - 1):
        begin = start[group]
        while begin < start[group + 1]:
            end, total = begin, 0
            while end < start[group + 1] and time[end] < time[begin] + window:
                total += amount[end]
                end += 1
            if total >= threshold and end - begin >= fewest:
                out[n, 0], out[n, 1] = begin, end
                n += 1
                begin = end
            else:
                begin += 1
    return out[:n]


def structuring(
    ledger: Ledger, *, threshold: int, days: int = 3, fewest: int = 3, near_percent: int = 50
) -> list[Pattern]:
    """Payments below a threshold that together reach it within `days`, into one account from one payer or outside.

    Each is at least `near_percent` of the threshold.

    Args:
        threshold: the reporting duty in minor units; it is national.
    """
    fit = (ledger.target >= 0) & (ledger.source != ledger.target)
    fit &= (ledger.amount < threshold) & (ledger.amount * 100 >= threshold * near_percent)
    row = np.flatnonzero(fit)
    key = ledger.target[row].astype(np.int64) * (len(ledger.accounts) + 1) + ledger.source[row] + 1
    order = np.argsort(key, kind="stable")
    row, key = row[order], key[order]
    start = np.append(np.flatnonzero(np.diff(key, prepend=-1)), len(key))
    runs = _runs(start, ledger.time[row], ledger.amount[row], days * DAY, threshold, fewest)
    out = []
    for begin, end in runs.tolist():
        rows = row[begin:end]
        payer, account = int(ledger.source[rows[0]]), int(ledger.target[rows[0]])
        total = int(ledger.amount[rows].sum())
        why = f"{len(rows)} payments below {ledger.text(threshold)} within {days} days, {ledger.text(total)} together"
        accounts = (account,) if payer == OUTSIDE else (account, payer)
        out.append(Pattern("structuring", Strength.WINDOW, account, accounts, tuple(rows.tolist()), total, why))
    return out
