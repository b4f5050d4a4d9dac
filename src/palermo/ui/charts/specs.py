"""How each kind of chart is drawn, as a Vega-Lite specification. Altair is imported when the first is drawn."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from palermo.ui.charts.figure import Figure, number
from palermo.ui.charts.theme import SERIES, colours, config

if TYPE_CHECKING:
    import altair as alt

WIDTH = 500
BAND = 30
FEW = 14  # up to so many values a series, each is marked
NUMBER = ",~f"
NUMBERS = {"decimal": ".", "thousands": "\u202f", "grouping": [3], "currency": ["", ""]}
DASHES = ([1, 0], [6, 3], [2, 2], [8, 3, 2, 3], [4, 4], [1, 3])


def _base(figure: Figure, **computed: Callable[[Any], Any]) -> "alt.Chart":
    """The figure's rows, each with values computed here rather than in Vega's own language."""
    import altair as alt  # noqa: PLC0415 -- heavy

    rows = [{**row, **{name: make(row) for name, make in computed.items()}} for row in figure.data]
    return alt.Chart(alt.Data(values=rows))


def _worded(figure: Figure) -> Callable[[Any], str]:
    value, unknown = figure.options["value"], figure.options["unknown"]
    return lambda row: number(row[value]) if row[value] is not None else unknown


def _range(count: int) -> list[str]:
    return [colours()[SERIES[n % len(SERIES)]] for n in range(count)]


def _unique(figure: Figure, name: str) -> list[Any]:
    return list(dict.fromkeys(row[name] for row in figure.data))


def _with_room(lengths: Sequence[float]) -> Any:
    """A scale on which a quarter of the width is left for the words behind the longest bar."""
    import altair as alt  # noqa: PLC0415 -- heavy

    return alt.Scale(domain=[0, max(lengths, default=0) * 4 / 3 or 1], nice=False)


def bars(figure: Figure) -> Any:
    import altair as alt  # noqa: PLC0415 -- heavy

    o, c = figure.options, colours()
    axis = alt.Axis(ticks=False, domain=False, labelColor=c["ink"], labelLimit=240)
    base = _base(figure, words=_worded(figure), length=lambda row: row[o["value"]] or 0).encode(
        y=alt.Y(f"{o['category']}:N", sort=None, title=None, axis=axis),
        x=alt.X("length:Q", title=None, axis=None, scale=_with_room([row[o["value"]] or 0 for row in figure.data])),
    )
    drawn = base.mark_bar(color=c["series-1"], height={"band": 0.68}, cornerRadiusEnd=2)
    numbers = base.mark_text(align="left", dx=5, color=c["ink"]).encode(text="words:N")
    return (drawn + numbers).properties(width=WIDTH, height=alt.Step(BAND))


def stacked(figure: Figure) -> Any:
    import altair as alt  # noqa: PLC0415 -- heavy

    o, c = figure.options, colours()
    parts = _unique(figure, o["part"])
    scale = alt.Scale(domain=parts, range=_range(len(parts)))
    axis = alt.Axis(ticks=False, domain=False, labelColor=c["ink"], labelLimit=240)
    base = _base(figure, rank=lambda row: parts.index(row[o["part"]]))
    return (
        base.mark_bar(height={"band": 0.68}, stroke=c["surface"], strokeWidth=1.5)
        .encode(
            y=alt.Y(f"{o['category']}:N", sort=None, title=None, axis=axis),
            x=alt.X(f"sum({o['value']}):Q", title=o["labels"][o["value"]], axis=alt.Axis(tickCount=6, format=NUMBER)),
            color=alt.Color(f"{o['part']}:N", scale=scale, sort=parts),
            order=alt.Order("rank:Q"),
        )
        .properties(width=WIDTH, height=alt.Step(BAND))
    )


def _ends(figure: Figure) -> list[dict[str, Any]]:
    """Where each series is named: at its last value, moved up where two names would lie on each other."""
    o = figure.options
    last = {row[o["series"]]: row for row in figure.data if row[o["value"]] is not None}
    values = [row[o["value"]] for row in figure.data if row[o["value"]] is not None]
    apart = 0.075 * (max(values, default=0) - min(0, *values, 0))
    ends: list[dict[str, Any]] = []
    for name, row in sorted(last.items(), key=lambda item: item[1][o["value"]]):
        lowest = ends[-1]["place"] + apart if ends else row[o["value"]]
        ends.append({"time": row[o["time"]], "place": max(row[o["value"]], lowest), "words": name})
    return ends


def _days(figure: Figure, most: int) -> "alt.Axis":
    """An axis of at most so many of the figure's own days, as numbers, so that no month needs translating.

    Days up to four months, months up to three years, else years; chosen here, since Vega would choose in the time zone
    of the process.
    """
    import altair as alt  # noqa: PLC0415 -- heavy

    days = sorted({date.fromisoformat(row[figure.options["time"]][:10]) for row in figure.data})
    span = (days[-1] - days[0]).days if days else 0
    shown = days[:: max(1, -(-len(days) // most))]
    values = [alt.DateTime(year=day.year, month=day.month, date=day.day, utc=True) for day in shown]
    words = "%-d.%-m." if span <= 124 else "%Y-%m" if span <= 1100 else "%Y"
    return alt.Axis(grid=False, values=values, labelExpr=f"utcFormat(datum.value, '{words}')")


def lines(figure: Figure) -> Any:
    import altair as alt  # noqa: PLC0415 -- heavy

    o, c = figure.options, colours()
    series = _unique(figure, o["series"]) if o["series"] else [""]
    base = _base(figure).encode(
        x=alt.X(
            f"{o['time']}:T",
            title=None,
            axis=_days(figure, 8),
        ),
        y=alt.Y(
            f"{o['value']}:Q", title=o["labels"][o["value"]], axis=alt.Axis(domain=False, ticks=False, tickCount=5)
        ),
    )
    few = {"size": 40, "filled": True} if len(figure.data) <= FEW * len(series) else False
    if not o["series"]:
        return base.mark_line(color=c["series-1"], strokeWidth=2.5, point=few).properties(width=WIDTH, height=220)
    scale = alt.Scale(domain=series, range=_range(len(series)))
    base = base.encode(color=alt.Color(f"{o['series']}:N", scale=scale, sort=series, legend=None))
    dash = alt.Scale(domain=series, range=[DASHES[n % len(DASHES)] for n in range(len(series))])
    drawn = base.mark_line(strokeWidth=2.5, point=few).encode(
        strokeDash=alt.StrokeDash(f"{o['series']}:N", scale=dash, legend=None)
    )
    ends = (
        alt.Chart(alt.Data(values=_ends(figure)))
        .mark_text(align="left", dx=6, fontWeight="bold")
        .encode(
            x=alt.X("time:T", scale=alt.Scale(type="utc")),
            y=alt.Y("place:Q"),
            text="words:N",
            color=alt.Color("words:N", scale=scale, legend=None),
        )
    )
    return (drawn + ends).properties(width=WIDTH, height=240)


def multiples(figure: Figure) -> Any:
    import altair as alt  # noqa: PLC0415 -- heavy

    o, c = figure.options, colours()
    base = _base(figure).encode(
        x=alt.X(
            f"{o['time']}:T",
            title=None,
            axis=_days(figure, 3),
        ),
        y=alt.Y(f"{o['value']}:Q", title=None, axis=alt.Axis(domain=False, ticks=False, tickCount=3)),
    )
    area = base.mark_area(color=c["seq-1"], line={"color": c["series-1"], "strokeWidth": 2})
    return area.properties(width=130, height=80).facet(
        facet=alt.Facet(f"{o['panel']}:N", sort=_unique(figure, o["panel"]), title=None), columns=3
    )


def funnel(figure: Figure) -> Any:
    import altair as alt  # noqa: PLC0415 -- heavy

    c = colours()
    axis = alt.Axis(ticks=False, domain=False, labelColor=c["ink"], labelFontWeight="bold", labelLimit=240)
    room = _with_room([row["count"] for row in figure.data])
    base = _base(
        figure, words=lambda row: number(row["count"]) + (f"  ({row['share']})" if row["share"] else "")
    ).encode(
        y=alt.Y("stage:N", sort=None, title=None, axis=axis), x=alt.X("count:Q", title=None, axis=None, scale=room)
    )
    drawn = base.mark_bar(color=c["series-1"], height={"band": 0.62}, cornerRadiusEnd=2)
    numbers = base.mark_text(align="left", dx=6, color=c["ink"]).encode(text="words:N")
    return (drawn + numbers).properties(width=WIDTH, height=alt.Step(BAND + 6))


def waiting(figure: Figure) -> Any:
    import altair as alt  # noqa: PLC0415 -- heavy

    o, c = figure.options, colours()
    heads = o["labels"]
    paint = alt.condition("datum.late", alt.value(c["series-2"]), alt.value(c["series-1"]))
    quiet = alt.Axis(domain=False, ticks=False, tickMinStep=1, tickCount=5)
    counts = alt.Y("count:Q", title=heads["count"], axis=quiet)
    hours = alt.X("from:Q", title="h", axis=alt.Axis(grid=False), scale=alt.Scale(nice=False))
    drawn = (
        _base(figure, nought=lambda _row: 0)
        .mark_rect(stroke=c["surface"], strokeWidth=1)
        .encode(x=hours, x2="to:Q", y=counts, y2="nought:Q", color=paint)
    )
    mark = alt.Chart(alt.Data(values=[{"deadline": o["deadline"], "words": f"{o['deadline']:g} h"}]))
    rule = mark.mark_rule(color=c["danger"], strokeWidth=2, strokeDash=[5, 3]).encode(x="deadline:Q")
    words = mark.mark_text(align="left", baseline="bottom", dx=2, dy=-4, color=c["danger"], fontWeight="bold").encode(
        x="deadline:Q", y=alt.value(0), text="words:N"
    )
    return (drawn + rule + words).properties(width=WIDTH, height=220)


DRAWERS = {
    "bars": bars,
    "stacked": stacked,
    "lines": lines,
    "waiting": waiting,
    "funnel": funnel,
    "multiples": multiples,
}


def svg_of(figure: Figure) -> str:
    """The chart's SVG as Vega draws it."""
    import vl_convert  # noqa: PLC0415 -- heavy

    chart = DRAWERS[figure.kind](figure).configure(**config())
    spec = {**chart.to_dict(), "background": None}
    if figure.kind != "multiples":
        spec["autosize"] = {"type": "fit-x", "contains": "padding"}
    return vl_convert.vegalite_to_svg(spec, vl_version="6.4", format_locale=NUMBERS)
