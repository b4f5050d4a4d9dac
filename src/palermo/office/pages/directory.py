"""The directory: whom do I call now."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from palermo.office.enums import Purpose
from palermo.office.pages.forms import DirectoryFilter
from palermo.office.queries.directory import directory


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    form = DirectoryFilter(request.GET)
    agencies = list(directory(**form.cleaned_data)) if form.is_valid() else []
    labels = dict(Purpose.choices)
    rows = [(agency, [labels[purpose] for purpose in agency.purposes]) for agency in agencies]
    return render(request, "office/directory.html", {"form": form, "rows": rows})
