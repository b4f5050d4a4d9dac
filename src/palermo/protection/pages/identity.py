"""To correct who a person is. Names are sealed; opening this page is a line in the access log."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from palermo.office.domain.persons import REGISTER, read_identity, seal_identity
from palermo.office.methods.identity import Identity
from palermo.protection.pages.doors import Sheet, form_page, posts
from palermo.protection.pages.files import case_url, crumbs, own_case

_MANY = ("other_names", "phones", "documents")


class IdentityForm(forms.Form):
    given_name = forms.CharField(
        label=_("Given name"),
        required=False,
        max_length=120,
        help_text=_("In the script in which the person writes it."),
    )
    family_name = forms.CharField(label=_("Family name"), required=False, max_length=120)
    other_names = forms.CharField(
        label=_("Other names and spellings"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One a line."),
    )
    birth_date = forms.RegexField(
        label=_("Born"),
        regex=r"^\d{4}(-\d{2}(-\d{2})?)?$",
        required=False,
        help_text=_("Year, year-month or full date: 2009, 2009-04 or 2009-04-17."),
        error_messages={"invalid": _("Write 2009, 2009-04 or 2009-04-17.")},
    )
    phones = forms.CharField(
        label=_("Telephone numbers"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("With the country’s code, one a line."),
    )
    documents = forms.CharField(
        label=_("Document numbers"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One a line."),
    )
    safe_contact = forms.CharField(
        label=_("How to reach the person without danger"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


def _initial(identity: Identity | None) -> dict[str, str]:
    if identity is None:
        return {}
    values = {name: getattr(identity, name) for name in IdentityForm.base_fields}
    return {name: "\n".join(value) if name in _MANY else value for name, value in values.items()}


def _identity(said: dict[str, Any], region: str) -> Identity:
    many = {name: tuple(line.strip() for line in said[name].splitlines() if line.strip()) for name in _MANY}
    return Identity(**{**said, **many}, phone_region=region)


@posts(REGISTER)
def case_identity(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Correct who it is. The form comes filled in, so it is opened by a click that is logged, never by an address."""
    case = own_case(request, pk, REGISTER)
    sheet = Sheet(
        title=_("Correct who it is"),
        submit=_("Seal it"),
        back=case_url(case),
        crumbs=crumbs(case),
        notice=_("Names, numbers and documents are sealed and never shown in a list. This page was logged."),
        done=_("It is sealed."),
    )
    opens = "open" in request.POST
    initial = _initial(read_identity(member=request.user, person=case.person)) if opens else {}

    def act(said: dict[str, Any]) -> None:
        identity = _identity(said, request.user.agency.state)
        seal_identity(member=request.user, person=case.person, identity=identity)

    places = {"phone": "phones", "document": "documents", "telephone": "phones"}
    return form_page(request, sheet, IdentityForm(None if opens else request.POST, initial=initial), act, places=places)
