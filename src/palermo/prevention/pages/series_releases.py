"""To ask that a series be told with noise, and what was told of it, drawn from its tables alone."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from palermo.prevention.domain.budgets import MOST
from palermo.prevention.domain.releases import ASK
from palermo.prevention.domain.series_releases import MOST_OFTEN, ask_series_release, strata_of
from palermo.prevention.methods.choices import FLOOR
from palermo.prevention.models import Series
from palermo.prevention.pages.budgets import told_so_far
from palermo.prevention.pages.doors import Sheet, acts, address, crumbs, form_page, sent
from palermo.prevention.pages.pictures import trend
from palermo.prevention.pages.pictures.drawing import Picture, thousands
from palermo.prevention.pages.rows import rows_of
from palermo.prevention.pages.trends import MOST_DRAWN, NOWCAST_COLUMNS
from palermo.prevention.queries.releases import spent_of
from palermo.ui.forms import CheckTiles


class SeriesReleaseForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=120)
    epsilon = forms.FloatField(label=_("Epsilon of this release"), initial=0.5, min_value=0.01, max_value=MOST)
    per_person = forms.IntegerField(
        label=_("How often may one person be counted in it?"),
        initial=1,
        min_value=1,
        max_value=MOST_OFTEN,
        help_text=_("Over all weeks and groups. The noise grows with it: privacy holds only if this is true."),
    )
    floor = forms.IntegerField(
        label=_("Floor"),
        initial=FLOOR,
        min_value=2,
        max_value=1000,
        help_text=_("A week that counts fewer is left blank."),
    )
    strata = forms.MultipleChoiceField(label=_("Strata"), widget=CheckTiles)

    def __init__(self, *args: Any, series: Series, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = strata_of(series)
        self.fields["strata"].choices = [(name, name) for name in names]
        self.fields["strata"].initial = names


@acts(ASK)
def series_release_ask(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Statements of its own: series with its study, budget, ledger."""
    series = get_object_or_404(Series.objects.select_related("study__agency"), pk=pk)
    back = address("series", series.pk)
    sheet = Sheet(
        title=_("Tell the series with noise"),
        submit=_("Make it"),
        back=back,
        crumbs=crumbs(series.study, (_("Trends"), address("trends", series.study_id)), (series.name, back)),
        lead=_(
            "Each week's count gets noise; baselines, alarms and rates are made anew from it. Weeks, effort, known"
            " changes and the line that says where the counts come from are told as they are."
        ),
        notice=told_so_far(spent_of(series.study_id)),
    )

    def act(given: dict[str, Any]) -> str:
        return address("release", ask_series_release(member=request.user, series=series, **given).pk)

    return form_page(request, sheet, SeriesReleaseForm(sent(request), series=series), act)


def told_of(tables: Mapping[str, str], floor: int, *, source: Any = "") -> dict[str, Any]:
    """Pictures of the strata, or the rows of a nowcast, from the tables that were released."""
    if "nowcast" in tables:
        rows = [_nowcast_row(row, floor) for row in reversed(rows_of(tables["nowcast"]))]
        return {"nowcast_columns": NOWCAST_COLUMNS, "nowcast": rows}
    weeks: dict[str, list[dict[str, str]]] = {}
    for row in rows_of(tables["weeks"]):
        weeks.setdefault(row["stratum"], []).append(row)
    parts: dict[str, list[dict[str, str]]] = {}
    for row in rows_of(tables["stretches"]):
        parts.setdefault(row["stratum"], []).append(row)
    shown = list(weeks.items())[:MOST_DRAWN]
    return {"pictures": [_picture(name, rows, parts[name], floor, source) for name, rows in shown]}


def _nowcast_row(row: Mapping[str, str], floor: int) -> tuple[Any, ...]:
    few = _now("under %(floor)d") % {"floor": floor}
    ends = f"{thousands(float(row['lower']))} – {thousands(float(row['upper']))}" if row["expected"] else "–"
    counts = [thousands(float(row[name])) if row[name] else few for name in ("registered", "expected")]
    return (row["week"], counts[0], f"{float(row['share']):.0%}", counts[1], ends)


def _number(text: str) -> float | None:
    return float(text) if text else None


def _picture(name: str, rows: list[dict[str, str]], parts: list[dict[str, str]], floor: int, source: Any) -> Picture:
    weeks = [
        trend.Judged(
            row["week"],
            _number(row["count"]),
            _number(row["expected"]),
            _number(row["upper"]),
            alarm=row["alarm"] == "1",
        )
        for row in rows
    ]
    place = {row["week"]: n for n, row in enumerate(rows)}
    flats = []
    for part in parts:
        start, end = place[part["from"]], place[part["to"]] + 1
        effort = [float(row["effort"] or 1) for row in rows[start:end]]
        cases = float(part["rate"]) * sum(effort) / len(effort)
        flats.append(trend.Stretch(start, end, cases, known=part["detection_changed"] == "1"))
    few = _now("under %(floor)d") % {"floor": floor}
    return trend.picture(name, weeks, flats, counts=_("Cases, with noise"), few=few, source=source)
