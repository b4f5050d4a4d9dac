"""To ask for a child's guardian; the list of the agency asked; to note who was appointed."""

from typing import Any
from uuid import UUID

import django_tables2 as tables
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from palermo.office import clock
from palermo.office.domain.rights import may
from palermo.office.enums import AgencyKind
from palermo.office.models import Agency
from palermo.protection.domain.guardians import (
    APPOINTED,
    READ,
    REQUEST,
    note_guardian,
    read_guardian_request,
    request_guardian,
)
from palermo.protection.models import Case, GuardianRequest
from palermo.protection.pages.clocks import DueColumn
from palermo.protection.pages.doors import Sheet, acts, form_page, reads, sent
from palermo.protection.pages.files import case_url, crumbs, own_case
from palermo.protection.queries.guardians import asked_for
from palermo.ui.tables import MainColumn, WorkTable
from palermo.vocabulary.places import languages

PER_PAGE = 25


class AskForm(forms.Form):
    asked_of = forms.ModelChoiceField(
        label=_("Child protection"),
        # Only who signs in gets the notice and has the list.
        queryset=Agency.objects.filter(kind=AgencyKind.CHILD_PROTECTION, has_account=True).order_by("name"),
        empty_label=None,
        help_text=_("It learns the code, the age group and the language of the child, and no name."),
    )
    child_view = forms.CharField(
        label=_("What the child says to it"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("In the child’s words. If the child could not be asked, write why."),
    )
    companion_checked = forms.BooleanField(
        label=_("It was looked at whether the adult who came along may be implicated, with the child alone"),
        required=False,
        help_text=_("A companion is never the guardian by default."),
    )


class NoteForm(forms.Form):
    guardian = forms.CharField(
        label=_("Who was appointed, and how to reach them?"),
        max_length=200,
        help_text=_("As the court or the agency wrote it. It is sealed; the agency that asked reads it."),
    )


class GuardianTable(WorkTable):
    code = MainColumn(verbose_name=_("Code"), linkify=("protection:guardian_note", {"pk": tables.A("pk")}))
    due_at = DueColumn(verbose_name=_("Answer"), done="appointed_at")
    age_group = tables.Column(verbose_name=_("Age"), default=_("not known"), orderable=False)
    path = tables.Column(verbose_name=_("Path"), orderable=False)
    language = tables.Column(verbose_name=_("Language"), default=_("not known"), orderable=False)
    asked_by = tables.Column(verbose_name=_("Asked by"), orderable=False)
    asked_at = tables.DateTimeColumn(verbose_name=_("Asked"), format="SHORT_DATETIME_FORMAT")

    caption = _("Guardians asked for")
    empty_help = _("When an agency asks you for a child’s guardian, it stands here with its deadline.")

    class Meta(WorkTable.Meta):
        attrs = {"class": "work"}

    def render_language(self, value: str) -> str:
        return languages().get(value, value)


class Narrow(forms.Form):
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("waiting")), ("appointed", _("appointed")), ("all", _("all"))]
    )


@reads(APPOINTED)
def guardian_list(request: HttpRequest) -> HttpResponse:
    """What the agency was asked for, by deadline: code, age group and language, no name."""
    form = Narrow(request.GET or None)
    state = form.cleaned_data["state"] if form.is_valid() else ""
    table = GuardianTable(asked_for(request.user.agency, state), empty_text=_("No child waits for a guardian"))
    tables.RequestConfig(request, paginate={"per_page": PER_PAGE, "silent": True}).configure(table)
    context = {"table": table, "form": form, "found": table.paginator.count}
    return render(request, "protection/guardian_list.html", context)


@acts(REQUEST)
def guardian_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    case = own_case(request, pk, REQUEST)
    sheet = Sheet(
        title=_("Ask for a guardian"),
        submit=_("Ask now"),
        back=case_url(case) + "#guardian",
        crumbs=crumbs(case),
        lead=_("Council of Europe Convention, Article 10(4): as soon as a child is identified as a victim."),
        done=_("A guardian was asked for. The agency has a notice, and its time to answer runs."),
    )

    def act(said: dict[str, Any]) -> None:
        request_guardian(member=request.user, person=case.person, **said)

    places = {"agency": "asked_of", "companion": "companion_checked"}
    return form_page(request, sheet, AskForm(sent(request)), act, places=places)


@acts(READ)
def guardian_note(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One request, for the agency asked and for the one that asked; either writes down who was appointed."""
    asked = get_object_or_404(GuardianRequest.objects.select_related("asked_by", "asked_of"), pk=pk)
    read_guardian_request(member=request.user, request=asked)
    answers = asked.asked_of_id == request.user.agency_id
    back, trail = _way_back(asked, answers=answers)
    sheet = Sheet(
        title=_("Guardian for %(code)s") % {"code": asked.code},
        submit=_("Appointed: tell the agency that asked") if answers else _("Note it"),
        back=back,
        crumbs=trail,
        done=_("The guardian is noted. The other agency has a notice."),
    )

    def act(said: dict[str, Any]) -> None:
        note_guardian(member=request.user, request=asked, **said)

    context = {
        "asked": asked,
        "about": _about(asked),
        "answers": answers,
        "appoints": not asked.appointed_at and may(request.user, APPOINTED),
        "now": clock.now(),
    }
    form = NoteForm(sent(request))
    return form_page(request, sheet, form, act, template="protection/guardian_note.html", **context)


def _way_back(asked: GuardianRequest, *, answers: bool) -> tuple[str, tuple[tuple[Any, str], ...]]:
    if answers:
        back = reverse("protection:guardians")
        return back, ((_("Guardians asked for"), back),)
    case = Case.objects.select_related("person").filter(person_id=asked.person_id).first()
    if case:
        return case_url(case) + "#guardian", crumbs(case)
    # A child alone is asked for before there is a case.
    back = reverse("protection:person", args=[asked.person_id]) + "#guardian"
    return back, ((asked.code, back),)


def _about(asked: GuardianRequest) -> list[tuple[Any, ...]]:
    return [
        (_("Code"), asked.code),
        (_("Age"), asked.get_age_group_display() or None, asked.get_path_display()),
        (_("Language"), languages().get(asked.language)),
        (_("Asked by"), asked.asked_by, asked.asked_by.phone),
        (_("Asked of"), asked.asked_of, asked.asked_of.phone),
        (_("Asked"), asked.asked_at),
        (_("Answer due"), asked.due_at),
        *([(_("Appointed"), asked.appointed_at), (_("Guardian"), asked.guardian)] if asked.appointed_at else []),
    ]
