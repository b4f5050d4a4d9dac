"""The kinds of charts, each a function from rows to a figure.

Rows are a list of mappings, a Polars frame or an Arrow table. `labels` gives columns their headings for people.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext_lazy as _

from palermo.ui.charts.figure import Figure, columns_of, rows_of
from palermo.vocabulary.errors import Refusal

Labels = Mapping[str, Any]
MOST = 6


def _checked(frame: Any, *names: str) -> tuple[dict[str, Any], ...]:
    rows = rows_of(frame)
    strange = [name for name in names if not name.isidentifier()]
    if strange:
        raise Refusal(f"{strange[0]!r} cannot name a column of a chart.", remedy="Use letters, digits and underscores.")
    for number, row in enumerate(rows, 1):
        for name in names:
            if name not in row:
                raise Refusal(
                    f"The chart needs a column {name!r}.", where=f"row {number}", remedy=f"There is: {', '.join(row)}."
                )
    return rows


def _dated(rows: tuple[dict[str, Any], ...], time: str) -> tuple[dict[str, Any], ...]:
    for number, row in enumerate(rows, 1):
        try:
            date.fromisoformat(str(row[time])[:10])
        except ValueError as error:
            remedy = "Write it as 2026-11-24."
            raise Refusal(f"{row[time]!r} is not a date.", where=f"row {number}, {time}", remedy=remedy) from error
    return rows


def _few(rows: tuple[dict[str, Any], ...], part: str) -> tuple[dict[str, Any], ...]:
    names = {row[part] for row in rows}
    if len(names) > MOST:
        raise Refusal(
            f"{len(names)} parts cannot be told apart.", where=part, remedy=f"Join the smallest: at most {MOST}."
        )
    return rows


def _figure(kind: Any, title: str, rows: tuple[dict[str, Any], ...], names: Sequence[str], **more: Any) -> Figure:
    labels: Labels = more.pop("labels") or {}
    options = {"unknown": str(_("not known")), **more.pop("options", {})}
    options = {**options, "labels": {name: str(labels.get(name, name)) for name in names}}
    heads = tuple(str(labels.get(name, name)) for name in names)
    return Figure(
        kind=kind,
        title=str(title),
        data=rows,
        columns=more.pop("columns", heads),
        table=more.pop("table", columns_of(rows, names)),
        options=options,
        **{key: str(value) for key, value in more.items()},
    )


def bars(
    frame: Any, *, category: str, value: str, title: str, labels: Labels | None = None, lead: str = "", source: str = ""
) -> Figure:
    """Horizontal bars in the order given, each with its number at its end."""
    rows = _checked(frame, category, value)
    options = {"category": category, "value": value}
    return _figure("bars", title, rows, (category, value), labels=labels, options=options, lead=lead, source=source)


def stacked(
    frame: Any,
    *,
    category: str,
    value: str,
    part: str,
    title: str,
    labels: Labels | None = None,
    lead: str = "",
    source: str = "",
) -> Figure:
    """Horizontal bars cut into parts; parts keep the order of their first row. At most six parts."""
    rows = _few(_checked(frame, category, value, part), part)
    options = {"category": category, "value": value, "part": part}
    names = (category, part, value)
    return _figure("stacked", title, rows, names, labels=labels, options=options, lead=lead, source=source, numeric="3")


def lines(
    frame: Any,
    *,
    time: str,
    value: str,
    series: str = "",
    title: str,
    labels: Labels | None = None,
    lead: str = "",
    source: str = "",
) -> Figure:
    """Lines over time (ISO dates), at most six, each named at its end with a dash of its own. A gap stays a gap."""
    names = (time, series, value) if series else (time, value)
    rows = _dated(_checked(frame, *names), time)
    rows = _few(rows, series) if series else rows
    options = {"time": time, "value": value, "series": series}
    numeric = "3" if series else "2"
    return _figure(
        "lines", title, rows, names, labels=labels, options=options, lead=lead, source=source, numeric=numeric
    )


def multiples(
    frame: Any,
    *,
    time: str,
    value: str,
    panel: str,
    title: str,
    labels: Labels | None = None,
    lead: str = "",
    source: str = "",
) -> Figure:
    """One small line chart a panel, all on the same scale, so that panels compare."""
    names = (panel, time, value)
    rows = _dated(_checked(frame, *names), time)
    options = {"time": time, "value": value, "panel": panel}
    return _figure(
        "multiples", title, rows, names, labels=labels, options=options, lead=lead, source=source, numeric="3"
    )


def funnel(
    stages: Sequence[tuple[str, int]],
    *,
    title: str,
    labels: Labels | None = None,
    lead: str = "",
    source: str = "",
) -> Figure:
    """A flow from stage to stage (arrived → … → accepted): count, and share of the stage before where there is one."""
    before = [None, *(count for _stage, count in stages)]
    rows = tuple(
        {
            "stage": str(stage),
            "count": count,
            "share": f"{count / prior:.0%}" if prior else "",
        }
        for (stage, count), prior in zip(stages, before, strict=False)
    )
    heads = {"stage": _("Stage"), "count": _("Persons"), "share": _("Of the stage before"), **(labels or {})}
    names = ("stage", "count", "share")
    return _figure("funnel", title, rows, names, labels=heads, lead=lead, source=source, numeric="2,3")


def waiting(
    hours: Sequence[float],
    *,
    deadline: float,
    title: str,
    bins: int = 12,
    labels: Labels | None = None,
    lead: str = "",
    source: str = "",
) -> Figure:
    """How long people waited: counts by bins of equal width, one edge of which is the deadline.

    `hours` is one waiting time a person, `deadline` is in hours, `bins` about how many bins; their width divides the
    deadline, so that no bin holds both what is in time and what is late.

    Raises:
        Refusal: for a negative or unreal waiting time, or a deadline that is not positive.
    """
    if not deadline > 0:
        raise Refusal("The deadline is not a positive number of hours.", where="deadline")
    for number, wait in enumerate(hours, 1):
        if not 0 <= wait < float("inf"):
            raise Refusal(f"{wait} is not a waiting time in hours.", where=f"waiting time {number}")
    rows = _binned(hours, deadline, bins)
    heads = {"from": _("From (h)"), "to": _("To (h)"), "count": _("Persons"), **(labels or {})}
    options = {"deadline": deadline, "in_time": sum(wait <= deadline for wait in hours), "all": len(hours)}
    names = ("from", "to", "count")
    return _figure(
        "waiting", title, rows, names, labels=heads, options=options, lead=lead, source=source, numeric="1,2,3"
    )


def _binned(hours: Sequence[float], deadline: float, bins: int) -> tuple[dict[str, Any], ...]:
    """Bins are (from, to], the first also holds nought: a wait of exactly the deadline is in time."""
    longest = max([deadline * 1.25, *hours])
    parts = max(1, round(deadline * bins / longest))
    edges = [0.0]
    while edges[-1] < longest:
        n = len(edges)
        edges.append(deadline if n == parts else deadline * n / parts)
    found = [0] * (len(edges) - 1)
    for wait in hours:
        found[max(0, bisect_left(edges, wait) - 1)] += 1
    return tuple(
        {"from": round(low, 2), "to": round(high, 2), "count": count, "late": n >= parts}
        for n, ((low, high), count) in enumerate(zip(pairwise(edges), found, strict=True))
    )
