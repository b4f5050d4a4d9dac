"""Where claimed money went, as SVG: accounts in columns by how many payments away, bands as wide as sums."""

from collections import defaultdict
from xml.sax.saxutils import escape

import polars as pl

from palermo.prosecution.methods.tracing.result import Trace

_WIDE, _HIGH, _GAP, _TALL = 760, 340, 10, 90
Place = tuple[float, float, float, float]
_MOST = 8


def flow(found: Trace) -> tuple[str, str]:
    """The SVG and the same in words, for those who do not see it. The largest accounts are shown, others together."""
    ledger = found.ledger
    rows = found.moves["row"].to_numpy()
    edges = (
        pl.DataFrame({"s": ledger.source[rows], "t": ledger.target[rows], "a": found.moves["amount"]})
        .group_by("s", "t").agg(pl.col("a").sum(), pl.len()).sort("s", "t")
    )  # fmt: skip
    level = _levels(found)
    passed = _passed(edges)
    most = max(passed.values(), default=0)
    columns = _columns(level, passed)
    shown = {code for column in columns for code in column}
    places = _places(columns, passed)
    parts, words = [], []
    for s, t, a, n in edges.sort("a", "s", "t", descending=[True, False, False]).iter_rows():
        if s in shown and t in shown and s != t:
            parts.append(_band(places[s], places[t], a, most))
            words.append(f"{_label(found, s)} to {_label(found, t)}: {ledger.text(a)} in {n} payments")
    parts += [_node(places[code], _label(found, code), ledger.text(passed[code])) for code in sorted(shown)]
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE} {_HIGH}" font-family="sans-serif" '
        f'font-size="10">{"".join(parts)}</svg>'
    )
    return svg, "; ".join(words[:40]) or "No claimed money moved."


def _passed(edges: pl.DataFrame) -> dict[int, int]:
    """What came into each account or went out of it, whichever is more."""
    came: dict[int, int] = defaultdict(int)
    went: dict[int, int] = defaultdict(int)
    for s, t, a, _ in edges.iter_rows():
        went[s] += a
        came[t] += a
    return {code: max(came[code], went[code]) for code in {**came, **went}}


def _label(found: Trace, code: int) -> str:
    return found.ledger.name(code) or "outside"


def _levels(found: Trace) -> dict[int, int]:
    """How many payments an account is away from the first; outside stands last where money ends there."""
    level: dict[int, int] = {}
    for row in found.moves["row"].unique().sort():
        s, t = int(found.ledger.source[row]), int(found.ledger.target[row])
        level.setdefault(s, 0)
        if t >= 0:
            level.setdefault(t, min(level[s] + 1, 4))
    if (found.ledger.target[found.moves["row"].to_numpy()] < 0).any():
        level[-1] = max(level.values(), default=0) + 1
    return level


def _columns(level: dict[int, int], passed: dict[int, int]) -> list[list[int]]:
    columns: list[list[int]] = [[] for _ in range(max(level.values(), default=0) + 1)]
    for code in sorted(level, key=lambda code: (-passed.get(code, 0), code)):
        if len(columns[level[code]]) < _MOST:
            columns[level[code]].append(code)
    return columns


def _places(columns: list[list[int]], passed: dict[int, int]) -> dict[int, Place]:
    """x, y, width and height of each box: as high as its sum against the largest, as far as the column has room."""
    step = _WIDE / len(columns)
    most = max(passed.values(), default=1) or 1
    out = {}
    for number, column in enumerate(columns):
        room = (_HIGH - _GAP) / max(len(column), 1) - _GAP
        y = float(_GAP)
        for code in column:
            high = min(room, max(26.0, _TALL * passed.get(code, 0) / most))
            out[code] = (number * step + 2, y, step * 0.62, high)
            y += high + _GAP
    return out


def _band(a: Place, b: Place, amount: int, most: int) -> str:
    wide = max(1.0, 24 * amount / most)
    x1, y1, x2, y2 = a[0] + a[2], a[1] + a[3] / 2, b[0], b[1] + b[3] / 2
    middle = (x1 + x2) / 2
    return (
        f'<path d="M{x1:.1f} {y1:.1f} C{middle:.1f} {y1:.1f} {middle:.1f} {y2:.1f} {x2:.1f} {y2:.1f}" fill="none" '
        f'stroke="#0b5c6b" stroke-opacity="0.35" stroke-width="{wide:.1f}"/>'
    )


def _node(place: Place, label: str, amount: str) -> str:
    x, y, wide, high = place
    middle = y + high / 2
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{high:.1f}" fill="#f1efe9" stroke="#0b5c6b"/>'
        f'<text x="{x + 5:.1f}" y="{middle - 1:.1f}">{escape(label[: int(wide // 6)])}</text>'
        f'<text x="{x + 5:.1f}" y="{middle + 10:.1f}">{escape(amount)}</text>'
    )
