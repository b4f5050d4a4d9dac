"""Corridors and the regional processes: ways between States, and who works on them together."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from palermo.office.domain.rights import may
from palermo.office.pages.doors import Sheet, acts, form_page, reads, sent
from palermo.partnership.domain.corridors import ADD_CORRIDOR, add_corridor
from palermo.partnership.domain.directory import READ
from palermo.partnership.enums import Grade
from palermo.partnership.models import Corridor
from palermo.partnership.pages.contacts import crumbs
from palermo.partnership.pages.fields import ClearedForm, CountriesField, DayField, day_form
from palermo.vocabulary.places import countries
from palermo.vocabulary.processes import Process, load_processes

COLUMNS = (_("Corridor"), _("Origin"), _("Transit"), _("Destination"), _("Seen"), _("Evidence"), _("Source and grade"))


def named(codes: list[str]) -> str:
    """Countries by name, the longer way."""
    return ", ".join(countries().get(code, code) for code in codes) or "–"


def row_of(one: Corridor) -> tuple[Any, ...]:
    """A corridor as a row."""
    seen = f"{one.since} – {one.until or ''}"
    source = f"{one.source} [{one.grade}]"
    return (one.name, named(one.origin), named(one.transit), named(one.destination), seen, one.evidence, source)


def _process(process: Process, day: Any) -> dict[str, Any]:
    members = sorted(countries()[code] for code in process.taking_part(day))
    grades = {one.iso2: one.grade for one in process.memberships}
    return {
        "process": process,
        "members": members,
        "observers": sorted(countries()[code] for code in process.taking_part(day, "observer")),
        "unsure": sum(grades[code] == "C" for code in process.taking_part(day)),
    }


@reads(READ)
def corridors(request: HttpRequest) -> HttpResponse:
    """Every corridor that the reader's clearance opens, and the processes with their members on a day."""
    form = day_form(request.GET)
    context = {
        "form": form,
        "day": form.chosen,
        "columns": COLUMNS,
        "rows": [row_of(one) for one in Corridor.objects.order_by("name", "pk")],
        "processes": [_process(process, form.chosen) for process in load_processes().values()],
        "may_write": may(request.user, ADD_CORRIDOR),
        "crumbs": crumbs(),
    }
    return render(request, "partnership/corridors.html", context)


class CorridorForm(ClearedForm):
    name = forms.CharField(label=_("Name"), max_length=160)
    origin = CountriesField(label=_("Countries of origin"))
    transit = CountriesField(label=_("Countries of transit"), required=False)
    destination = CountriesField(label=_("Countries of destination"))
    since = DayField(label=_("Seen from"))
    until = DayField(label=_("Seen until"), required=False)
    evidence = forms.CharField(
        label=_("Evidence"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What shows it, in numbers and kinds; never about one person."),
    )
    source = forms.CharField(label=_("Source"), max_length=300)
    grade = forms.ChoiceField(label=_("Grade"), choices=Grade.choices)


@acts(ADD_CORRIDOR)
def corridor_add(request: HttpRequest) -> HttpResponse:
    """Enter a corridor."""
    sheet = Sheet(
        title=_("Add a corridor"),
        submit=_("Add"),
        back=reverse("partnership:corridors"),
        crumbs=crumbs(),
        done=_("The corridor is entered."),
    )

    def act(said: dict[str, Any]) -> None:
        add_corridor(member=request.user, **said)

    return form_page(request, sheet, CorridorForm(sent(request), member=request.user), act)
