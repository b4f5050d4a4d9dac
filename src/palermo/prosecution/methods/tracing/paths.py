"""Single paths of claimed money, row by row, out of what each payment carried.

A rule decides how much of a claim each payment carries; within one claim no rule tells one unit from another. To show
a path at all, the claim's oldest money in an account goes first (under last in, first out its newest, which is that
rule's own order). That changes no amount by account or row, and the paths of a claim always sum to it.
"""

from collections import deque
from dataclasses import dataclass

import numpy as np
import polars as pl

from palermo.prosecution.methods.ledger import OUTSIDE
from palermo.prosecution.methods.tracing.result import Trace
from palermo.prosecution.methods.tracing.rules import Rule


@dataclass(frozen=True)
class Path:
    """One way that claimed money took.

    Attributes:
        claim: name of the claim.
        rows: ids of the payments in order, the claimed one first.
        accounts: the accounts passed, one more than rows; empty is outside. One more still where a fund holds its
            share in an account that no payment in order of time reaches.
        amount: minor units that went this way to its end.
        ends: `held`, `outside`, `overdraft`, or why it was no longer identified.
    """

    claim: str
    rows: tuple[str, ...]
    accounts: tuple[str, ...]
    amount: int
    ends: str


@dataclass(frozen=True)
class _Step:
    row: int
    before: "_Step | None"


_Pool = deque[tuple[_Step, int]]


def paths(found: Trace) -> list[Path]:
    """Every path of a trace, largest first.

    Poison shares nothing out and pari passu knows no order: for these, one way to each account reached is given, with
    what is held there.
    """
    if found.rule in (Rule.POISON, Rule.PARI_PASSU):
        return _witnesses(found)
    pools: dict[tuple[int, int], _Pool] = {}
    ends: list[tuple[int, _Step, int, str]] = []
    gone = {(row, claim): (amount, how) for row, claim, amount, how in found.ended.iter_rows()}
    laid = {(row, claim): amount for row, claim, amount in found.laid.iter_rows()}
    source, target = found.ledger.source, found.ledger.target
    newest = found.rule is Rule.LIFO
    for row, claim, amount in found.moves.iter_rows():
        into, claimed = int(target[row]), laid.get((row, claim), 0)
        carried = _draw(pools.get((int(source[row]), claim)), amount - claimed, newest=newest)
        pieces = [(_Step(row, step), part) for step, part in carried]
        if claimed:
            pieces.append((_Step(row, None), claimed))
        if into == OUTSIDE:
            ends += [(claim, step, part, "outside") for step, part in pieces]
            continue
        pool = pools.setdefault((into, claim), deque())
        fresh = deque(pieces)
        lost, how = gone.get((row, claim), (0, ""))
        if how == "overdraft":
            ends += [(claim, step, part, how) for step, part in _draw(fresh, lost, newest=newest)]
        pool.extend(fresh)
    ends += _let_go(found, pools)
    for (_, claim), pool in pools.items():
        ends += [(claim, step, part, "held") for step, part in pool]
    return _told(found, ends)


def _draw(pool: _Pool | None, want: int, *, newest: bool) -> list[tuple[_Step, int]]:
    out: list[tuple[_Step, int]] = []
    while pool and want > 0:
        step, has = pool.pop() if newest else pool.popleft()
        part = min(has, want)
        want -= part
        out.append((step, part))
        if part < has:
            (pool.append if newest else pool.appendleft)((step, has - part))
    return out


def _let_go(found: Trace, pools: dict[tuple[int, int], _Pool]) -> list[tuple[int, _Step, int, str]]:
    """Direct identification: what was let go in an account ends there, with the reason."""
    out: list[tuple[int, _Step, int, str]] = []
    for row, claim, amount, how in found.ended.filter(~pl.col("how").is_in(["outside", "overdraft"])).iter_rows():
        pool = pools.get((int(found.ledger.source[row]), claim))
        out += [(claim, step, part, how) for step, part in _draw(pool, amount, newest=False)]
    return out


def _told(found: Trace, ends: list[tuple[int, _Step, int, str]]) -> list[Path]:
    ledger = found.ledger
    together: dict[tuple[int, tuple[int, ...], str], int] = {}
    for claim, last, amount, how in ends:
        rows, step = [last.row], last.before
        while step is not None:
            rows.append(step.row)
            step = step.before
        key = (claim, tuple(reversed(rows)), how)
        together[key] = together.get(key, 0) + amount
    ids = ledger.rows["id"]
    told = [
        Path(
            found.claims[claim],
            tuple(ids[row] for row in rows),
            (ledger.name(ledger.source[rows[0]]), *(ledger.name(ledger.target[row]) for row in rows)),
            amount,
            how,
        )
        for (claim, rows, how), amount in together.items()
    ]
    return sorted(told, key=lambda path: (-path.amount, path.claim, path.rows, path.ends))


def _witnesses(found: Trace) -> list[Path]:
    """For each claim and account that it reaches, the rows by which it first got there."""
    source, target = found.ledger.source, found.ledger.target
    ends: list[tuple[int, _Step, int, str]] = []
    loose: list[Path] = []
    for claim in range(len(found.claims)):
        first: dict[int, _Step] = {}
        for row in np.union1d(found.carries(claim), found.inside).tolist():
            before = first.get(int(source[row]))
            if before is not None or row not in found.inside:
                first.setdefault(int(target[row]), _Step(row, before))
        held = {found.ledger.code(name): amount for name, amount in found.held_of(claim).items()}
        ends += [(claim, first[account], amount, "held") for account, amount in held.items() if account in first]
        elsewhere = {account: amount for account, amount in held.items() if account not in first}
        loose += _within_fund(found, claim, elsewhere)
    return sorted([*_told(found, ends), *loose], key=lambda path: (-path.amount, path.claim, path.rows, path.ends))


def _within_fund(found: Trace, claim: int, held: dict[int, int]) -> list[Path]:
    """Shares of a fund in accounts that no payment in order of time reaches: only the claimed payment can be named."""
    ledger = found.ledger
    rows = found.laid.filter(pl.col("claim") == claim)["row"]
    if not held or not len(rows):
        return []
    row = int(rows[0])
    ends = (ledger.name(ledger.source[row]), ledger.name(ledger.target[row]))
    row_id = (ledger.rows["id"][row],)
    return [
        Path(found.claims[claim], row_id, (*ends, ledger.name(account)), amount, "held")
        for account, amount in held.items()
    ]
