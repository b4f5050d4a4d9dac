"""A Sankey picture: claimed money from account to account, the width of a band is its amount."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from palermo.prosecution.pages.pictures.drawing import COLOURS, cut, svg, text, titled

OUTSIDE = ""
_WIDTH, _NODE, _GAP, _TALL, _TOP = 940.0, 12.0, 22.0, 360.0, 26.0
_LEAST = 1.5


@dataclass(frozen=True)
class Flow:
    """Money from one account to another, in minor units; an empty target is outside."""

    source: str
    target: str
    amount: int


def flows_of(moves: Sequence[Sequence[object]], *, since: str = "", until: str = "", most: int = 40) -> list[Flow]:
    """Movements (day, source, target, amount, …) of a span of days put together, the largest flows first."""
    total: dict[tuple[str, str], int] = defaultdict(int)
    for day, source, target, amount, *_ in moves:
        if (not since or str(day) >= since) and (not until or str(day) <= until):
            total[str(source), str(target)] += int(str(amount))
    found = [Flow(source, target, amount) for (source, target), amount in total.items() if source != target]
    return sorted(found, key=lambda one: (-one.amount, one.source, one.target))[:most]


def draw(
    flows: Sequence[Flow],
    *,
    label: str,
    outside: str,
    written: Callable[[int], str],
    kinds: Mapping[str, str] | None = None,
) -> str:
    """Draw the flows, column by column from where nothing comes in.

    Args:
        label: what the picture shows, for those who do not see it.
        outside: the word for outside.
        written: minor units as text.
        kinds: account → what its holder is (`controller`, `victim` …), for the colour.
    """
    if not flows:
        return ""
    columns = _columns(flows)
    size = _sizes(flows)
    deepest = max(columns.values())
    most = max(sum(size[name] for name in size if columns[name] == at) for at in range(deepest + 1))
    scale = _TALL / most if most else 1.0
    place = _places(columns, size, scale, deepest)
    bands = _bands(flows, place, scale, written, outside)
    nodes = "".join(
        _node(name, place[name], size[name] * scale, outside, written(size[name]), kinds or {}) for name in place
    )
    lowest = max(y + max(size[name] * scale, _LEAST) for name, (_x, y) in place.items())
    return svg(_WIDTH, lowest + 34, bands + nodes, label=label)


def _columns(flows: Sequence[Flow]) -> dict[str, int]:
    """How many steps each account lies from a beginning; outside stands last."""
    into = {one.target for one in flows}
    names = list(dict.fromkeys(name for one in flows for name in (one.source, one.target) if name != OUTSIDE))
    column = {name: 0 for name in names if name not in into} or {flows[0].source: 0}
    front = list(column)
    while front:
        onward = [one.target for one in flows if one.source in front and one.target not in column | {OUTSIDE: 0}]
        depth = column[front[0]] + 1
        front = list(dict.fromkeys(onward))
        column |= dict.fromkeys(front, depth)
    column |= {name: 0 for name in names if name not in column}
    if OUTSIDE in into:
        column[OUTSIDE] = max(column.values()) + 1
    return column


def _sizes(flows: Sequence[Flow]) -> dict[str, int]:
    came: dict[str, int] = defaultdict(int)
    went: dict[str, int] = defaultdict(int)
    for one in flows:
        went[one.source] += one.amount
        came[one.target] += one.amount
    return {name: max(came[name], went[name]) for name in came | went}


def _places(
    columns: Mapping[str, int], size: Mapping[str, int], scale: float, deepest: int
) -> dict[str, tuple[float, float]]:
    step = (_WIDTH - 220) / max(deepest, 1)
    place: dict[str, tuple[float, float]] = {}
    below: dict[int, float] = defaultdict(lambda: _TOP)
    for name in sorted(columns, key=lambda one: (columns[one], -size[one], one)):
        at = columns[name]
        place[name] = (10 + at * step, below[at])
        below[at] += max(size[name] * scale, _LEAST) + _GAP
    return place


def _bands(
    flows: Sequence[Flow],
    place: Mapping[str, tuple[float, float]],
    scale: float,
    written: Callable[[int], str],
    outside: str,
) -> str:
    left: dict[str, float] = defaultdict(float)
    right: dict[str, float] = defaultdict(float)
    out = []
    for one in sorted(flows, key=lambda flow: (place[flow.source][1], place[flow.target][1])):
        wide = max(one.amount * scale, _LEAST)
        (x0, y0), (x1, y1) = place[one.source], place[one.target]
        start, end = y0 + right[one.source] + wide / 2, y1 + left[one.target] + wide / 2
        right[one.source] += wide
        left[one.target] += wide
        bend = abs(x1 - x0) / 2 or 60.0
        path = (
            f'<path d="M{x0 + _NODE:.1f},{start:.1f}C{x0 + _NODE + bend:.1f},{start:.1f} {x1 - bend:.1f},{end:.1f}'
            f' {x1:.1f},{end:.1f}" fill="none" class="s-series-1" stroke-opacity="0.35" stroke-width="{wide:.1f}"/>'
        )
        out.append(titled(path, f"{one.source or outside} → {one.target or outside}: {written(one.amount)}"))
    return "".join(out)


def _node(name: str, at: tuple[float, float], tall: float, outside: str, amount: str, kinds: Mapping[str, str]) -> str:
    x, y = at
    colour = COLOURS["outside" if name == OUTSIDE else kinds.get(name, "")]
    tall = max(tall, _LEAST)
    box = f'<rect x="{x:.1f}" y="{y:.1f}" width="{_NODE:.0f}" height="{tall:.1f}" rx="2" class="{colour}"/>'
    words = text(x + _NODE + 5, y + tall / 2 - 1, cut(name or outside))
    return titled(
        box + words + text(x + _NODE + 5, y + tall / 2 + 13, amount, soft=True), f"{name or outside}: {amount}"
    )
