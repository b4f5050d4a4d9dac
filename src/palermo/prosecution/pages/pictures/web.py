"""A money graph: accounts as points, payments put together as lines, laid out by networkx; no meaning in the places."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from palermo.prosecution.pages.pictures.drawing import COLOURS, cut, svg, text, titled
from palermo.prosecution.pages.pictures.flow import Flow

_WIDTH, _HEIGHT, _EDGE = 940.0, 560.0, 70.0
#: Ends of one account that are drawn each by itself; more of them are one point.
_FEW = 5


def draw(
    flows: Sequence[Flow],
    *,
    label: str,
    written: Callable[[int], str],
    others: Callable[[int], str],
    kinds: Mapping[str, str] | None = None,
) -> str:
    """Draw accounts and the flows between them; what goes outside is left out.

    Args:
        label: what the picture shows, for those who do not see it.
        written: minor units as text.
        others: how many accounts in words ("12 others"), for those that are drawn as one.
        kinds: account → what its holder is, for the colour.
    """
    import networkx as nx  # noqa: PLC0415 -- heavy

    inside = _bundled([one for one in flows if one.source and one.target], kinds or {}, others)
    if not inside:
        return ""
    graph: nx.DiGraph[str] = nx.DiGraph()
    for one in sorted(inside, key=lambda flow: (flow.source, flow.target)):
        graph.add_edge(one.source, one.target, weight=1.0)
    spots = nx.spring_layout(graph, seed=7, iterations=80, k=2.5 / len(graph) ** 0.5)
    place = {name: _place(x, y) for name, (x, y) in spots.items()}
    volume: dict[str, int] = defaultdict(int)
    for one in inside:
        volume[one.source] += one.amount
        volume[one.target] += one.amount
    largest = max(one.amount for one in inside)
    lines = "".join(_line(one, place, 1 + 7 * one.amount / largest, written) for one in inside)
    most = max(volume.values())
    points = "".join(
        _point(name, place[name], 6 + 12 * (volume[name] / most) ** 0.5, written(volume[name]), kinds or {})
        for name in sorted(volume)
    )
    return svg(_WIDTH, _HEIGHT, lines + points, label=label)


def _bundled(flows: Sequence[Flow], kinds: Mapping[str, str], others: Callable[[int], str]) -> list[Flow]:
    """Draw accounts that only pay, or are only paid by, one and the same account as one point where they are many."""
    near: dict[str, set[str]] = defaultdict(set)
    for one in flows:
        near[one.source].add(one.target)
        near[one.target].add(one.source)
    ends: dict[tuple[str, bool], list[Flow]] = defaultdict(list)
    for one in flows:
        for leaf, hub, pays in ((one.source, one.target, True), (one.target, one.source, False)):
            if len(near[leaf]) == 1 and len(near[hub]) > 1 and leaf not in kinds:
                ends[hub, pays].append(one)
    many = {key: found for key, found in ends.items() if len(found) > _FEW}
    hidden = {id(one) for found in many.values() for one in found}
    kept = [one for one in flows if id(one) not in hidden]
    for (hub, pays), found in many.items():
        # The count is followed by the account they have in common, so that two such points are two.
        name, total = f"{others(len(found))} · {cut(hub)}", sum(one.amount for one in found)
        kept.append(Flow(name, hub, total) if pays else Flow(hub, name, total))
    return kept


def _place(x: float, y: float) -> tuple[float, float]:
    across, down = (_WIDTH - 2 * _EDGE) / 2, (_HEIGHT - 2 * _EDGE) / 2
    return (_EDGE + (float(x) + 1) * across, _EDGE + (float(y) + 1) * down)


def _line(one: Flow, place: Mapping[str, tuple[float, float]], wide: float, written: Callable[[int], str]) -> str:
    (x0, y0), (x1, y1) = place[one.source], place[one.target]
    # Bent to one side, so that payments there and back are two lines, with a dot near where the money arrives.
    mx, my = (x0 + x1) / 2 + (y1 - y0) * 0.12, (y0 + y1) / 2 - (x1 - x0) * 0.12
    ax, ay = 0.04 * x0 + 0.32 * mx + 0.64 * x1, 0.04 * y0 + 0.32 * my + 0.64 * y1
    line = (
        f'<path d="M{x0:.1f},{y0:.1f}Q{mx:.1f},{my:.1f} {x1:.1f},{y1:.1f}" fill="none" class="s-series-6"'
        f' stroke-opacity="0.55" stroke-width="{wide:.1f}"/>'
        f'<circle cx="{ax:.1f}" cy="{ay:.1f}" r="{wide / 2 + 2:.1f}" class="f-series-6"/>'
    )
    return titled(line, f"{one.source} → {one.target}: {written(one.amount)}")


def _point(name: str, at: tuple[float, float], radius: float, amount: str, kinds: Mapping[str, str]) -> str:
    x, y = at
    circle = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" class="{COLOURS[kinds.get(name, "")]}"/>'
    words = text(x, y + radius + 14, cut(name.split(" · ", maxsplit=1)[0]), anchor="middle")
    return titled(circle + words, f"{name}: {amount}")
