"""The first responder's work list, and the page of one arrival."""

from typing import Any
from uuid import UUID

import django_tables2 as tables
from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.html import format_html
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _

from palermo.office import clock
from palermo.office.domain.persons import REGISTER
from palermo.office.models import Person, Site
from palermo.protection.domain.screenings import START, path_of_person
from palermo.protection.enums import PresumptionResult
from palermo.protection.methods.forms import load_form
from palermo.protection.models import Case, GuardianRequest
from palermo.protection.pages.doors import reads
from palermo.protection.queries.arrivals import (
    DONE,
    INTERVIEW,
    STOPPED,
    TO_JUDGE,
    UNDER_WAY,
    WAITS,
    arrivals,
    screenings_of,
)
from palermo.ui.components.icons import icon
from palermo.ui.components.status import badge
from palermo.ui.tables import MainColumn, WorkTable
from palermo.vocabulary.codes import file_code
from palermo.vocabulary.places import country_name, languages

PER_PAGE = 25
STAGES = {
    WAITS: (_("Waits for screening"), "warn"),
    UNDER_WAY: (_("Screening begun"), "info"),
    TO_JUDGE: (_("Waits for your judgement"), "danger"),
    INTERVIEW: (_("Interview advised"), "warn"),
    STOPPED: (_("Stopped by the person: ask again when they wish"), "info"),
    DONE: (_("Done for now"), "safe"),
}


class Narrow(forms.Form):
    stage = forms.ChoiceField(
        label=_("What is to do"),
        required=False,
        choices=[("", _("open")), ("all", _("all")), *((code, words) for code, (words, _tone) in STAGES.items())],
    )
    site = forms.ModelChoiceField(label=_("Place"), queryset=Site.objects.none(), required=False, empty_label=_("all"))
    code = forms.CharField(label=_("Code"), required=False, max_length=40)

    def __init__(self, data: Any, *, agency: Any) -> None:
        super().__init__(data)
        self.fields["site"].queryset = Site.objects.filter(agency=agency)  # type: ignore[attr-defined]

    def narrow(self, people: QuerySet[Person]) -> QuerySet[Person]:
        asked = self.cleaned_data if self.is_valid() else {}
        stage = asked.get("stage") or ""
        if stage in STAGES:
            people = people.filter(stage=stage)
        elif stage != "all":
            people = people.exclude(stage=DONE)
        if asked.get("site"):
            people = people.filter(site=asked["site"])
        if asked.get("code"):
            people = people.filter(code__istartswith=file_code(asked["code"]))
        return people


class ArrivalTable(WorkTable):
    code = MainColumn(verbose_name=_("Code"), linkify=("protection:person", {"pk": tables.A("pk")}))
    stage = tables.Column(verbose_name=_("What is to do"), orderable=False)
    path = tables.Column(verbose_name=_("Age"), orderable=False)
    language = tables.Column(verbose_name=_("Language"), orderable=False)
    site = tables.Column(verbose_name=_("Place"), default=_("not known"))
    arrived_at = tables.Column(verbose_name=_("Arrived"))

    caption = _("Arrivals")
    empty_help = _("Register who arrives; nobody is screened before urgent needs are met.")

    class Meta(WorkTable.Meta):
        attrs = {"class": "work"}

    def render_stage(self, value: str) -> Any:
        return badge(*STAGES[value])

    def render_path(self, record: Person) -> Any:
        if not record.is_child:
            return _("Adult")
        words = _("Child alone") if record.alone else _("Child") if record.path == "child" else _("Not sure: child")
        return format_html('<span class="marked">{}{}</span>', icon("child"), words)

    def render_language(self, value: str) -> Any:
        return languages().get(value, value)

    def render_arrived_at(self, value: Any) -> Any:
        return _("%(time)s ago") % {"time": timesince(value, clock.now(), depth=1)}


@reads(REGISTER)
def arrival_list(request: HttpRequest) -> HttpResponse:
    form = Narrow(request.GET or None, agency=request.user.agency)
    table = ArrivalTable(form.narrow(arrivals()), empty_text=_("Nobody waits"))
    tables.RequestConfig(request, paginate={"per_page": PER_PAGE, "silent": True}).configure(table)
    context = {"table": table, "form": form, "found": table.paginator.count}
    return render(request, "protection/arrival_list.html", context)


def person_within_reach(pk: UUID) -> Person:
    """The file; 404 where the database shows none."""
    return get_object_or_404(Person.objects.select_related("site", "agency"), pk=pk)


def about(person: Person) -> list[tuple[Any, ...]]:
    """What is known without opening the sealed part."""
    return [
        (_("Age"), person.age, person.get_path_display()),
        (_("Sex"), person.get_sex_display()),
        (_("Language"), languages().get(person.language)),
        (_("Citizenship"), country_name(person.citizenship) or None),
        (_("Travels alone"), person.alone),
        (_("Place"), person.site),
        (_("Arrived"), person.arrived_at),
    ]


@reads(START)
def person(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = person_within_reach(pk)
    past = list(screenings_of(found.pk))
    asked = {name: len(load_form(name).asked(path_of_person(found))) for name in ("intake", "interview")}
    context = {
        "person": found,
        "about": about(found),
        "screenings": past,
        "open": next((s for s in past if s.state in ("open", "paused")), None),
        "to_judge": next((s for s in past if s.state == "finished" and not s.judgement), None),
        "case": Case.objects.filter(person=found).first(),
        "asked": asked,
        "worry": any(s.result and s.result != PresumptionResult.PRESUMED for s in past),
        "guardian": GuardianRequest.objects.filter(person=found).select_related("asked_of").first(),
        "now": clock.now(),
        "own": found.agency_id == request.user.agency_id,
    }
    return render(request, "protection/person.html", context)
