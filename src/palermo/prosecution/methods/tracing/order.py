"""Rows of one time whose order nothing shows: the range of what is held, from the worst order for claims to the best.

Only rows that touch an account which claims can reach matter; the others are left where they are. If those rows can
be put in few enough orders, every order is tried and the range is exact. If not, the ledger's own and six stated orders
are tried (claimed payments, clean money in, payments out: each way round within a tie), and the range says that it is
not exact: the true one is at least as wide.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import permutations, product

import numpy as np

from palermo.prosecution.methods.ledger import Flags, Ints, Ledger
from palermo.prosecution.methods.tracing.engine import trace
from palermo.prosecution.methods.tracing.result import Claim, Trace
from palermo.prosecution.methods.tracing.rules import Rule, Sharing

MOST_ORDERS = 720
_STATED = 7
_NEVER = np.iinfo(np.int64).max


@dataclass(frozen=True)
class Span:
    """What is held in all, over the orders that the evidence leaves open.

    Attributes:
        worst, best: least and greatest minor units held.
        tied_rows: how many rows of unknown order matter.
        orders: how many orders were tried.
        exact: whether these were all.
        worst_by_account: least held in each account over all orders tried; what no order takes away.
    """

    worst: int
    best: int
    tied_rows: int
    orders: int
    exact: bool
    worst_by_account: dict[str, int]


def span(
    ledger: Ledger,
    claims: Sequence[Claim],
    rule: Rule,
    *,
    sharing: Sharing = Sharing.RATEABLE,
    most_orders: int = MOST_ORDERS,
) -> Span:
    """The range of what is held under one rule over the orders of rows that the evidence does not order."""
    return joined([tried(ledger, claims, rule, sharing=sharing, most_orders=most_orders, alone=True)], most_orders)


@dataclass(frozen=True)
class Held:
    """What one order leaves: minor units in all, and by account."""

    total: int
    by_account: dict[str, int]


@dataclass(frozen=True)
class Tried:
    """Orders tried on one part of a ledger: accounts that no claim leaves, so that parts add up.

    Attributes:
        tied_rows: how many rows of unknown order matter.
        count: how many orders there are, or a number beyond the most that are tried.
        worst, best: over all orders, if these are few enough; by account the least of all.
        stated: what each of the seven stated orders leaves; empty where it was not asked for.
    """

    tied_rows: int
    count: int
    worst: Held
    best: int
    stated: tuple[Held, ...]


def tried(
    ledger: Ledger,
    claims: Sequence[Claim],
    rule: Rule,
    *,
    sharing: Sharing = Sharing.RATEABLE,
    most_orders: int = MOST_ORDERS,
    names: Sequence[str] | None = None,
    alone: bool = False,
) -> Tried:
    """Try the orders of one part.

    Args:
        ledger, claims, rule, sharing, names: as in `trace`.
        most_orders: beyond which only the stated orders are tried.
        alone: the part is the whole ledger, so that stated orders are needed only where there are too many.
    """
    claimed = np.array(sorted({claim.row for claim in claims}), dtype=np.int64)
    since = _since(ledger, claimed)
    rows = np.flatnonzero(_touches(ledger, since < _NEVER, claimed))
    place = {int(row): i for i, row in enumerate(rows)}
    small, small_claims = ledger.take(rows), [replace(claim, row=place[claim.row]) for claim in claims]
    tie = ledger.tie[rows]
    ties = _ties(small, tie, since)
    count = _count(ties, most_orders)

    def held(orders: Iterator[Ints]) -> list[Held]:
        found = (_in_order(small, small_claims, order, rule, sharing, names) for order in orders)
        return [Held(one.held_total, one.held_by_account) for one in found]

    stated: list[Held] = []
    if count > most_orders:
        every = stated = held(_stated_orders(small, small_claims, ties, since, tie))
    else:
        every = held(_all_orders(len(rows), ties))
        if not alone:
            stated = held(_stated_orders(small, small_claims, ties, since, tie)) if ties else every * _STATED
    return Tried(sum(len(one) for one in ties), count, _least(every), max(one.total for one in every), tuple(stated))


def joined(parts: Sequence[Tried], most_orders: int = MOST_ORDERS) -> Span:
    """The range over all parts together: exact if all their orders, each with each, are few enough to be tried."""
    count = 1
    for part in parts:
        count = min(count * part.count, most_orders + 1)
    rows = sum(part.tied_rows for part in parts)
    if count <= most_orders:
        least = {name: amount for part in parts for name, amount in part.worst.by_account.items()}
        worst, best = sum(part.worst.total for part in parts), sum(part.best for part in parts)
        return Span(worst, best, rows, count, True, dict(sorted(least.items())))
    orders = [
        Held(sum(one.total for one in together), {name: a for one in together for name, a in one.by_account.items()})
        for together in zip(*(part.stated for part in parts), strict=True)
    ]
    low = _least(orders)
    return Span(
        low.total, max(one.total for one in orders), rows, len(orders), False, dict(sorted(low.by_account.items()))
    )


def _least(found: Sequence[Held]) -> Held:
    names = set(found[0].by_account).intersection(*(one.by_account for one in found))
    by_account = {name: min(one.by_account[name] for one in found) for name in names}
    return Held(min(one.total for one in found), by_account)


def _since(ledger: Ledger, claimed: Ints) -> Ints:
    """The tie from which claims can be in an account in some order of the ties; `_NEVER` where they cannot."""
    source, target, tie = ledger.source, ledger.target, ledger.tie
    since = np.full(len(ledger.accounts) + 1, _NEVER, dtype=np.int64)
    np.minimum.at(since, target[claimed], tie[claimed])
    since[-1] = _NEVER
    while True:
        before = since.copy()
        live = since[source] <= tie
        np.minimum.at(since, target[live], tie[live])
        since[-1] = _NEVER
        if np.array_equal(before, since):
            return since[:-1]


def _touches(ledger: Ledger, reached: Flags, claimed: Ints) -> Flags:
    """Rows that touch an account which claims can reach: all others leave every figure as it is."""
    padded = np.concatenate([reached, [False]])
    touched = (padded[ledger.source] | padded[ledger.target]) & (ledger.amount > 0) & (ledger.source != ledger.target)
    touched[claimed] = True
    return np.asarray(touched, dtype=np.bool_)


def _ties(small: Ledger, tie: Ints, since: Ints) -> list[list[int]]:
    """Rows of unknown order that meet, directly or through others of their tie, on an account which may hold claims."""
    together: list[list[int]] = []
    starts = np.flatnonzero(np.diff(tie, prepend=-1))
    live_out, live_in = (np.append(since, _NEVER)[side] <= tie for side in (small.source, small.target))
    for group in np.split(np.arange(len(tie)), starts[1:]):
        if len(group) == 1:
            continue
        head: dict[int, int] = {}
        rows = group[live_out[group] | live_in[group]].tolist()
        ends = {
            row: [int(side[row]) for side, live in ((small.source, live_out), (small.target, live_in)) if live[row]]
            for row in rows
        }
        for accounts in ends.values():
            for account in accounts:
                head[_root(head, account)] = _root(head, accounts[0])
        clusters: dict[int, list[int]] = {}
        for row, accounts in ends.items():
            clusters.setdefault(_root(head, accounts[0]), []).append(row)
        together += [cluster for cluster in clusters.values() if len(cluster) > 1]
    return together


def _root(head: dict[int, int], account: int) -> int:
    """The account that stands for all that meet this one, with the way to it shortened."""
    while head.setdefault(account, account) != account:
        head[account] = head[head[account]]
        account = head[account]
    return account


def _count(ties: list[list[int]], most: int) -> int:
    """How many orders there are, counted no further than just beyond `most`."""
    count = 1
    for tie in ties:
        for size in range(2, len(tie) + 1):
            count *= size
            if count > most:
                return count
    return count


def _all_orders(n: int, ties: list[list[int]]) -> Iterator[Ints]:
    for choice in product(*(permutations(tie) for tie in ties)):
        order = np.arange(n)
        for tie, chosen in zip(ties, choice, strict=True):
            order[tie] = chosen
        yield order


def _stated_orders(
    small: Ledger, claims: Sequence[Claim], ties: list[list[int]], since: Ints, tie: Ints
) -> Iterator[Ints]:
    claimed = {claim.row for claim in claims}
    out = np.concatenate([since, [_NEVER]])[small.source] <= tie
    kind = [0 if row in claimed else 2 if out[row] else 1 for row in range(len(small))]
    yield np.arange(len(small))
    for ranks in permutations(range(3)):
        place = {row: (ranks[of], row) for row, of in enumerate(kind)}
        order = np.arange(len(small))
        for rows in ties:
            order[rows] = sorted(rows, key=place.__getitem__)
        yield order


def _in_order(
    small: Ledger, claims: Sequence[Claim], order: Ints, rule: Rule, sharing: Sharing, names: Sequence[str] | None
) -> Trace:
    place = np.argsort(order)
    moved = [replace(claim, row=int(place[claim.row])) for claim in claims]
    return trace(small.take(order), moved, rule, sharing=sharing, names=names)
