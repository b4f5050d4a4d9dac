"""Only the rows and accounts that claims can reach: all others leave every figure as it is."""

from dataclasses import dataclass

import numpy as np

from palermo.prosecution.methods.compiled import kernel
from palermo.prosecution.methods.ledger import OUTSIDE, Codes, Flags, Ints, Ledger

_ENDLESS = 2**61


@dataclass(frozen=True)
class Scope:
    """A ledger cut down to what matters for some claims, with accounts numbered anew.

    Accounts that no claim reaches stand together as one last account that never runs dry.

    Attributes:
        rows: positions in the ledger of the rows kept.
        accounts: codes in the ledger of the accounts kept.
        source, target, amount, tie, opening: as in the ledger, for these.
        before: what `running` gives: no rule changes a balance, so all rules share it.
    """

    rows: Ints
    accounts: Codes
    source: Codes
    target: Codes
    amount: Ints
    tie: Ints
    opening: Ints
    before: tuple[Ints, Ints, Ints]


@kernel
def running(source: Codes, target: Codes, payment: Ints, opening: Ints) -> tuple[Ints, Ints, Ints]:
    """By row, what its source and its target held before it; by account, what it holds in the end.

    Reading these in order of rows costs a fraction of looking up a million accounts once more for every rule.
    """
    balance = opening.copy()
    before_source, before_target = np.zeros(len(payment), np.int64), np.zeros(len(payment), np.int64)
    for row in range(len(payment)):
        s, t, a = source[row], target[row], payment[row]
        if s == t:
            continue
        if s >= 0:
            before_source[row] = balance[s]
            balance[s] -= a
        if t >= 0:
            before_target[row] = balance[t]
            balance[t] += a
    return before_source, before_target, balance


@kernel
def _reach(source: Codes, target: Codes, payment: Ints, seed_row: Ints, n_accounts: int) -> tuple[Flags, Flags]:
    """Accounts that claims can reach in the order of the rows, and the rows that touch one."""
    n = len(payment)
    reached = np.zeros(n_accounts, dtype=np.bool_)
    touched = np.zeros(n, dtype=np.bool_)
    k = 0
    for row in range(n):
        s, t = source[row], target[row]
        seeded = False
        while k < len(seed_row) and seed_row[k] == row:
            seeded = True
            k += 1
        touched[row] = seeded
        if payment[row] > 0 and s != t and t >= 0 and (seeded or (s >= 0 and reached[s])):
            reached[t] = True
    for row in range(n):
        s, t = source[row], target[row]
        if (s >= 0 and reached[s]) or (t >= 0 and reached[t]):
            touched[row] = True
    return reached, touched


def scope(ledger: Ledger, seed_row: Ints) -> Scope:
    """Cut a ledger down to what matters for claims on the given rows (sorted).

    The last answer stays with the ledger, since the same claims are followed under one rule after another.
    """
    kept: tuple[Ints, Scope] | None = ledger.__dict__.get("_scope")
    if kept is None or not np.array_equal(kept[0], seed_row):
        kept = (seed_row.copy(), _cut(ledger, seed_row))
        ledger.__dict__["_scope"] = kept
    return kept[1]


def _cut(ledger: Ledger, seed_row: Ints) -> Scope:
    reached, touched = _reach(ledger.source, ledger.target, ledger.amount, seed_row, len(ledger.accounts))
    rows = np.flatnonzero(touched)
    accounts = np.flatnonzero(reached).astype(np.int32)
    number = np.full(len(reached) + 1, len(accounts), dtype=np.int32)
    number[accounts] = np.arange(len(accounts), dtype=np.int32)
    number[OUTSIDE] = OUTSIDE
    source, target, amount = number[ledger.source[rows]], number[ledger.target[rows]], ledger.amount[rows]
    opening = np.concatenate([ledger.opening[accounts], [_ENDLESS]])
    before = running(source, target, amount, opening)
    return Scope(rows, accounts, source, target, amount, ledger.tie[rows], opening, before)
