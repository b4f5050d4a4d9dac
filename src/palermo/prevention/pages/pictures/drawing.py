"""What the pictures share: lines, dots and bars, scales, and what stands beside a drawing."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

LONGEST = 30


#: Ends of a range whose ratio is less are near each other.
SHORT = 8


@dataclass(frozen=True)
class Picture:
    """A drawing with all that `ui/components/figure.html` shows beside it; `svg` is ours and safe.

    Args:
        title: what it shows.
        svg: the drawing; empty where there is nothing to draw.
        columns: headings of the table that says the same.
        table: its rows.
        lead: one line under the title.
        source: where the numbers come from.
        numeric: places of its number columns, counted from one.
    """

    title: Any
    svg: str
    columns: Sequence[Any]
    table: Sequence[Sequence[Any]]
    lead: Any = ""
    source: Any = ""
    numeric: str = "2"
    kind: str = "own"
    wide: bool = True

    @property
    def data(self) -> bool:
        """Whether there is something to draw."""
        return bool(self.svg)


def cut(name: str) -> str:
    """A name as long as a picture has room for; the whole one stands in the mark's title."""
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"


def line(x0: float, y0: float, x1: float, y1: float, kind: str, *, wide: float = 1, dash: str = "") -> str:
    """A straight line."""
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    ends = f'x1="{x0:.1f}" y1="{y0:.1f}" x2="{x1:.1f}" y2="{y1:.1f}"'
    return f'<line {ends} class="{kind}" stroke-width="{wide:g}"{dashed}/>'


def dot(x: float, y: float, radius: float, kind: str) -> str:
    """A filled circle."""
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" class="{kind}"/>'


def bar(x: float, y: float, wide: float, tall: float, kind: str) -> str:
    """A filled box."""
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(wide, 0):.1f}" height="{max(tall, 0):.1f}" class="{kind}"/>'


def thousands(value: float) -> str:
    """A whole number with narrow spaces between thousands."""
    return f"{value:,.0f}".replace(",", "\u202f")


def ticks(low: float, high: float) -> list[float]:
    """Round numbers from at most `low` to at least `high`, for a logarithmic scale: 1, 2, 5 times powers of ten.

    A short range takes even steps, since powers would leave it bare.
    """
    if high < SHORT * low:
        step = steps(high - low)[1] if high - low > 1 else 1.0
        first = math.floor(low / step)
        return [n * step for n in range(first, math.ceil(high / step) + 1)]
    found, power = [], math.floor(math.log10(max(low, 1)))
    while True:
        for digit in (1, 2, 5):
            found.append(digit * 10.0**power)
            if found[-1] >= high:
                return [value for n, value in enumerate(found) if n + 1 == len(found) or found[n + 1] > low]
        power += 1


def steps(high: float, most: int = 5) -> list[float]:
    """At most so many even round numbers from 0 to about `high`, for a linear scale."""
    raw = max(high, 1) / most
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(digit * power for digit in (1, 2, 5, 10) if digit * power >= raw)
    return [n * step for n in range(int(high // step) + 1)]
