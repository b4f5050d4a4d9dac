"""Cells on a grid, drawn by hand: squares or hexagons with a code, a number and one of six shades."""

from collections.abc import Mapping, Sequence
from html import escape
from itertools import pairwise
from math import floor, log10
from typing import Any

from palermo.ui.charts.figure import Figure
from palermo.ui.charts.theme import colours

SIDE = 40
GAP = 3
STEP = SIDE + GAP
ENTRY = 98
SMALLEST = 1e-9
DASHED = ' stroke-dasharray="3 2"'


def shade(value: float | None, breaks: Sequence[float]) -> int:
    """Class 0 (not known) or 1 to 5; `breaks` are the four inner edges, a value on one is in the class above."""
    if value is None:
        return 0
    return 1 + sum(value >= edge for edge in breaks)


def even_breaks(values: Sequence[float]) -> tuple[float, ...]:
    """Four edges of round width that share the span from nought to the largest value."""
    top = max(values, default=0)
    if top < SMALLEST:
        return (1.0, 2.0, 3.0, 4.0)
    size = 10.0 ** floor(log10(top / 5))
    width = next(size * step for step in (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10) if size * step * 5 >= top * (1 - 1e-9))
    return tuple(round(width * n, 12) for n in range(1, 5))


def short(value: float | None) -> str:
    """A number in at most four signs, "–" for not known: what fits into a cell."""
    if value is None:
        return "–"
    for size, sign in ((1e9, "G"), (1e6, "M"), (1e4, "k")):
        if abs(value) >= size:
            return f"{value / (1000 if sign == 'k' else size):.3g}{sign}"
    return f"{value:.3g}" if isinstance(value, float) and not value.is_integer() else f"{value:.0f}"


def _cropped(rows: Sequence[Mapping[str, Any]], shape: str) -> list[dict[str, Any]]:
    """The cells without the empty lines and columns before the first; hexagons keep which lines are set in."""
    first = {at: min((row[at] for row in rows), default=0) for at in ("column", "row")}
    if shape == "hex":
        first["row"] -= first["row"] % 2
    return [{**row, **{at: row[at] - least for at, least in first.items()}} for row in rows]


def _place(row: Mapping[str, Any], shape: str) -> tuple[float, float]:
    column, line = row["column"], row["row"]
    if shape == "hex":
        return (column + (line % 2) / 2) * (STEP + 2) + 4, line * (STEP - 3) + 4
    return column * STEP + 2, line * STEP + 2


def _outline(x: float, y: float, shape: str) -> str:
    if shape == "square":
        return f'<rect x="{x:g}" y="{y:g}" width="{SIDE}" height="{SIDE}" rx="4"'
    half, quarter = SIDE / 2, SIDE / 4
    corners = [
        (half, -3),
        (SIDE, quarter - 1),
        (SIDE, 3 * quarter + 1),
        (half, SIDE + 3),
        (0, 3 * quarter + 1),
        (0, quarter - 1),
    ]
    return '<polygon points="{}"'.format(" ".join(f"{x + dx:g},{y + dy:g}" for dx, dy in corners))


def _cell(row: Mapping[str, Any], shape: str) -> str:
    c, (x, y) = colours(), _place(row, shape)
    n = row["shade"]
    ink = c["ink-soft"] if n == 0 else c["on-seq-high" if n > 3 else "on-seq-low"]
    dashed = DASHED if row["value"] is None else ""
    middle = f'x="{x + SIDE / 2:g}" text-anchor="middle" fill="{ink}"'
    return (
        f'<g>{_outline(x, y, shape)} fill="{c[f"seq-{n}"]}" stroke="{c["edge"]}"{dashed}/>'
        f'<text {middle} y="{y + 17:g}" font-size="12" font-weight="600">{escape(row["code"])}</text>'
        f'<text {middle} y="{y + 31:g}" font-size="11">{escape(short(row["value"]))}</text></g>'
    )


def _class(low: float, high: float, *, whole: bool) -> str:
    """A class from `low` to before `high`; of whole numbers the last one in it is named."""
    if not whole:
        return f"{short(low)}–{short(high)}"
    return short(low) if high == low + 1 else f"{short(low)}–{short(high - 1)}"


def _legend(figure: Figure, top: float, width: float) -> tuple[str, float]:
    """The legend below the cells, in as many lines as the width asks for, and where it ends."""
    c, breaks = colours(), figure.options["breaks"]
    values = [row["value"] for row in figure.data if row["value"] is not None]
    whole = all(float(number).is_integer() for number in (*values, *breaks))
    spans = [_class(low, high, whole=whole) for low, high in pairwise([0, *breaks])]
    words = [*spans, f"≥ {short(breaks[-1])}", figure.options["unknown"]]
    a_line, out = max(1, int(width // ENTRY)), []
    for n, text in enumerate(words):
        x, y = 2 + n % a_line * ENTRY, top + 14 + n // a_line * 26
        shaded = n + 1 < len(words)
        fill, dashed = (c[f"seq-{n + 1}"], "") if shaded else (c["seq-0"], DASHED)
        out.append(
            f'<rect x="{x}" y="{y:g}" width="18" height="18" rx="3" fill="{fill}" stroke="{c["edge"]}"{dashed}/>'
            f'<text x="{x + 25}" y="{y + 13.5:g}" font-size="12" fill="{c["ink"]}">{escape(text)}</text>'
        )
    return "".join(out), top + 14 + ((len(words) - 1) // a_line + 1) * 26


def svg_of(figure: Figure) -> str:
    """A map of cells with its legend below."""
    shape = figure.options["shape"]
    cells = _cropped(figure.data, shape)
    places = [_place(row, shape) for row in cells] or [(0.0, 0.0)]
    width = max(*(x + STEP + 2 for x, _ in places), 3.0 * ENTRY)
    legend, bottom = _legend(figure, max(y for _, y in places) + STEP, width)
    inside = "".join(_cell(row, shape) for row in cells)
    return f'<svg viewBox="0 0 {width:g} {bottom:g}">{inside}{legend}</svg>'
