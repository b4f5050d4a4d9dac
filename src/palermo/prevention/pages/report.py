"""Tables for a national report: the study's own counts in full, and beside each figure the name that reports call."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from palermo.office.figures import Bound, Counted
from palermo.prevention.domain.studies import READ
from palermo.prevention.models import Release
from palermo.prevention.pages import found as findings
from palermo.prevention.pages.context import beside
from palermo.prevention.pages.doors import reads, study_of, tabs
from palermo.prevention.pages.pictures.drawing import thousands
from palermo.prevention.queries.runs import newest_done, parts_of
from palermo.prevention.queries.tables import lists_of
from palermo.prevention.queries.tables_of_report import by_list, figures_of

WORDS = {
    Bound.EXACT: "%s",
    Bound.AT_LEAST: _("at least %s"),
    Bound.OVER: _("over %s"),
    Bound.ABOUT: _("about %s"),
    Bound.UP_TO: _("up to %s"),
}


def _value(counted: Counted) -> Any:
    return WORDS[counted.bound] % thousands(float(counted.value)) if counted.ids else _("nothing published")


@reads(READ)
def report(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The tables. Its own statements: study, newest run, its parts, releases, and each figure's."""
    study = study_of(request, pk, "report")
    run = newest_done(study.pk)
    context: dict[str, Any] = {
        "study": study,
        "tabs": tabs(study, "report"),
        "run": run,
        "releases": [
            (one.code, one.title, f"{one.epsilon:g}", one.floor, one.get_state_display())
            for one in Release.objects.filter(study=study).order_by("asked_at")
        ],
        "release_columns": [_("Code"), _("Title"), "ε", _("Floor"), _("State")],
        "figures": [(name, definition, _value(counted)) for name, definition, counted in figures_of(study)],
        "figure_columns": [_("Name"), _("What it counts"), _("Value")],
    }
    context |= beside("estimate", "detected")
    if run is not None:
        lists = lists_of(run.table)
        context |= findings.tables_of(parts_of(run)) | {
            "list_columns": [_("List"), _("Persons"), _("On it alone")],
            "lists": [*by_list(lists), (_("On any list"), lists.observed, lists.observed - lists.shared)],
        }
    return render(request, "prevention/report.html", context)
