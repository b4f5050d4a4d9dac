"""Trends: series of counts with their baseline, alarms with reasons, changes, and what is still to be registered."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from palermo.prevention.domain.series import KEEP, keep_series
from palermo.prevention.domain.studies import READ
from palermo.prevention.enums import SeriesKind
from palermo.prevention.models import Series
from palermo.prevention.pages.context import beside
from palermo.prevention.pages.doors import Sheet, acts, address, crumbs, form_page, link, reads, study_of, tabs
from palermo.prevention.pages.pictures import trend
from palermo.prevention.pages.pictures.drawing import Picture, thousands
from palermo.ui.components.status import badge

#: Strata that are drawn; the alarms of all of them stand in the table.
MOST_DRAWN = 8
NOWCAST_COLUMNS = [_("Week"), _("Registered"), _("Share that is in"), _("Expected in the end"), _("95 % interval")]


class SeriesForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "CSV: date,count by week, with stratum, effort, change if there are; or identified,registered by case."
        ),
    )
    source = forms.CharField(
        label=_("Source"), max_length=160, help_text=_("Whose counts they are, of what, and how they came about.")
    )


@reads(READ)
def trends(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Every series of a study. Its own statements: the study, the series."""
    found = study_of(request, pk, "trends")
    rows = [
        (link(address("series", one.pk), one.name), one.get_kind_display(), one.source, _alarms_of(one))
        for one in Series.objects.filter(study=found).defer("weeks")
    ]
    columns = [_("Series"), _("Kind"), _("Source"), _("Alarms")]
    context = {"study": found, "tabs": tabs(found, "trends"), "columns": columns, "rows": rows}
    context |= beside("detected", "cause")
    return render(request, "prevention/trends.html", context)


def _alarms_of(one: Series) -> Any:
    count = sum(week["alarm"] and week["holds"] for weeks in one.found.get("judged", {}).values() for week in weeks)
    return badge(str(count), "warn") if count else badge(_("none"), "neutral")


@acts(KEEP)
def series_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = study_of(request, pk)
    back = address("trends", found.pk)
    sheet = Sheet(
        title=_("Bring a series"),
        submit=_("Read and judge it"),
        back=back,
        crumbs=crumbs(found, (_("Trends"), back)),
        lead=_("More found is not more happening: give the effort of finding, and mark weeks in which it changed."),
    )

    def act(told: dict[str, Any]) -> str:
        file = told.pop("file")
        kept = keep_series(member=request.user, study=found, name=file.name, data=file.read(), **told)
        return address("series", kept.pk)

    form = SeriesForm(request.POST, request.FILES) if request.method == "POST" else SeriesForm()
    return form_page(request, sheet, form, act)


@reads(READ)
def series(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A series with what was found in it. Its own statements: the series, the study."""
    one = get_object_or_404(Series.objects.select_related("study__agency"), pk=pk)
    study_of(request, one.study_id, "series")
    context = {
        "series": one,
        "study": one.study,
        "crumbs": crumbs(one.study, (_("Trends"), address("trends", one.study_id))),
        "facts": [(_("Source"), one.source, one.kept_at.date()), ("SHA-256", one.sha256, _("of the file"))],
    }
    context |= beside("detected", "cause")
    context |= _nowcast(one) if one.kind == SeriesKind.CASES else _weeks(one)
    return render(request, "prevention/series.html", context)


def _day(text: str) -> SafeString:
    """A date that stays on one line."""
    return format_html('<span class="nowrap">{}</span>', text)


def _weeks(one: Series) -> dict[str, Any]:
    judged, parts = one.found["judged"], one.found["stretches"]
    alarms = [
        (
            _day(told["weeks"][week["position"]]),
            told["stratum"],
            week["reason"],
            badge(_("holds among all strata"), "warn") if week["holds"] else badge(_("may be chance"), "neutral"),
        )
        for told in one.weeks
        for week in judged[told["stratum"]]
        if week["alarm"]
    ]
    return {
        "pictures": [
            _picture(told, judged[told["stratum"]], parts[told["stratum"]]) for told in one.weeks[:MOST_DRAWN]
        ],
        "more": max(len(one.weeks) - MOST_DRAWN, 0),
        "alarm_columns": [_("Week"), _("Stratum"), _("Reason"), _("Judgement")],
        "alarms": sorted(alarms, key=lambda row: row[0], reverse=True),
        "tested": one.found["tested"],
        "stretch_columns": [_("Stratum"), _("From"), _("To"), _("Rate (95 % interval)"), ""],
        "stretches": [
            (
                told["stratum"],
                _day(told["weeks"][part["start"]]),
                _day(told["weeks"][part["end"] - 1]),
                f"{part['rate']:.3g} ({part['lower']:.3g} – {part['upper']:.3g})",
                badge(_("detection changed here"), "info") if part["known"] else "–",
            )
            for told in one.weeks
            for part in parts[told["stratum"]]
        ],
    }


def _picture(told: Mapping[str, Any], judged: list[Mapping[str, Any]], parts: list[Mapping[str, Any]]) -> Picture:
    by_place = {week["position"]: week for week in judged}
    weeks = [
        trend.Judged(
            week,
            count,
            by_place[n]["expected"] if n in by_place else None,
            by_place[n]["upper"] if n in by_place else None,
            alarm=n in by_place and by_place[n]["alarm"],
        )
        for n, (week, count) in enumerate(zip(told["weeks"], told["counts"], strict=True))
    ]
    flats = [trend.Stretch(p["start"], p["end"], p["rate"] * p["effort"], known=p["known"]) for p in parts]
    return trend.picture(told["stratum"], weeks, flats, counts=_("Cases"))


def _nowcast(one: Series) -> dict[str, Any]:
    return {
        "nowcast_columns": NOWCAST_COLUMNS,
        "nowcast": [
            (
                row["week"],
                row["reported"],
                f"{row['share']:.0%}",
                thousands(row["expected"]),
                f"{thousands(row['lower'])} – {thousands(row['upper'])}",
            )
            for row in reversed(one.found["nowcast"])
        ],
    }
