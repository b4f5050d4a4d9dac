"""Figures of others beside ours, with source, date and grade; nothing is computed with them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from palermo.office.pages.doors import public
from palermo.vocabulary.context import ContextFigure, Kind, load_context

GRADES = {
    "A": _("read in the source"),
    "B": _("read in an excerpt of the source or on its publisher's page"),
    "C": _("told by somebody else; check before quoting"),
}
COLUMNS = [_("What"), _("Figure"), _("Where, when"), _("Source, published, grade")]
#: Of each kind, the figures that stand beside a page of ours; the others are one step away.
BESIDE = {
    "estimate": ("slavery", "forced_labour", "forced_labour_europe"),
    "detected": ("detected", "detected_growth", "eu_registered"),
    "cause": ("conflict", "displacement", "wages", "recruitment_costs"),
}


def beside(*kinds: Kind) -> dict[str, Any]:
    """What a page shows beside its own figures. No statement."""
    named = [name for kind in kinds for name in BESIDE[kind]]
    found = {one.name: one for one in load_context()}
    return {"context_columns": COLUMNS, "context_rows": [_row(found[name]) for name in named]}


def _row(one: ContextFigure) -> tuple[Any, ...]:
    source = format_html(
        '<a href="{}" rel="noreferrer external">{}</a>, <span class="nowrap">{}</span>, <abbr title="{}">{}</abbr>',
        one.address,
        one.source,
        one.published,
        GRADES[one.grade],
        one.grade,
    )
    what = (
        format_html('{}<br><span class="soft small">{}</span>', one.subject, one.caveat) if one.caveat else one.subject
    )
    return (
        what,
        format_html('<bdi class="nowrap">{}</bdi>', one.said),
        format_html("<bdi>{}, {}</bdi>", one.place, one.period),
        source,
    )


@public
def context(request: HttpRequest) -> HttpResponse:
    """Every figure, by kind. No statement of its own."""
    titles = {
        "estimate": _("Estimates of how many there are"),
        "detected": _("How many were detected"),
        "cause": _("Conditions under which trafficking grows"),
    }
    groups = [(title, [_row(one) for one in load_context() if one.kind == kind]) for kind, title in titles.items()]
    shown = {"groups": groups, "columns": COLUMNS, "grades": GRADES.items()}
    return render(request, "prevention/context.html", shown)
