"""What everybody reads without signing in: published ranges and releases, drawn from what was released alone."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from palermo.office.pages.doors import public
from palermo.prevention.models import PublicTable, PublishedEstimate
from palermo.prevention.pages.context import beside
from palermo.prevention.pages.pictures.drawing import thousands
from palermo.prevention.pages.review import charts_of
from palermo.prevention.pages.series_releases import told_of
from palermo.prevention.queries.releases import public_tables
from palermo.ui.public_pages import other_public_pages

NAMES = {
    "single": _("Counts of single values"),
    "pairs": _("Counts of pairs of values"),
    "synthetic": _("Synthetic records"),
    "weeks": _("Counts by week"),
    "stretches": _("Stretches of one rate"),
    "nowcast": _("The newest weeks as they will look"),
}


@public
def home(request: HttpRequest) -> HttpResponse:
    """Ranges, and a dashboard for each release. Two statements of its own."""
    releases: dict[str, list[tuple[PublicTable, str]]] = {}
    for table, drawn in public_tables():
        releases.setdefault(table.code, []).append((table, drawn))
    context = {
        "estimates": [
            (
                one,
                f"{thousands(one.lower)}–{'∞' if one.upper is None else thousands(one.upper)}",
                _now("about %(n)s known") % {"n": thousands(one.observed)},
            )
            for one in PublishedEstimate.objects.filter(withdrawn_at=None)
        ],
        "releases": [_dashboard(tables) for tables in releases.values()],
        "elsewhere": other_public_pages(request),
        **beside("estimate", "detected", "cause"),
    }
    return render(request, "prevention/public.html", context)


def _dashboard(tables: list[tuple[PublicTable, str]]) -> dict[str, Any]:
    first, _csv = tables[0]
    drawn = {table.name: text for table, text in tables if text}
    single = drawn.get("single", "")
    source = _now("Release %(code)s of %(day)s, counts with noise") % {
        "code": first.code,
        "day": first.published_at.date().isoformat(),
    }
    return {
        "first": first,
        "charts": charts_of(single, source=source) if single else [],
        "series": {} if single else told_of(drawn, first.told["floor"], source=source),
        "files": [(NAMES.get(table.name, table.name), table) for table, _ in tables],
    }


@public
def file(_request: HttpRequest, code: str, name: str) -> HttpResponse:
    """A released table as CSV."""
    found = PublicTable.objects.filter(code=code, name=name, withdrawn_at=None).first()
    if found is None:
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="{found.code}-{found.name}.csv"'}
    return HttpResponse(found.csv, content_type="text/csv; charset=utf-8", headers=headers)
