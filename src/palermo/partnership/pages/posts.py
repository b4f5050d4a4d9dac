"""To designate somebody to a post, to end a designation and to confirm it."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from palermo.office import clock
from palermo.office.pages.doors import Sheet, acts, form_page, sent
from palermo.partnership.domain.designations import (
    CONFIRM,
    DESIGNATE,
    END,
    confirm_designation,
    designate,
    end_designation,
)
from palermo.partnership.enums import Post
from palermo.partnership.models import Designation, Organisation
from palermo.partnership.pages.contacts import crumbs, found_contact
from palermo.partnership.pages.fields import ClearedForm, DayField, StateField


class DesignateForm(ClearedForm):
    post = forms.ChoiceField(label=_("Post"), choices=Post.choices)
    state = StateField(required=False, help_text=_("The State whose post it is; or else name an organisation."))
    organisation = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organisation.objects.order_by("name"), required=False
    )
    since = DayField(label=_("From"))
    until = DayField(label=_("To (the last day)"), required=False)
    document = forms.CharField(
        label=_("Source document"), max_length=200, help_text=_("Such as a note verbale with its number and date.")
    )
    shared = forms.BooleanField(
        label=_("The post is shared with others"),
        required=False,
        help_text=_("Say so of each of them; else a State has one co-ordinator and one rapporteur at a time."),
    )
    confirmed_on = DayField(label=_("Last confirmed on"), required=False)


@acts(DESIGNATE)
def designation_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Enter a post of an official."""
    contact = found_contact(pk)
    sheet = Sheet(
        title=_("Designate to a post"),
        submit=_("Enter"),
        back=reverse("partnership:contact", args=[contact.pk]),
        crumbs=crumbs(contact),
        lead=contact,
        done=_("The designation is entered."),
    )

    def act(said: dict[str, Any]) -> None:
        designate(member=request.user, contact=contact, **said)

    return form_page(request, sheet, DesignateForm(sent(request), member=request.user), act)


class EndForm(forms.Form):
    until = DayField(label=_("Last day"))
    document = forms.CharField(label=_("Document"), max_length=200, required=False)


class ConfirmForm(forms.Form):
    on = DayField(label=_("Confirmed on"))


def _designation(pk: UUID) -> Designation:
    return get_object_or_404(Designation, pk=pk)


@acts(END)
def designation_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say until when a post is held."""
    held = _designation(pk)
    sheet = Sheet(
        title=_("End the designation"),
        submit=_("Enter the last day"),
        back=reverse("partnership:contact", args=[held.contact_id]),
        crumbs=crumbs(),
        lead=held.get_post_display(),
        done=_("The last day is entered. Whoever holds the post next is a designation of their own."),
    )

    def act(said: dict[str, Any]) -> None:
        end_designation(member=request.user, designation=held, **said)

    return form_page(request, sheet, EndForm(sent(request)), act)


@acts(CONFIRM)
def designation_confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say that a post is still held."""
    held = _designation(pk)
    sheet = Sheet(
        title=_("Confirm the designation"),
        submit=_("Confirm"),
        back=reverse("partnership:contact", args=[held.contact_id]),
        crumbs=crumbs(),
        lead=_("Somebody was asked, and answered, that the post is still held."),
        done=_("It is confirmed."),
    )

    def act(said: dict[str, Any]) -> None:
        confirm_designation(member=request.user, designation=held, **said)

    return form_page(request, sheet, ConfirmForm(sent(request), initial={"on": clock.now().date()}), act)
