"""Every registered figure of all rooms with its value now; what was counted; frozen ones and their recounts."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from palermo.office import clock
from palermo.office.domain.rights import may
from palermo.office.pages.doors import posts, reads
from palermo.partnership.domain.figures import RECOUNT, recount_figure
from palermo.partnership.domain.reports import READ
from palermo.partnership.formats.report_words import words_of
from palermo.partnership.models import FrozenFigure
from palermo.partnership.queries.figures import (
    FIRST_YEAR,
    LAST_YEAR,
    Value,
    declared_in,
    value_of,
    values_of,
)
from palermo.partnership.queries.frozen import value_in
from palermo.partnership.queries.record_names import names_of
from palermo.partnership.queries.report_document import PILLARS, pillar_of
from palermo.ui.components.layout import link
from palermo.vocabulary.errors import Refusal

MOST_LISTED = 500
PILLAR_NAMES = {
    "prevention": _("Prevention"),
    "prosecution": _("Prosecution"),
    "protection": _("Protection"),
    "partnership": _("Partnerships"),
}


class YearForm(forms.Form):
    """A year."""

    year = forms.IntegerField(label=_("Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR)


def year_asked(request: HttpRequest) -> tuple[forms.Form, int]:
    """The year of the query, else the last one that is over."""
    last = clock.now().year - 1
    form = YearForm(request.GET) if "year" in request.GET else YearForm(initial={"year": last})
    return form, form.cleaned_data["year"] if form.is_bound and form.is_valid() else last


def in_words(value: Value) -> str:
    """A figure with its bound, in plain English numbers."""
    return words_of("en").figure(
        value.counted.value, value.counted.bound, declared=value.counted.declared, unit=value.unit
    )


@dataclass(frozen=True)
class Counted:
    """One thing that was counted."""

    id: str
    name: str
    url: str


def listed(ids: tuple[str, ...]) -> list[Counted]:
    """What was counted, by name where the reader may see the record. One statement a kind of record."""
    shown = ids[:MOST_LISTED]
    known = names_of(shown)
    return [Counted(one, *known.get(one, ("", ""))) for one in shown]


def _link(value: Value, year: int) -> str:
    return f"{reverse('partnership:figure', args=[value.name])}?year={year}"


@reads(READ)
def figure_list(request: HttpRequest) -> HttpResponse:
    form, year = year_asked(request)
    values = values_of(year)
    sections = [
        {
            "title": PILLAR_NAMES[pillar],
            "rows": [
                (link(_link(one, year), one.name), one.definition, in_words(one))
                for one in values
                if pillar_of(one.name) == pillar
            ],
        }
        for pillar in PILLARS
    ]
    declared = [(one.name, one.definition, in_words(one), one.source) for one in declared_in(year)]
    context = {
        "form": form,
        "year": year,
        "sections": [section for section in sections if section["rows"]],
        "declared": declared,
        "columns": (_("Name"), _("What is counted"), _("Now")),
        "declared_columns": (_("Name"), _("What it is"), _("Figure"), _("Source")),
        "crumbs": ((_("Reports"), reverse("partnership:reports")),),
    }
    return render(request, "partnership/figure_list.html", context)


@reads(READ)
def figure_page(request: HttpRequest, name: str) -> HttpResponse:
    """One figure: its value now, what was counted, and where it was frozen."""
    form, year = year_asked(request)
    try:
        value = value_of(name, year)
    except Refusal as refusal:
        raise Http404(str(refusal)) from refusal
    context = {
        "form": form,
        "year": year,
        "value": value,
        "title": capfirst(words_of("en").label(name)) if value.version else name,
        "said": in_words(value),
        "counted": listed(value.counted.ids),
        "more": max(0, len(value.counted.ids) - MOST_LISTED),
        "frozen": [
            (
                link(reverse("partnership:frozen", args=[one.pk]), f"{one.frozen_at:%Y-%m-%d %H:%M}"),
                str(one.period_start.year),
                in_words(value_in(one)),
                one.digest[:16],
            )
            for one in FrozenFigure.objects.filter(name=name)[:50]
        ],
        "columns": (_("Frozen"), _("Year"), _("Figure"), _("Digest")),
        "crumbs": _crumbs(),
    }
    return render(request, "partnership/figure.html", context)


def _crumbs() -> tuple[tuple[Any, str], ...]:
    return ((_("Reports"), reverse("partnership:reports")), (_("Figures"), reverse("partnership:figures")))


@reads(READ)
def frozen_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A frozen figure with its list, and what recounts found."""
    figure = FrozenFigure.objects.filter(pk=pk).first()
    if figure is None:
        raise Http404
    recounts = list(figure.recounts.all()[:20])
    last = recounts[0] if recounts else None
    day_before = figure.period_end - dt.timedelta(days=1)
    context = {
        "figure": figure,
        "said": in_words(value_in(figure)),
        "facts": [
            (_("Version of the definition"), figure.version or _("declared")),
            (_("Period"), f"{figure.period_start} – {day_before}"),
            (_("Frozen"), figure.frozen_at),
        ],
        "counted": listed(tuple(figure.counted)),
        "more": max(0, len(figure.counted) - MOST_LISTED),
        "recounts": [
            (
                f"{one.recounted_at:%Y-%m-%d %H:%M}",
                one.value.normalize(),
                len(one.added),
                len(one.removed),
                one.digest[:16],
            )
            for one in recounts
        ],
        "recount_columns": (_("Counted again"), _("Figure"), _("Came"), _("Went"), _("Digest")),
        "last": last,
        "same": last is not None and last.digest == figure.digest,
        "redefined": last is not None and last.version != figure.version,
        "added": listed(tuple(last.added)) if last else [],
        "removed": listed(tuple(last.removed)) if last else [],
        "may_recount": may(request.user, RECOUNT) and figure.office_id == request.user.agency_id,
        "crumbs": (*_crumbs(), (figure.name, reverse("partnership:figure", args=[figure.name]))),
    }
    return render(request, "partnership/frozen.html", context)


@posts(RECOUNT)
def frozen_recount(request: HttpRequest, pk: UUID) -> HttpResponse:
    figure = FrozenFigure.objects.filter(pk=pk).first()
    if figure is None:
        raise Http404
    found = recount_figure(member=request.user, figure=figure)
    if found.unchanged:
        messages.success(request, _("Counted again: the very same."))
    else:
        count = len(found.added) + len(found.removed)
        said = ngettext("Counted again: %(n)d record differs.", "Counted again: %(n)d records differ.", count)
        messages.warning(request, said % {"n": count})
    return redirect("partnership:frozen", pk=pk)
