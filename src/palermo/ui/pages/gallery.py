"""Every part in every state on a few sheets: for screenshots, tests, and whoever builds a page."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from palermo.ui.context import look
from palermo.ui.pages import sample_charts, samples

SHEETS = {
    "parts": samples.parts,
    "forms": samples.forms,
    "lists": samples.lists,
    "charts": sample_charts.charts,
    "focus": samples.focus,
    "public": samples.public,
    "print": samples.paper,
}


@login_not_required
def show(request: HttpRequest, sheet: str = "parts") -> HttpResponse:
    """A sheet of the gallery; there is none on a site with real records."""
    if not (settings.DEBUG or look(request)["ui_simulated"]):
        raise Http404
    if sheet not in SHEETS:
        raise Http404
    context = {**SHEETS[sheet](request), "sheet": sheet, "sheets": samples.sheet_tabs(SHEETS, sheet)}
    return render(request, f"ui/gallery/{sheet}.html", context)
