"""All models on one picture: each point with its interval on one logarithmic scale of persons."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from palermo.prevention.pages.pictures.drawing import bar, cut, dot, line, thousands, ticks
from palermo.ui.charts.drawing import svg, text, titled

_LEFT, _RIGHT, _ROW, _TOP, _WIDTH = 230.0, 120.0, 26.0, 30.0, 900.0


@dataclass(frozen=True)
class Mark:
    """A model: its point and interval in persons; `upper` None is unbounded, `lower` None is no interval.

    Args:
        name: as it is written beside.
        group: marks of one group stand together under its name.
        colour: a class of charts.css without its first letter, such as "series-1".
    """

    name: str
    group: str
    point: float
    lower: float | None = None
    upper: float | None = None
    colour: str = "series-1"

    @property
    def words(self) -> str:
        """The figures as they stand at the right."""
        if self.lower is None:
            return thousands(self.point)
        end = "∞" if self.upper is None else thousands(self.upper)
        return f"{thousands(self.point)} ({thousands(self.lower)}–{end})"


def draw(marks: Sequence[Mark], *, observed: int, observed_words: str, label: str) -> str:
    """Draw the models from above; the line at the left is what is known, the band what the points span.

    Args:
        marks: in order; their groups are headed.
        observed: persons known.
        observed_words: said beside the line of the known.
        label: what the picture shows, for those who do not see it.
    """
    if not marks:
        return ""
    ends = [value for mark in marks for value in (mark.point, mark.upper, mark.lower) if value]
    scale = _scale(min(observed, *ends), max(ends))
    groups = list(dict.fromkeys(mark.group for mark in marks))
    height = _TOP + _ROW * (len(marks) + len(groups)) + 34
    points = [mark.point for mark in marks]
    low, high = scale(min(points)), scale(max(points))
    body = [
        bar(low, _TOP - 8, max(high - low, 2), height - _TOP - 24, "f-seq-0"),
        _axis(marks, observed, scale, height),
    ]
    known = scale(observed)
    body += [line(known, _TOP - 8, known, height - 32, "s-danger", wide=2, dash="5 3")]
    body += [
        text(known, _TOP - 14, f"{observed_words} {thousands(observed)}", anchor="middle", kind="f-danger", size=12)
    ]
    y = _TOP
    for group in groups:
        body.append(text(0, y + _ROW / 2 + 4, group, kind="f-ink-soft", size=12))
        y += _ROW
        for mark in (one for one in marks if one.group == group):
            body.append(_mark(mark, y, scale))
            y += _ROW
    return svg(_WIDTH, height, "".join(body), label=label)


def _scale(low: float, high: float) -> Callable[[float], float]:
    first, last = math.log(max(low, 1) * 0.9), math.log(max(high, 2) * 1.08)
    wide = _WIDTH - _LEFT - _RIGHT - 70
    return lambda value: _LEFT + wide * (math.log(max(value, 1)) - first) / (last - first)


def _axis(marks: Sequence[Mark], observed: int, scale: Callable[[float], float], height: float) -> str:
    ends = [value for mark in marks for value in (mark.point, mark.upper, mark.lower) if value]
    marked, before = [], -math.inf
    for value in ticks(min(observed, *ends), max(ends)):
        x = scale(value)
        if _LEFT - 4 <= x <= _WIDTH - _RIGHT - 60 and x - before > 44:
            marked += [
                line(x, _TOP - 8, x, height - 32, "s-line"),
                text(x, height - 14, thousands(value), anchor="middle", size=12),
            ]
            before = x
    return "".join(marked)


def _mark(mark: Mark, y: float, scale: Callable[[float], float]) -> str:
    middle = y + _ROW / 2
    inside = [text(14, middle + 4, cut(mark.name))]
    if mark.lower is not None:
        end = scale(mark.upper) if mark.upper is not None else _WIDTH - _RIGHT - 62
        inside.append(line(scale(mark.lower), middle, end, middle, f"s-{mark.colour}", wide=3))
        if mark.upper is None:
            inside.append(f'<path d="M{end:.1f},{middle - 5:.1f}l8,5l-8,5z" class="f-{mark.colour}"/>')
    inside.append(dot(scale(mark.point), middle, 5.5, f"f-{mark.colour}"))
    inside.append(text(_WIDTH - 4, middle + 4, mark.words, anchor="end", size=12))
    return titled("".join(inside), f"{mark.name}: {mark.words}")
