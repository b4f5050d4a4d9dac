"""Pari passu ex post: turn the ledger into funds whose order does not matter, so that the pro-rata loop shares them.

A fund lives from the first claim that reaches an account until the account is empty or overdrawn. Funds that pay each
other in a ring are one fund. Within a fund all money comes in first and all payments go out after; the funds are taken
so that each is complete before it pays. Parts of a payment that the bank lends or takes back pass through stations of
their own, so that a fund never holds money that its accounts do not.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from palermo.prosecution.methods.compiled import kernel
from palermo.prosecution.methods.ledger import Codes, Flags, Ints
from palermo.prosecution.methods.tracing.scope import Scope
from palermo.prosecution.methods.tracing.shares import largest_remainder

_ENDLESS = 2**61


@dataclass(frozen=True)
class Funds:
    """Events between funds in an order that the pro-rata loop can take.

    Attributes:
        source, target, amount: the events; funds and stations by number, −1 is outside.
        opening: money in each fund before its first claim.
        row: by event, the ledger row it belongs to.
        main: by event, whether it moves that row's whole amount.
        place: by ledger row, the event that moves its whole amount (−1: none).
        inside: ledger rows within one fund.
        member_fund, member_account, member_balance: which accounts each fund still has, with how much.
    """

    source: Codes
    target: Codes
    amount: Ints
    opening: Ints
    row: Ints
    main: Flags
    place: Ints
    inside: Ints
    member_fund: Ints
    member_account: Codes
    member_balance: Ints


@kernel
def _lives(
    source: Codes, target: Codes, payment: Ints, opening: Ints, seeded: Flags
) -> tuple[Ints, Ints, Ints, Ints, Codes, Ints, Ints, Ints]:  # fmt: skip
    """Lives of accounts that claims reach.

    Returns:
        By row its paying and its receiving life (−1: none), what the bank lends and takes back; by life its account
        and opening; by account the life that is still open, and the closing balance.
    """
    n = len(payment)
    balance = opening.copy()
    open_life = np.full(len(opening), -1, dtype=np.int64)
    out_life, in_life = np.full(n, -1, dtype=np.int64), np.full(n, -1, dtype=np.int64)
    lent, back = np.full(n, -1, dtype=np.int64), np.zeros(n, dtype=np.int64)
    account, start, lives = np.empty(n, dtype=np.int32), np.empty(n, dtype=np.int64), 0
    for row in range(n):
        s, t, a = source[row], target[row], payment[row]
        if s == t or a == 0:
            continue
        carried = seeded[row]
        excess = 0
        if s >= 0:
            if open_life[s] >= 0:
                carried = True
                out_life[row] = open_life[s]
                excess = max(0, a - balance[s])
            balance[s] -= a
            if balance[s] <= 0:
                open_life[s] = -1
        if t >= 0:
            before = balance[t]
            balance[t] += a
            if carried:
                back[row] = min(a, max(-before, 0))
                if open_life[t] < 0 and balance[t] > 0:
                    account[lives], start[lives] = t, max(before, 0)
                    open_life[t] = lives
                    lives += 1
            in_life[row] = open_life[t]
        if carried or in_life[row] >= 0:
            lent[row] = excess
    return out_life, in_life, lent, back, account[:lives].copy(), start[:lives].copy(), open_life, balance


@kernel
def _ranks(n: int, source: Ints, target: Ints) -> Ints:
    """A rank for each of `n` funds so that money only goes from lower to higher; edges are sorted by source."""
    waiting = np.zeros(n, dtype=np.int64)
    first = np.zeros(n + 1, dtype=np.int64)
    for i in range(len(source)):
        waiting[target[i]] += 1
        first[source[i] + 1] += 1
    for i in range(n):
        first[i + 1] += first[i]
    ready, rank = np.empty(n, dtype=np.int64), np.empty(n, dtype=np.int64)
    size = 0
    for i in range(n):
        if waiting[i] == 0:
            ready[size] = i
            size += 1
    for done in range(n):
        i = ready[done]
        rank[i] = done
        for edge in range(first[i], first[i + 1]):
            waiting[target[edge]] -= 1
            if waiting[target[edge]] == 0:
                ready[size] = target[edge]
                size += 1
    return rank


def as_funds(ledger: Scope, seed_rows: Ints) -> Funds:
    """The ledger as funds, given the rows that carry claims."""
    seeded = np.zeros(len(ledger.rows), dtype=np.bool_)
    seeded[seed_rows] = True
    out_life, in_life, lent, back, account, start, open_life, balance = _lives(
        ledger.source, ledger.target, ledger.amount, ledger.opening, seeded
    )
    fund, count = _rings(len(account), out_life, in_life)
    rank = _order(count, fund, out_life, in_life)
    opening = np.zeros(count, dtype=np.int64)
    np.add.at(opening, fund, start)
    rows = np.flatnonzero(lent >= 0)
    events = _events(ledger, rows, seeded[rows], _of(fund, out_life[rows]), _of(fund, in_life[rows]), lent[rows],
                     back[rows], count, rank)  # fmt: skip
    source, target, amount, row, main, stations = events
    paid, got = _of(fund, out_life[rows]), _of(fund, in_life[rows])
    inside = (paid >= 0) & (paid == got)
    bank_and_clean = np.array([-_ENDLESS, _ENDLESS])
    place = np.full(len(ledger.rows), -1, dtype=np.int64)
    place[row[main]] = np.flatnonzero(main)
    open_accounts = np.flatnonzero(open_life >= 0)
    return Funds(
        source.astype(np.int32), target.astype(np.int32), amount,
        np.concatenate([opening, bank_and_clean, np.zeros(stations, dtype=np.int64)]),
        row, main, place, rows[inside],
        fund[open_life[open_accounts]], open_accounts.astype(np.int32), balance[open_accounts],
    )  # fmt: skip


def _of(fund: Ints, life: Ints) -> Ints:
    return np.where(life >= 0, fund[np.maximum(life, 0)], -1) if len(fund) else np.full(len(life), -1)


def _rings(lives: int, out_life: Ints, in_life: Ints) -> tuple[Ints, int]:
    if not lives:
        return np.zeros(0, dtype=np.int64), 0
    both = (out_life >= 0) & (in_life >= 0)
    ones = np.ones(int(both.sum()), dtype=np.int8)
    graph = coo_array((ones, (out_life[both], in_life[both])), shape=(lives, lives)).tocsr()
    count, fund = connected_components(graph, directed=True, connection="strong")
    return fund.astype(np.int64), int(count)


def _order(count: int, fund: Ints, out_life: Ints, in_life: Ints) -> Ints:
    both = (out_life >= 0) & (in_life >= 0)
    edges = np.stack([_of(fund, out_life[both]), _of(fund, in_life[both])])
    edges = np.unique(edges[:, edges[0] != edges[1]], axis=1)
    return _ranks(count, np.ascontiguousarray(edges[0]), np.ascontiguousarray(edges[1]))


def _events(
    ledger: Scope, rows: Ints, seeded: Flags, paying: Ints, receiving: Ints, lent: Ints, back: Ints,
    count: int, rank: Ints,
) -> tuple[Ints, Ints, Ints, Ints, Flags, int]:  # fmt: skip
    """Each row as one event, or five through two stations where the bank is in it or a claim lies inside a fund."""
    bank, clean, station = count, count + 1, count + 2
    amount = ledger.amount[rows]
    source = np.where(paying >= 0, paying, clean)
    target = np.where(ledger.target[rows] < 0, -1, np.where(receiving >= 0, receiving, bank))
    inside = source == target
    ranked = np.concatenate([rank, [0]])
    stage = np.where(inside, 1, np.where(paying >= 0, 2, 0))
    turn = ranked[np.where(paying >= 0, paying, np.where(target < count, target, -1))]
    mixed = (lent > 0) | ((back > 0) & (target != bank)) | (inside & seeded)
    plain = ~mixed & ~inside
    t1 = station + 2 * np.cumsum(mixed) - 2
    legs = [
        (plain, source, target, amount, plain),
        (mixed, source, t1, amount - lent, None),
        (mixed, np.full_like(source, clean), t1, lent, None),
        (mixed, t1, t1 + 1, amount, mixed),
        (mixed, t1 + 1, np.full_like(source, bank), back, None),
        (mixed, t1 + 1, target, amount - back, None),
    ]
    cut = [
        (keep.nonzero()[0], a[keep], b[keep], c[keep], np.full(keep.sum(), main is not None), np.full(keep.sum(), leg))
        for leg, (keep, a, b, c, main) in enumerate(legs)
    ]
    at, out, into, moved, main, leg = (np.concatenate(column) for column in zip(*cut, strict=True))
    order = np.lexsort((leg, at, stage[at], turn[at]))
    at = at[order]
    return out[order], into[order], moved[order], rows[at], main[order], 2 * int(mixed.sum())


def to_accounts(funds: Funds, fund: Codes, claim: Codes, amount: Ints) -> tuple[Codes, Codes, Ints]:
    """What each fund still holds of each claim, shared over its accounts in proportion to their balances."""
    member = np.argsort(funds.member_fund, kind="stable")
    begins = np.searchsorted(funds.member_fund[member], np.arange(len(funds.opening) + 1))
    order = np.lexsort((claim, fund))
    bounds = np.flatnonzero(np.diff(fund[order], prepend=-1, append=-1))
    out: list[tuple[Codes, Codes, Ints]] = []
    for begin, end in pairwise(bounds):
        part = order[begin:end]
        number = int(fund[part[0]])
        accounts = member[begins[number] : begins[number + 1]]
        shares = _split(amount[part], funds.member_balance[accounts])
        names = np.repeat(funds.member_account[accounts], len(part))
        out.append((names, np.tile(claim[part], len(accounts)), shares.ravel()))
    if not out:
        return np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0, np.int64)
    account, claims, shared = (np.concatenate(column) for column in zip(*out, strict=True))
    return account.astype(np.int32), claims.astype(np.int32), shared.astype(np.int64)


@kernel
def _split(left: Ints, balances: Ints) -> Ints:
    """By account and claim, its share: the accounts take theirs one after another, so that all sums are exact."""
    left, total = left.copy(), balances.sum()
    out = np.zeros((len(balances), len(left)), dtype=np.int64)
    for i in range(len(balances)):
        largest_remainder(balances[i], total, total - left.sum(), left, len(left), out[i])
        left -= out[i]
        total -= balances[i]
    return out
