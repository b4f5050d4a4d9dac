"""To ask for a child's guardian, and to note who was appointed."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from palermo.office.enums import AgencyKind
from palermo.office.models import Agency
from palermo.protection.domain.guardians import APPOINTED, REQUEST, note_guardian, request_guardian
from palermo.protection.models import Case, GuardianRequest
from palermo.protection.pages.doors import Sheet, acts, form_page, sent
from palermo.protection.pages.files import case_url, crumbs, own_case


class AskForm(forms.Form):
    asked_of = forms.ModelChoiceField(
        label=_("Child protection"),
        queryset=Agency.objects.filter(kind=AgencyKind.CHILD_PROTECTION),
        empty_label=None,
    )
    companion_checked = forms.BooleanField(
        label=_("It was looked at whether the adult who came along may be implicated, with the child alone"),
        required=False,
        help_text=_("A companion is never the guardian by default."),
    )


class NoteForm(forms.Form):
    guardian = forms.CharField(
        label=_("Who was appointed?"),
        max_length=200,
        help_text=_("As the court or the agency wrote it. It is sealed."),
    )


@acts(REQUEST)
def guardian_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    case = own_case(request, pk, REQUEST)
    sheet = Sheet(
        title=_("Ask for a guardian"),
        submit=_("Ask now"),
        back=case_url(case) + "#guardian",
        crumbs=crumbs(case),
        lead=_("Council of Europe Convention, Article 10(4): as soon as a child is identified as a victim."),
        done=_("A guardian was asked for."),
    )

    def act(said: dict[str, Any]) -> None:
        request_guardian(member=request.user, person=case.person, **said)

    places = {"agency": "asked_of", "companion": "companion_checked"}
    return form_page(request, sheet, AskForm(sent(request)), act, places=places)


@acts(APPOINTED)
def guardian_note(request: HttpRequest, pk: UUID) -> HttpResponse:
    asked = get_object_or_404(GuardianRequest, pk=pk)
    case = own_case(request, get_object_or_404(Case, person_id=asked.person_id).pk, APPOINTED)
    sheet = Sheet(
        title=_("A guardian was appointed"),
        submit=_("Note it"),
        back=case_url(case) + "#guardian",
        crumbs=crumbs(case),
        done=_("The guardian is noted."),
    )

    def act(said: dict[str, Any]) -> None:
        note_guardian(member=request.user, request=asked, **said)

    return form_page(request, sheet, NoteForm(sent(request)), act)
