"""Round trips of three to six payments, each later than the one before, within a window; with their rows."""
# ruff: noqa: C901 -- one loop, compiled as one

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from palermo.prosecution.methods.compiled import kernel
from palermo.prosecution.methods.ledger import Codes, Flags, Ints, Ledger
from palermo.prosecution.methods.patterns.found import Pattern, Strength
from palermo.prosecution.methods.patterns.graph import DAY, Graph

CYCLE_DAYS = 14
MOST_CYCLES = 100_000
_SHORTEST = 3
Members = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Cycles:
    """What a search found: at most as many patterns as were asked for, how many there are, and whether it ended."""

    patterns: list[Pattern]
    total: int
    complete: bool


@kernel
def _keep(
    found: Members, agrees: Flags, kept: int, path: Ints, length: int, amount: Ints, keep_percent: int
) -> tuple[Members, Flags]:
    """Write a cycle down as number `kept`, with room made for it, and whether its amounts agree."""
    if kept == len(found):
        wider = np.full((2 * kept, found.shape[1]), -1, dtype=np.int32)
        wider[:kept] = found
        more = np.zeros(2 * kept, dtype=np.bool_)
        more[:kept] = agrees
        found, agrees = wider, more
    good = True
    for step in range(length):
        found[kept, step] = path[step]
        if step > 0:
            before, after = amount[path[step - 1]], amount[path[step]]
            if after > before or after * 100 < before * keep_percent:
                good = False
    agrees[kept] = good
    return found, agrees


@kernel
def _mark(home: int, in_start: Ints, in_source: Codes, one: Codes, two: Codes) -> None:
    """Note in `one` and `two` which accounts pay `home`, and which pay one that does."""
    for i in range(in_start[home], in_start[home + 1]):
        between = in_source[i]
        if one[between] != home:
            one[between] = home
            for j in range(in_start[between], in_start[between + 1]):
                two[in_source[j]] = home


@kernel
def _search(
    edges: Members, source: Codes, amount: Ints, limit: Codes, in_start: Ints, in_source: Codes,
    longest: int, keep_percent: int, most: int, most_steps: int,
) -> tuple[Members, Flags, int, int]:  # fmt: skip
    """All cycles as rows of payment numbers (−1 fills), whether amounts agree, how many in all, and the steps left.

    `edges` has by payment its target, rank, first payment that can follow and end of its target's payments, side by
    side, since the search jumps about in memory. Depth first from every payment as the first of a cycle; an account
    from which home is too many payments away, whatever their time, is not entered.
    """
    found = np.full((1024, longest), -1, dtype=np.int32)
    agrees = np.zeros(1024, dtype=np.bool_)
    total, kept, budget = 0, 0, most_steps
    node, path = np.zeros(longest + 1, dtype=np.int32), np.zeros(longest + 1, dtype=np.int64)
    pos, end = np.zeros(longest + 1, dtype=np.int32), np.zeros(longest + 1, dtype=np.int32)
    one, two = np.full(len(in_start), -1, dtype=np.int32), np.full(len(in_start), -1, dtype=np.int32)
    home = np.int32(-1)
    for first in range(len(edges)):
        if budget < 0:
            break
        if source[first] != home:
            home = source[first]
            _mark(home, in_start, in_source, one, two)
        bound = limit[first]
        path[0], node[1], pos[1], end[1] = first, edges[first, 0], edges[first, 2], edges[first, 3]
        depth = 1
        while depth > 0:
            i = pos[depth]
            if i >= end[depth] or edges[i, 1] >= bound:
                depth -= 1
                continue
            pos[depth] = i + 1
            budget -= 1
            to = edges[i, 0]
            if to == home:
                if depth + 1 >= _SHORTEST:
                    total += 1
                    if kept < most:
                        path[depth] = i
                        found, agrees = _keep(found, agrees, kept, path, depth + 1, amount, keep_percent)
                        kept += 1
                continue
            left = longest - depth - 1
            if left < 1 or (left == 1 and one[to] != home) or (left == 2 and two[to] != home and one[to] != home):
                continue
            seen = False
            for step in range(1, depth + 1):
                if node[step] == to:
                    seen = True
            if not seen:
                path[depth] = i
                depth += 1
                node[depth], pos[depth], end[depth] = to, edges[i, 2], edges[i, 3]
    return found[:kept], agrees[:kept], total, budget


def cycles(
    ledger: Ledger,
    paths: Graph,
    *,
    days: int = CYCLE_DAYS,
    longest: int = 6,
    keep_percent: int = 70,
    most: int = MOST_CYCLES,
    most_steps: int = 2_000_000_000,
) -> Cycles:
    """Every simple cycle of 3 to `longest` payments in strict order of time within `days`.

    Money could have travelled if no payment is larger than the one before it, nor smaller than `keep_percent` of it.

    A search that would take more than `most_steps` steps (minutes) stops after the payment at which it runs out, and
    says so: accounts with thousands of payments to each other make the ways through them without end.
    """
    edges = np.stack(
        [paths.target, paths.rank, paths.follow, paths.start[paths.target + 1]],
        axis=1,
        dtype=np.int32,
        casting="unsafe",
    )
    back = np.argsort(paths.target, kind="stable")
    in_start = np.searchsorted(paths.target[back], np.arange(len(ledger.accounts) + 1))
    found, agrees, total, left = _search(
        edges, paths.source, paths.amount, paths.limit(ledger, days * DAY), in_start, paths.source[back],
        longest, keep_percent, most, most_steps,
    )  # fmt: skip
    out = []
    for members, good in zip(found, agrees, strict=True):
        at = members[members >= 0]
        accounts = tuple(paths.source[at].tolist())
        amounts = paths.amount[at]
        strength = Strength.TRAVELLED if good else Strength.WINDOW
        why = f"{len(at)} payments in order of time within {days} days; {_shares(good, keep_percent)}"
        out.append(
            Pattern("cycle", strength, accounts[0], accounts, tuple(paths.row[at].tolist()), int(amounts.min()), why)
        )
    return Cycles(out, total, complete=left >= 0)


def _shares(good: bool, keep_percent: int) -> str:
    if good:
        return f"each at most the one before and at least {keep_percent} % of it"
    return "the amounts do not follow from each other"
