"""Scatter and gather: one account pays several, these pay one account soon after."""

import numpy as np

from palermo.prosecution.methods.compiled import kernel
from palermo.prosecution.methods.ledger import Codes, Ints, Ledger
from palermo.prosecution.methods.patterns.found import Pattern, Strength
from palermo.prosecution.methods.patterns.graph import DAY, Graph

SCATTER_DAYS = 5


@kernel
def _pairs(start: Ints, source: Codes, target: Codes, rank: Codes, follow: Codes, limit: Codes) -> tuple[Codes, Codes]:
    """Payments that could follow each other to a third account, within the window of the first."""
    first, second, n = np.empty(1024, np.int32), np.empty(1024, np.int32), 0
    for i in range(len(target)):
        j = follow[i]
        while j < start[target[i] + 1] and rank[j] < limit[i]:
            if target[j] != source[i]:
                if n == len(first):
                    wider = np.empty((2, 2 * n), np.int32)
                    wider[0, :n], wider[1, :n] = first, second
                    first, second = wider[0], wider[1]
                first[n], second[n] = i, j
                n += 1
            j += 1
    return first[:n].copy(), second[:n].copy()


@kernel
def _groups(key: Ints, time_in: Ints, time_out: Ints, middle: Codes, window: int, fewest: int) -> Ints:
    """Begin and end of runs of pairs of one key in one window with enough distinct middles; sorted by key and time."""
    out = np.empty((len(key) // fewest + 1, 2), dtype=np.int64)
    n, begin = 0, 0
    while begin < len(key):
        end, distinct = begin, 0
        while end < len(key) and key[end] == key[begin] and time_out[end] <= time_in[begin] + window:
            fresh = True
            for k in range(begin, end):
                if middle[k] == middle[end]:
                    fresh = False
            distinct += fresh
            end += 1
        if distinct >= fewest:
            out[n, 0], out[n, 1] = begin, end
            n += 1
            begin = end
        else:
            begin += 1
    return out[:n]


def scatter_gather(
    ledger: Ledger, paths: Graph, *, days: int = SCATTER_DAYS, fewest: int = 3, keep_percent: int = 70
) -> list[Pattern]:
    """Every account that pays at least `fewest` others which all pay one further account, within `days`.

    Money could have travelled if through that many of the middle accounts what went on is at most what came, and at
    least `keep_percent` of it; otherwise the payments are only in the same window.
    """
    strong, weak = both_strengths(ledger, paths, days=days, fewest=fewest, keep_percent=keep_percent)
    return without_doubles(strong, weak)


def without_doubles(strong: list[Pattern], weak: list[Pattern]) -> list[Pattern]:
    """The strong ones, and of the weak those that share no row with them."""
    taken = {row for one in strong for row in one.rows}
    return strong + [one for one in weak if taken.isdisjoint(one.rows)]


def both_strengths(
    ledger: Ledger, paths: Graph, *, days: int = SCATTER_DAYS, fewest: int = 3, keep_percent: int = 70
) -> tuple[list[Pattern], list[Pattern]]:
    """Those through which money could have travelled, and all that only lie in the same window."""
    first, second = _pairs(
        paths.start, paths.source, paths.target, paths.rank, paths.follow, paths.limit(ledger, days * DAY)
    )
    key = paths.source[first].astype(np.int64) * len(ledger.accounts) + paths.target[second]
    key, first, second = _crowded(key, first, second, fewest)
    came, went = ledger.time[paths.row[first]], ledger.time[paths.row[second]]
    order = np.lexsort((went, came, key))
    first, second = first[order], second[order]
    fits = (paths.amount[second] <= paths.amount[first]) & (
        paths.amount[second] * 100 >= paths.amount[first] * keep_percent
    )
    out: tuple[list[Pattern], list[Pattern]] = ([], [])
    for strong in (True, False):
        some = fits if strong else np.ones(len(fits), dtype=np.bool_)
        a, b = first[some], second[some]
        keys = key[order][some]
        for begin, end in _groups(keys, came[order][some], went[order][some], paths.target[a], days * DAY, fewest):
            out[0 if strong else 1].append(_pattern(paths, a[begin:end], b[begin:end], strong=strong, days=days))
    return out


def _crowded(key: Ints, first: Codes, second: Codes, fewest: int) -> tuple[Ints, Codes, Codes]:
    """Only pairs whose two ends meet often enough to matter."""
    order = np.argsort(key, kind="stable")
    ordered = key[order]
    begins = np.flatnonzero(np.diff(ordered, prepend=-1))
    sizes = np.diff(begins, append=len(ordered))
    keep = order[np.repeat(sizes >= fewest, sizes)]
    return key[keep], first[keep], second[keep]


def _pattern(paths: Graph, first: Codes, second: Codes, *, strong: bool, days: int) -> Pattern:
    source, target = int(paths.source[first[0]]), int(paths.target[second[0]])
    middles = sorted(set(paths.target[first].tolist()))
    rows = sorted({int(row) for side in (first, second) for row in paths.row[side]})
    through = int(paths.amount[np.unique(second)].sum())
    fit = "what went on is nearly what came" if strong else "what went on is not what came"
    why = f"{len(middles)} accounts in between within {days} days; {fit}"
    strength = Strength.TRAVELLED if strong else Strength.WINDOW
    return Pattern("scatter-gather", strength, source, (source, *middles, target), tuple(rows), through, why)
