"""An UpSet plot: for each combination of lists how many persons are on exactly these (Lex et al. 2014)."""

from collections.abc import Sequence
from dataclasses import dataclass

from palermo.prevention.pages.pictures.drawing import bar, cut, dot, line, steps, thousands
from palermo.ui.charts.drawing import svg, text, titled

MOST = 30
_LEFT, _COLUMN, _ROW, _TALL, _TOP, _SIZES = 180.0, 26.0, 26.0, 190.0, 24.0, 110.0


@dataclass(frozen=True)
class Overlap:
    """Persons on exactly these lists."""

    lists: tuple[str, ...]
    persons: int


def overlaps_of(names: Sequence[str], counts: Sequence[float]) -> list[Overlap]:
    """Combinations that occur, the commonest first; `counts` of 2^t cells, bit k of a cell is list k."""
    found = [
        Overlap(tuple(name for bit, name in enumerate(names) if cell >> bit & 1), int(n))
        for cell, n in enumerate(counts)
        if n
    ]
    return sorted(found, key=lambda one: (-one.persons, len(one.lists), one.lists))


def draw(names: Sequence[str], overlaps: Sequence[Overlap], *, label: str) -> str:
    """Bars above, the lists of each bar as joined dots below, how long each list is at the left.

    Args:
        names: the lists, from above.
        overlaps: at most `MOST` of them are drawn.
        label: what the picture shows, for those who do not see it.
    """
    shown = overlaps[:MOST]
    if not shown:
        return ""
    sizes = {name: sum(one.persons for one in overlaps if name in one.lists) for name in names}
    left = _SIZES + _LEFT
    width, top = left + _COLUMN * len(shown) + 16, _TOP + _TALL + 14
    body = [_axis(shown[0].persons, left, width)]
    body += [_list(name, top + row * _ROW, sizes[name], max(sizes.values()), width) for row, name in enumerate(names)]
    body += [_column(one, left + n * _COLUMN, top, names, shown[0].persons) for n, one in enumerate(shown)]
    return svg(max(width, 560), top + _ROW * len(names) + 8, "".join(body), label=label)


def _axis(most: int, left: float, width: float) -> str:
    marks = []
    for value in steps(most):
        y = _TOP + _TALL * (1 - value / most)
        marks += [
            line(left - 4, y, width, y, "s-line"),
            text(left - 10, y + 4, thousands(value), anchor="end", size=12),
        ]
    return "".join(marks)


def _list(name: str, y: float, size: int, most: int, width: float) -> str:
    wide = _SIZES * 0.92 * size / most
    inside = (
        line(_SIZES, y + _ROW / 2, width, y + _ROW / 2, "s-line")
        + bar(_SIZES - wide, y + 5, wide, _ROW - 10, "f-series-1")
        + text(_SIZES + 8, y + _ROW / 2 + 4, cut(name))
    )
    return titled(inside, f"{name}: {thousands(size)}")


def _column(one: Overlap, x: float, top: float, names: Sequence[str], most: int) -> str:
    middle, tall = x + _COLUMN / 2, _TALL * one.persons / most
    rows = [row for row, name in enumerate(names) if name in one.lists]
    at = [top + row * _ROW + _ROW / 2 for row in rows]
    marks = [bar(x + 4, _TOP + _TALL - tall, _COLUMN - 8, tall, "f-series-2" if len(rows) > 1 else "f-series-1")]
    marks += [text(middle, _TOP + _TALL - tall - 4, thousands(one.persons), anchor="middle", size=11)]
    marks += [dot(middle, top + row * _ROW + _ROW / 2, 4, "f-line") for row in range(len(names)) if row not in rows]
    marks += [line(middle, at[0], middle, at[-1], "s-ink", wide=2.5)] if len(at) > 1 else []
    marks += [dot(middle, y, 6, "f-ink") for y in at]
    return titled("".join(marks), f"{' + '.join(one.lists)}: {thousands(one.persons)}")
