"""To register an arrival: look first whether the person is known, then open a file."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from palermo.office.domain.persons import REGISTER, register_person
from palermo.office.domain.search import search_before_create
from palermo.office.enums import AgePath, Sex
from palermo.office.methods.identity import Identity, search_keys
from palermo.office.models import Member, Person, Site
from palermo.protection.pages.doors import acts, attempt
from palermo.protection.pages.languages import language_choices
from palermo.ui.forms import RadioTiles
from palermo.vocabulary.places import countries

_YES_NO = [("", _("Not known")), ("yes", _("Yes")), ("no", _("No"))]


class WhoForm(forms.Form):
    """What a person is called. Sealed as soon as it is saved; may stay empty."""

    given_name = forms.CharField(label=_("Given name"), max_length=120, required=False)
    family_name = forms.CharField(label=_("Family name"), max_length=120, required=False)
    birth_date = forms.RegexField(
        label=_("Born"),
        regex=r"^\d{4}(-\d{2}(-\d{2})?)?$",
        required=False,
        help_text=_("Year, year-month or full date: 2007, 2007-03, 2007-03-21."),
        error_messages={"invalid": _("Write the date as 2007, 2007-03 or 2007-03-21.")},
    )
    phone = forms.CharField(
        label=_("Telephone"), max_length=40, required=False, help_text=_("With its country code: +30 …")
    )
    document = forms.CharField(label=_("Document number"), max_length=60, required=False)

    def identity(self) -> Identity | None:
        said = self.cleaned_data
        if not any(said[name] for name in ("given_name", "family_name", "birth_date", "phone", "document")):
            return None
        return Identity(
            given_name=said["given_name"],
            family_name=said["family_name"],
            birth_date=said["birth_date"],
            phones=tuple(filter(None, [said["phone"]])),
            documents=tuple(filter(None, [said["document"]])),
        )


class SearchForm(WhoForm):
    """The same, to look whether the person is known."""


class ArrivalForm(WhoForm):
    """What is known at the gate: enough to screen on the right path, in the right language."""

    path = forms.ChoiceField(
        label=_("Child or adult?"),
        choices=[(AgePath.ADULT, _("Adult")), (AgePath.CHILD, _("Child, under 18")), (AgePath.NOT_SURE, _("Not sure"))],
        widget=RadioTiles(hints={AgePath.NOT_SURE: _("Treated as a child until somebody knows better")}),
    )
    age = forms.IntegerField(label=_("Age in years"), min_value=0, max_value=120, required=False)
    sex = forms.ChoiceField(label=_("Sex"), choices=Sex.choices, initial=Sex.NOT_KNOWN)
    language = forms.ChoiceField(label=_("Language"), choices=language_choices, required=False)
    citizenship = forms.ChoiceField(
        label=_("Citizenship"), choices=lambda: [("", _("Not known")), *countries().items()], required=False
    )
    alone = forms.ChoiceField(label=_("Travels alone?"), choices=_YES_NO, required=False)
    site = forms.ModelChoiceField(
        label=_("Place"), queryset=Site.objects.none(), required=False, empty_label=_("Not known")
    )

    field_order = ["path", "age", "sex", "language", "citizenship", "alone", "site"]

    def __init__(self, *args: Any, agency: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].queryset = Site.objects.filter(agency=agency)  # type: ignore[attr-defined]


def _register(member: Member, said: dict[str, Any], identity: Identity | None) -> Person:
    known = {name: said[name] for name in ("path", "age", "sex", "language", "citizenship", "site")}
    alone = {"yes": True, "no": False}.get(said["alone"])
    return register_person(member=member, identity=identity, alone=alone, **known)


@acts(REGISTER)
def arrival_new(request: HttpRequest) -> HttpResponse:
    """Two steps on one address: `search` tells what is known here, `register` opens the file."""
    step = request.POST.get("step", "")
    agency = request.user.agency
    search = SearchForm(request.POST if step == "search" else None)
    form = ArrivalForm(request.POST if step == "register" else None, agency=agency)
    context: dict[str, Any] = {"search": search, "form": form, "searched": False, "found": []}
    status = 200
    if step == "search" and search.is_valid():
        identity = search.identity()
        # A birth date alone is shared by too many to look by: the file is opened without a search.
        if identity and search_keys(identity):
            found = attempt(
                search,
                lambda: search_before_create(member=request.user, identity=identity, reason=str(_("New arrival"))),
                {"name": "given_name"},
            )
            status = 422 if search.errors else 200
            context |= {"searched": found is not None, "found": found or []}
        else:
            context |= {"searched": True, "unsearched": identity is not None}
        context["form"] = ArrivalForm(initial=search.cleaned_data, agency=agency)
    elif step == "register":
        context["searched"] = True
        if form.is_valid():
            person = attempt(form, lambda: _register(request.user, form.cleaned_data, form.identity()))
            if person:
                return redirect("protection:person", pk=person.pk)
        status = 422
    return render(request, "protection/arrival_new.html", context, status=status)
