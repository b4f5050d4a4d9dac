"""One person of an investigation: role, accounts, name after a click, link to protection, check on victims."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from palermo.office import clock
from palermo.prosecution.domain.investigations import READ, read_investigation
from palermo.prosecution.domain.links import END, LINK, end_link, link_victim
from palermo.prosecution.domain.parties import (
    ACCOUNT,
    ADD,
    CHANGE,
    NAME,
    add_holding,
    add_party,
    change_party,
    read_party_name,
)
from palermo.prosecution.enums import PersonRole, VictimAge
from palermo.prosecution.models import Holding, Party, VictimLink
from palermo.prosecution.pages.doors import (
    Sheet,
    acts,
    address,
    crumbs,
    form_page,
    investigation_of,
    party_of,
    posts,
    reads,
    sent,
)
from palermo.prosecution.queries.investigations import courses
from palermo.prosecution.queries.links import offers, standing
from palermo.prosecution.queries.sealed import opened
from palermo.ui.forms import CheckTiles, RadioTiles


class RoleForm(forms.Form):
    roles = forms.MultipleChoiceField(
        label=_("What is the person?"),
        choices=PersonRole.choices,
        widget=CheckTiles,
        help_text=_("A suspect may also be a victim: tick both, and the check on non-punishment is asked for."),
    )
    age = forms.ChoiceField(
        label=_("Age at the time, for a victim"),
        choices=VictimAge.choices,
        widget=RadioTiles,
        initial=VictimAge.NOT_SURE,
    )
    consent_claimed = forms.BooleanField(
        label=_("Somebody says that the victim agreed"),
        required=False,
        help_text=_("It is irrelevant for a child, and once any of the means is shown (Protocol, Art. 3(b), (c))."),
    )


class PersonForm(RoleForm):
    name = forms.CharField(label=_("Name"), max_length=160, help_text=_("It is sealed; pages show a number."))
    known = forms.CharField(
        label=_("What else is known"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    field_order = ("name", "roles", "age", "consent_claimed", "known")


class AccountForm(forms.Form):
    account = forms.CharField(
        label=_("Account"), max_length=80, help_text=_("An IBAN, or the name by which the ledger calls it.")
    )


class LinkForm(forms.Form):
    referral_id = forms.ChoiceField(label=_("Referral for investigation"), choices=(), widget=RadioTiles)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = {True: _("child"), False: _("adult")}
        self.fields["referral_id"].choices = [  # type: ignore[attr-defined]
            (str(one.referral_id), f"{one.reference} · {one.sent_at.date().isoformat()} · {words[one.child]}")
            for one in offers()
        ]


@acts(ADD)
def party_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = investigation_of(request, pk)
    sheet = Sheet(
        title=_("Add a person"), submit=_("Add the person"), back=address("board", found.pk), crumbs=crumbs(found)
    )

    def act(said: dict[str, Any]) -> str:
        return address("party", add_party(member=request.user, investigation=found, **said).pk)

    return form_page(request, sheet, PersonForm(sent(request)), act)


def _frame(party: Party) -> dict[str, Any]:
    found = party.investigation
    links = list(VictimLink.objects.filter(party=party, ended_at=None))
    held, offers_of = Holding.objects.filter(party=party), standing(links)
    course = courses(found.pk, [party], today=clock.now().date())
    return {
        "party": party,
        "investigation": found,
        "crumbs": crumbs(found),
        "roles": [PersonRole(role).label for role in party.roles],
        "accounts": [opened(one.sealed_account)["account"] for one in held],
        "links": [(link, offers_of[link.pk]) for link in links],
        "course": course[0] if course else None,
    }


@reads(READ)
def party(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = party_of(pk)
    read_investigation(member=request.user, investigation=found.investigation, part="party")
    return render(request, "prosecution/party.html", _frame(found))


@posts(NAME)
def party_name(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show who it is: a line in the access log; leaving the page hides the name again."""
    found = party_of(pk)
    who = read_party_name(member=request.user, party=found)
    return render(request, "prosecution/party.html", {**_frame(found), "who": who})


@acts(CHANGE)
def party_change(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = party_of(pk)
    sheet = Sheet(
        title=_("What the person is"),
        submit=_("Save"),
        back=address("party", found.pk),
        crumbs=crumbs(found.investigation, (found.label, address("party", found.pk))),
    )
    initial = {"roles": found.roles, "age": found.age, "consent_claimed": found.consent_claimed}

    def act(said: dict[str, Any]) -> None:
        change_party(member=request.user, party=found, **said)

    return form_page(request, sheet, RoleForm(sent(request), initial=initial), act)


@acts(ACCOUNT)
def holding_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = party_of(pk)
    sheet = Sheet(
        title=_("Note an account"),
        submit=_("Note it"),
        back=address("party", found.pk),
        crumbs=crumbs(found.investigation, (found.label, address("party", found.pk))),
        lead=_("An account of a victim is marked for protection wherever it appears, and is never a subject."),
    )

    def act(said: dict[str, Any]) -> None:
        add_holding(member=request.user, party=found, **said)

    return form_page(request, sheet, AccountForm(sent(request)), act)


@acts(LINK)
def link_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = party_of(pk)
    sheet = Sheet(
        title=_("Link with the case in protection"),
        submit=_("Link"),
        back=address("party", found.pk),
        crumbs=crumbs(found.investigation, (found.label, address("party", found.pk))),
        lead=_(
            "Only a referral for investigation that rests on consent (for a child: on its best interests) is listed."
        ),
        notice=_(
            "The link opens nothing of the case. It lets a safety notice reach those who protect the person. It goes "
            "dark with the consent, and protection does not see it."
        ),
    )

    def act(said: dict[str, Any]) -> None:
        link_victim(member=request.user, party=found, referral_id=UUID(said["referral_id"]))

    return form_page(request, sheet, LinkForm(sent(request)), act)


@acts(END)
def link_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    link = get_object_or_404(VictimLink.objects.select_related("investigation", "party"), pk=pk)
    sheet = Sheet(
        title=_("End the link"),
        submit=_("End the link"),
        back=address("party", link.party_id),
        crumbs=crumbs(link.investigation),
        lead=_("No safety notice reaches those who protect the person after that."),
        danger=True,
    )

    def act(_said: dict[str, Any]) -> None:
        end_link(member=request.user, link=link)

    return form_page(request, sheet, forms.Form(sent(request)), act)
