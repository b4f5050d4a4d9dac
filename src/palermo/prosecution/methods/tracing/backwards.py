"""First in, first out in reverse: where did the money of this payment come from?

FIFO loses nothing: the k-th unit that leaves an account is the k-th that came in. So each account is a line of units,
payments in and out are stretches of that line, and tracing back is laying one over the other. Where the unit came in
only after it had gone out, the bank lent it, and the trace ends (Bishopsgate v Homan [1995] Ch 211).
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from palermo.prosecution.methods.ledger import Ints, Ledger
from palermo.vocabulary.errors import Refusal

_MOST_PARTS = 1_000_000


@dataclass(frozen=True)
class Origin:
    """Where some units of a payment came from.

    Attributes:
        kind: `outside` (money that came into the accounts by the first of `rows`), `opening` (it was in `account`
            before the ledger begins) or `overdraft` (the bank of `account` lent it).
        account: the account it came into, was in, or that was overdrawn.
        rows: positions of the payments it came by, in order of time, the payment asked about last.
        first: position of its first unit within the payment asked about, counted in minor units from nought.
        amount: how many units.
    """

    kind: str
    account: int
    rows: tuple[int, ...]
    first: int
    amount: int


class Lines:
    """The units of every account as lines: what came in and what went out, in order."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger

    @cached_property
    def _into(self) -> tuple[Ints, Ints, Ints]:
        return self._stretches(self.ledger.target, np.maximum(self.ledger.opening, 0))

    @cached_property
    def _out(self) -> tuple[Ints, Ints, Ints]:
        return self._stretches(self.ledger.source, np.maximum(-self.ledger.opening, 0))

    def _stretches(self, side: np.ndarray, opening: Ints) -> tuple[Ints, Ints, Ints]:
        """Rows of each account in order, where each account's rows begin, and the unit at which each row begins."""
        real = (self.ledger.source != self.ledger.target) & (self.ledger.amount > 0)
        rows = np.flatnonzero(real & (side >= 0))
        rows = rows[np.argsort(side[rows], kind="stable")]
        begins = np.searchsorted(side[rows], np.arange(len(opening) + 1))
        amounts = self.ledger.amount[rows]
        summed = np.cumsum(amounts) - amounts
        base = np.concatenate([summed, [0]])[begins[:-1]]
        at = summed - base[side[rows]] + opening[side[rows]]
        return rows, begins, at

    @cached_property
    def _place(self) -> dict[int, int]:
        return {int(row): i for i, row in enumerate(self._out[0])}

    def behind(self, row: int, first: int, amount: int) -> list[tuple[str, int, int, int, int]]:
        """What lies behind units ``first … first+amount`` of a row.

        Returns:
            Kind, row (−1: none), first unit there, offset from `first`, amount.
        """
        account = int(self.ledger.source[row])
        rows, begins, at = self._into
        low = int(self._out[2][self._place[row]]) + first
        high, opening = low + amount, max(int(self.ledger.opening[account]), 0)
        out: list[tuple[str, int, int, int, int]] = []
        if low < opening:
            out.append(("opening", -1, 0, 0, min(high, opening) - low))
        begin, end = int(begins[account]), int(begins[account + 1])
        i = max(begin, begin + int(np.searchsorted(at[begin:end], low, side="right")) - 1)
        done = max(low, opening) if low < opening else low
        while i < end and done < high:
            stop = min(high, int(at[i]) + int(self.ledger.amount[rows[i]]))
            if stop > done:
                kind = "row" if rows[i] < row else "overdraft"
                out.append((kind, int(rows[i]), done - int(at[i]), done - low, stop - done))
                done = stop
            i += 1
        if done < high:
            out.append(("overdraft", -1, 0, done - low, high - done))
        return out


def origins(ledger: Ledger, row: int, *, stop_at: frozenset[int] = frozenset()) -> list[Origin]:
    """Where the money of one payment came from, under FIFO in reverse.

    Args:
        ledger: movements in order of evidence.
        row: position of the payment.
        stop_at: rows behind which the question ends (claimed payments, say).

    Returns:
        Origins in order of the payment's units; their amounts sum to the payment exactly.

    Raises:
        Refusal: the money splits into more than a million parts.
    """
    if ledger.source[row] < 0:
        return [Origin("outside", int(ledger.target[row]), (row,), 0, int(ledger.amount[row]))]
    lines = Lines(ledger)
    found: list[Origin] = []
    todo: list[tuple[tuple[int, ...], int, int, int]] = [((row,), 0, int(ledger.amount[row]), 0)]
    while todo:
        way, first, amount, origin = todo.pop()
        if len(found) + len(todo) > _MOST_PARTS:
            raise Refusal("The money splits into more than a million parts.", remedy="Ask about a smaller payment.")
        at = way[0]
        if ledger.source[at] < 0 or at in stop_at:
            found.append(Origin("outside", int(ledger.target[at]), way, origin, amount))
            continue
        account = int(ledger.source[at])
        for kind, behind, there, offset, part in lines.behind(at, first, amount):
            if kind == "row":
                todo.append(((behind, *way), there, part, origin + offset))
            else:
                found.append(Origin(kind, account, way, origin + offset, part))
    return sorted(found, key=lambda part: part.first)
