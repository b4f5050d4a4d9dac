"""The ledger as a graph in time: payments by payer in order of time, and for each the first that could follow it."""

from dataclasses import dataclass

import numpy as np

from palermo.prosecution.methods.compiled import kernel
from palermo.prosecution.methods.ledger import Codes, Ints, Ledger

DAY = 86_400_000_000


@dataclass(frozen=True)
class Graph:
    """Payments between two different accounts, sorted by payer and then time.

    Attributes:
        start: by account, where its payments begin; one longer than accounts.
        source, target, amount: by payment.
        rank: by payment, a number that grows with time; equal where the evidence shows no order.
        row: by payment, its position in the ledger.
        follow: by payment, the first payment of its target that is later.
    """

    start: Ints
    source: Codes
    target: Codes
    amount: Ints
    rank: Codes
    row: Ints
    follow: Codes

    def limit(self, ledger: Ledger, window_us: int) -> Codes:
        """By payment, the rank that lies just beyond its window of time."""
        last = np.searchsorted(ledger.time, ledger.time[self.row] + window_us, side="right") - 1
        return (ledger.tie[last] + 1).astype(np.int32)


@kernel
def _follow(start: Ints, target: Codes, rank: Codes) -> Codes:
    out = np.empty(len(target), dtype=np.int32)
    for i in range(len(target)):
        low, high = start[target[i]], start[target[i] + 1]
        while low < high:
            middle = (low + high) // 2
            if rank[middle] > rank[i]:
                high = middle
            else:
                low = middle + 1
        out[i] = low
    return out


def graph(ledger: Ledger) -> Graph:
    """Index a ledger for searches in time; payments from or to outside and to oneself are left out."""
    real = (ledger.source >= 0) & (ledger.target >= 0) & (ledger.source != ledger.target) & (ledger.amount > 0)
    row = np.flatnonzero(real)
    row = row[np.argsort(ledger.source[row], kind="stable")]
    source, target = ledger.source[row], ledger.target[row]
    start = np.searchsorted(source, np.arange(len(ledger.accounts) + 1))
    rank = ledger.tie[row].astype(np.int32)
    return Graph(start, source, target, ledger.amount[row], rank, row, _follow(start, target, rank))
