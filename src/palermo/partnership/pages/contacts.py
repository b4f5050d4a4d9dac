"""An official's entry: how they are reached at work, which posts they held; to add and to correct it."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from palermo.office.domain.rights import may
from palermo.office.pages.doors import Sheet, acts, form_page, reads, sent
from palermo.partnership.domain.designations import DESIGNATE
from palermo.partnership.domain.directory import (
    ADD_CONTACT,
    ADD_ORGANISATION,
    CHANGE_CONTACT,
    READ,
    add_contact,
    add_organisation,
    change_contact,
)
from palermo.partnership.enums import OrganisationKind
from palermo.partnership.models import Contact, Designation, Organisation
from palermo.partnership.pages.directory import row_of
from palermo.partnership.pages.fields import ClearedForm, DayField, LanguagesField, StateField, language_choices
from palermo.partnership.queries.directory import with_people
from palermo.vocabulary.places import languages
from palermo.vocabulary.structures import load_structures


def crumbs(contact: Contact | None = None) -> tuple[tuple[Any, str], ...]:
    """The way back from a page of the directory."""
    first = (_("Directory"), reverse("partnership:directory"))
    return (first, (contact, reverse("partnership:contact", args=[contact.pk]))) if contact else (first,)


def found_contact(pk: UUID) -> Contact:
    """The entry, if the reader's clearance opens it."""
    return get_object_or_404(Contact, pk=pk)


@reads(READ)
def contact_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One official with the posts held, the newest first."""
    contact = found_contact(pk)
    body = Organisation.objects.filter(pk=contact.organisation_id).first() if contact.organisation_id else None
    held = with_people(Designation.objects.filter(contact=contact))
    held.sort(key=lambda entry: entry.designation.since, reverse=True)
    own = contact.office_id == request.user.agency_id
    pairs = [
        (_("Own script"), contact.name_own_script),
        (_("Organisation"), body),
        (_("Position"), contact.position),
        (_("E-mail"), contact.email),
        (_("Telephone"), contact.phone),
        (_("Languages"), ", ".join(languages()[code] for code in contact.languages)),
    ]
    context = {
        "contact": contact,
        "pairs": [(label, value or None) for label, value in pairs],
        "entries": [(entry.designation, row_of(entry)) for entry in held],
        "may_change": own and may(request.user, CHANGE_CONTACT),
        "may_designate": own and may(request.user, DESIGNATE),
        "crumbs": crumbs(),
    }
    return render(request, "partnership/contact.html", context)


class ContactForm(ClearedForm):
    name = forms.CharField(label=_("Name"), max_length=160)
    name_own_script = forms.CharField(label=_("Name in its own script"), max_length=160, required=False)
    organisation = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organisation.objects.order_by("name"), required=False
    )
    position = forms.CharField(label=_("Position"), max_length=160, required=False)
    email = forms.EmailField(label=_("E-mail at work"), required=False)
    phone = forms.CharField(label=_("Telephone at work"), max_length=40, required=False)
    languages = LanguagesField(label=_("Languages"), required=False)
    consented_on = DayField(
        label=_("Agreed to be listed on"),
        required=False,
        help_text=_("Without it the entry stays within the office."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["languages"].choices = language_choices(*self.initial.get("languages", ()))  # type: ignore[attr-defined]


@acts(ADD_CONTACT)
def contact_add(request: HttpRequest) -> HttpResponse:
    """Enter an official."""
    sheet = Sheet(
        title=_("Add an official"),
        submit=_("Add"),
        back=reverse("partnership:contacts"),
        crumbs=crumbs(),
        lead=_("An official or representative, as they are reached at work. Never a person whom we protect."),
        done=_("The official is in the directory."),
    )

    def act(said: dict[str, Any]) -> str:
        return reverse("partnership:contact", args=[add_contact(member=request.user, **said).pk])

    return form_page(request, sheet, ContactForm(sent(request), member=request.user), act)


@acts(CHANGE_CONTACT)
def contact_change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Correct an entry."""
    contact = found_contact(pk)
    sheet = Sheet(
        title=_("Correct the entry"),
        submit=_("Save"),
        back=reverse("partnership:contact", args=[contact.pk]),
        crumbs=crumbs(contact),
        done=_("The entry is up to date; what stood before is in its history."),
    )
    names = [name for name in ContactForm.base_fields if name != "organisation"]
    # By its id: the organisation's own record may not be open to whoever reads the official's.
    initial = {name: getattr(contact, name) for name in names} | {"organisation": contact.organisation_id}

    def act(said: dict[str, Any]) -> None:
        change_contact(member=request.user, contact=contact, **said)

    return form_page(request, sheet, ContactForm(sent(request), member=request.user, initial=initial), act)


class OrganisationForm(ClearedForm):
    name = forms.CharField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=OrganisationKind.choices)
    state = StateField(required=False)
    structure = forms.ChoiceField(
        label=_("OSCE structure"),
        required=False,
        choices=lambda: [("", "–"), *((code, one.name) for code, one in load_structures().items())],
    )


@acts(ADD_ORGANISATION)
def organisation_add(request: HttpRequest) -> HttpResponse:
    """Enter an organisation."""
    sheet = Sheet(
        title=_("Add an organisation"),
        submit=_("Add"),
        back=reverse("partnership:contacts"),
        crumbs=crumbs(),
        done=_("The organisation is in the directory."),
    )

    def act(said: dict[str, Any]) -> None:
        add_organisation(member=request.user, **said)

    return form_page(request, sheet, OrganisationForm(sent(request), member=request.user), act)
