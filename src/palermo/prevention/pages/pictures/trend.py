"""Counts by week with what was expected, what would not surprise, alarms, and stretches of one rate."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from palermo.prevention.pages.pictures.drawing import Picture, bar, line, steps, thousands
from palermo.ui.charts.drawing import svg, text, titled

_WIDTH, _TALL, _TOP, _LEFT = 900.0, 220.0, 20.0, 48.0
MOST = 260


@dataclass(frozen=True)
class Judged:
    """A week: its count, and where it was judged what was expected and what would not surprise."""

    week: str
    #: None: below the floor of a release.
    count: float | None
    expected: float | None = None
    upper: float | None = None
    alarm: bool = False


@dataclass(frozen=True)
class Stretch:
    """Weeks of one rate: positions from `start` to before `end`, cases a week."""

    start: int
    end: int
    cases: float
    known: bool


def picture(
    name: str, weeks: Sequence[Judged], parts: Sequence[Stretch], *, counts: Any, few: str = "–", source: Any = ""
) -> Picture:
    """The newest weeks of a stratum, drawn and as a table.

    Args:
        name: of the stratum, `all` where all cases are together.
        weeks: as `draw` takes them.
        parts: as `draw` takes them.
        counts: heading of the column of counts.
        few: as `draw` takes it.
        source: where the picture comes from.
    """
    title = _("All cases by week") if name == "all" else name
    return Picture(
        title=title,
        svg=mark_safe(draw(weeks, parts, label=title, few=few)),  # noqa: S308 -- our own drawing, every word is escaped
        columns=[_("Week"), counts, _("Expected"), _("Would not surprise up to"), ""],
        table=[
            (
                week.week,
                few if week.count is None else thousands(week.count),
                "–" if week.expected is None else f"{week.expected:.1f}",
                "–" if week.upper is None else thousands(week.upper),
                _("alarm") if week.alarm else "–",
            )
            for week in reversed(weeks[-MOST:])
        ],
        lead=_(
            "Thin line: expected. Short dashes: what would not surprise. Thick line: rate of a stretch at mean effort."
            " Upright dashes: detection is known to have changed. A triangle: alarm."
        ),
        source=source,
        numeric="2,3,4",
    )


def draw(weeks: Sequence[Judged], parts: Sequence[Stretch], *, label: str, few: str = "–") -> str:
    """Draw the newest weeks.

    Args:
        weeks: oldest first, one a week; at most `MOST` of the newest are drawn.
        parts: stretches by positions in `weeks`.
        label: what the picture shows, for those who do not see it.
        few: what is said of a week whose count is not told.
    """
    if not weeks:
        return ""
    left_out = max(len(weeks) - MOST, 0)
    shown = weeks[left_out:]
    most = max(max(week.count or 0, week.upper or 0) for week in shown) or 1
    wide = (_WIDTH - _LEFT - 8) / len(shown)

    def x(position: int) -> float:
        return _LEFT + (position - left_out) * wide

    def y(value: float) -> float:
        return _TOP + _TALL * (1 - value / most)

    body = [
        line(_LEFT, y(value), _WIDTH, y(value), "s-line")
        + text(_LEFT - 8, y(value) + 4, thousands(value), anchor="end", size=12)
        for value in steps(most)
    ]
    for n, week in enumerate(shown):
        inside = bar(
            x(n + left_out),
            y(count := week.count or 0),
            wide * 0.8,
            _TOP + _TALL - y(count),
            "f-danger" if week.alarm else "f-seq-2",
        )
        if week.alarm:
            middle = x(n + left_out) + wide * 0.4
            inside += f'<path d="M{middle - 5:.1f},{y(count) - 12:.1f}h10l-5,8z" class="f-danger"/>'
        body.append(titled(inside, f"{week.week}: {few if week.count is None else thousands(week.count)}"))
    body += [
        _path(
            [(x(n + left_out) + wide / 2, y(w.expected)) for n, w in enumerate(shown) if w.expected is not None],
            "s-ink",
            "",
        )
    ]
    body += [
        _path(
            [(x(n + left_out) + wide / 2, y(w.upper)) for n, w in enumerate(shown) if w.upper is not None],
            "s-danger",
            "4 3",
        )
    ]
    for part in parts:
        if part.end <= left_out:
            continue
        start = max(part.start, left_out)
        body.append(line(x(start), y(part.cases), x(part.end), y(part.cases), "s-series-2", wide=2.5))
        if part.known:
            body.append(line(x(part.start), _TOP - 8, x(part.start), _TOP + _TALL, "s-series-3", wide=2, dash="6 3"))
    body += _days(shown, left_out, x)
    return svg(_WIDTH, _TOP + _TALL + 30, "".join(body), label=label)


def _path(points: Sequence[tuple[float, float]], kind: str, dash: str) -> str:
    if not points:
        return ""
    way = "L".join(f"{x:.1f},{y:.1f}" for x, y in points)
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<path d="M{way}" fill="none" class="{kind}" stroke-width="1.8"{dashed}/>'


def _days(shown: Sequence[Judged], left_out: int, x: Callable[[int], float]) -> list[str]:
    """Each first week of a year is named; the first week in any case."""
    out, before = [], ""
    for n, week in enumerate(shown):
        year = week.week[:4]
        if year != before and (n == 0 or n > 8):
            place = x(n + left_out)
            out += [
                line(place, _TOP + _TALL, place, _TOP + _TALL + 6, "s-ink-soft"),
                text(place + 3, _TOP + _TALL + 20, week.week if n == 0 else year, size=12),
            ]
        before = year
    return out
