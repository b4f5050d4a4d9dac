"""The elements of the crime by victim, evidence, custody, disclosure, authorities."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _

from palermo.office import clock
from palermo.prosecution.domain.evidence import (
    AUTHORITY,
    DISCLOSURE,
    HAND_OVER,
    ITEM,
    REMOVE,
    SUPPORT,
    WITHDRAW,
    add_item,
    add_support,
    hand_over,
    record_authority,
    remove_support,
    set_disclosure,
    withdraw_item,
)
from palermo.prosecution.domain.investigations import READ, read_investigation
from palermo.prosecution.enums import (
    ELEMENTS,
    AuthorityKind,
    DisclosureStatus,
    ElementCode,
    ElementKind,
    EvidenceKind,
)
from palermo.prosecution.methods.elements import Consent, Held
from palermo.prosecution.models import EvidenceItem, Investigation, LawfulAuthority, Party, Support
from palermo.prosecution.pages import cells, tones
from palermo.prosecution.pages.doors import (
    Sheet,
    acts,
    address,
    crumbs,
    form_page,
    investigation_of,
    posts,
    reads,
    sent,
    tabs,
)
from palermo.prosecution.queries.investigations import assessments, chains, disclosable, items, parties, wrong_with
from palermo.prosecution.queries.sealed import opened
from palermo.ui.components.status import badge
from palermo.ui.forms import DateInput, DateTimeInput, RadioTiles

HELD = {Held.HELD: _("held"), Held.MISSING: _("missing"), Held.NOT_NEEDED: _("not needed")}
CONSENT = {
    Consent.NOT_RAISED: "",
    Consent.IRRELEVANT_CHILD: _("Consent is claimed; it is irrelevant for a child (Protocol, Art. 3(c))."),
    Consent.IRRELEVANT_MEANS: _("Consent is claimed; it is irrelevant, since means are shown (Protocol, Art. 3(b))."),
    Consent.MEANS_MISSING: _("Consent is claimed, and no means are shown yet: this is what the case turns on."),
}


class SupportForm(forms.Form):
    code = forms.ChoiceField(
        label=_("What does the evidence show?"),
        choices=[(kind.label, [(code.value, code.label) for code in ELEMENTS[kind]]) for kind in ElementKind],
    )
    item = forms.ModelChoiceField(label=_("Item of evidence"), queryset=EvidenceItem.objects.none())

    def __init__(self, *args: Any, investigation: Investigation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = items(investigation.pk).filter(withdrawn_at=None)  # type: ignore[attr-defined]


class ItemForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=EvidenceKind.choices)
    source = forms.CharField(label=_("Source"), max_length=160, help_text=_("An office, a place, a bank; no person."))
    description = forms.CharField(
        label=_("What it shows"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("Sealed.")
    )
    obtained_on = forms.DateField(label=_("Obtained on"), widget=DateInput)
    authority = forms.ModelChoiceField(
        label=_("Under which authority"), queryset=LawfulAuthority.objects.none(), required=False
    )
    sha256 = forms.CharField(label=_("SHA-256 of the file"), required=False, max_length=64)
    custodian = forms.CharField(
        label=_("Who has it now"), max_length=120, help_text=_("An office or function: the chain of custody begins.")
    )

    def __init__(self, *args: Any, investigation: Investigation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = LawfulAuthority.objects.filter(investigation=investigation)
        self.fields["authority"].queryset = found  # type: ignore[attr-defined]


class HandOverForm(forms.Form):
    from_hand = forms.CharField(label=_("From"), max_length=120)
    to_hand = forms.CharField(label=_("To"), max_length=120)
    at = forms.DateTimeField(label=_("When"), widget=DateTimeInput)
    reason = forms.CharField(label=_("Why"), max_length=200)
    intact = forms.BooleanField(label=_("The seal was whole, or the hash the same"), required=False, initial=True)


class DisclosureForm(forms.Form):
    status = forms.ChoiceField(label=_("Disclosure"), choices=DisclosureStatus.choices, widget=RadioTiles)


class AuthorityForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=AuthorityKind.choices, widget=RadioTiles)
    issuer = forms.CharField(label=_("Issued or received by"), max_length=160)
    reference = forms.CharField(label=_("Reference"), max_length=80)
    since = forms.DateField(label=_("In force from"), widget=DateInput)
    until = forms.DateField(label=_("Until"), required=False, widget=DateInput)
    covers = forms.CharField(
        label=_("Accounts and persons that it covers"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Sealed."),
    )
    secret = forms.BooleanField(
        label=_("Its existence is secret"), required=False, help_text=_("A report of a suspicion always is.")
    )


@reads(READ)
def elements(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = investigation_of(request, pk, "elements")
    told = []
    for party, assessment, supports in assessments(found.pk, parties(found.pk)):
        parts = []
        for one in assessment.findings:
            mine = [support for support in supports if support.element == one.element]
            parts.append(
                {
                    "name": ElementKind(one.element).label,
                    "badge": badge(HELD[one.held], tones.HELD[one.held]),
                    "why": one.why,
                    "supports": [(ElementCode(support.code).label, support) for support in mine],
                }
            )
        told.append(
            {"party": party, "parts": parts, "complete": assessment.complete, "consent": CONSENT[assessment.consent]}
        )
    context = {"investigation": found, "tabs": tabs(found, "elements"), "victims": told}
    return render(request, "prosecution/elements.html", context)


@acts(SUPPORT)
def support_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    victim = get_object_or_404(Party.objects.select_related("investigation"), pk=pk)
    found = victim.investigation
    sheet = Sheet(
        title=_("What holds an element"),
        submit=_("Note it"),
        back=address("elements", found.pk),
        crumbs=crumbs(found, (_("Elements"), address("elements", found.pk))),
        lead=victim.label,
    )

    def act(said: dict[str, Any]) -> None:
        element = next(kind for kind, codes in ELEMENTS.items() if said["code"] in codes)
        add_support(member=request.user, victim=victim, element=element, code=said["code"], item=said["item"])

    return form_page(request, sheet, SupportForm(sent(request), investigation=found), act)


@posts(REMOVE)
def support_remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    support = get_object_or_404(Support.objects.select_related("investigation"), pk=pk)
    remove_support(member=request.user, support=support)
    return redirect(address("elements", support.investigation_id))


@reads(READ)
def evidence(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = investigation_of(request, pk, "evidence")
    kept = chains(found.pk)
    rows = [
        (
            cells.link(address("item", one.pk), one.label),
            one.get_kind_display(),
            one.source,
            cells.secret() if one.secret else (one.authority or "–"),
            badge(_("withdrawn"), "neutral")
            if one.withdrawn_at
            else badge(one.get_disclosure_display(), tones.DISCLOSURE[one.disclosure]),  # type: ignore[index]
            badge(_("broken"), "danger") if wrong_with(kept.get(one.pk, [])) else badge(_("unbroken"), "safe"),
        )
        for one in items(found.pk)
    ]
    context = {
        "investigation": found,
        "tabs": tabs(found, "evidence"),
        "columns": [_("Item"), _("Kind"), _("Source"), _("Authority"), _("Disclosure"), _("Custody")],
        "rows": rows,
    }
    return render(request, "prosecution/evidence.html", context)


@acts(ITEM)
def item_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = investigation_of(request, pk)
    sheet = Sheet(
        title=_("Add an item of evidence"),
        submit=_("Add it"),
        back=address("evidence", found.pk),
        crumbs=crumbs(found, (_("Evidence"), address("evidence", found.pk))),
    )

    def act(said: dict[str, Any]) -> None:
        add_item(member=request.user, investigation=found, **said)

    initial = {"obtained_on": clock.now().date(), "custodian": str(request.user.agency)}
    return form_page(request, sheet, ItemForm(sent(request), investigation=found, initial=initial), act)


def _item(pk: UUID) -> EvidenceItem:
    return get_object_or_404(EvidenceItem.objects.select_related("investigation", "authority"), pk=pk)


@reads(READ)
def item(request: HttpRequest, pk: UUID) -> HttpResponse:
    one = _item(pk)
    read_investigation(member=request.user, investigation=one.investigation, part="item")
    chain = chains(one.investigation_id).get(one.pk, [])
    context = {
        "item": one,
        "investigation": one.investigation,
        "crumbs": crumbs(one.investigation, (_("Evidence"), address("evidence", one.investigation_id))),
        "description": opened(one.sealed_description)["description"],
        "chain": chain,
        "wrong": wrong_with(chain),
        "secret": cells.secret() if one.secret else "",
    }
    return render(request, "prosecution/item.html", context)


def _of_item(one: EvidenceItem, title: Any, submit: Any) -> Sheet:
    back = address("item", one.pk)
    return Sheet(title=title, submit=submit, back=back, crumbs=crumbs(one.investigation, (one.label, back)))


@acts(HAND_OVER)
def item_hand_over(request: HttpRequest, pk: UUID) -> HttpResponse:
    one = _item(pk)
    chain = chains(one.investigation_id).get(one.pk, [])

    def act(said: dict[str, Any]) -> None:
        hand_over(member=request.user, item=one, **said)

    initial = {"from_hand": chain[-1].to_hand if chain else "", "at": clock.now()}
    sheet = _of_item(one, _("Note a hand-over"), _("Note it"))
    return form_page(request, sheet, HandOverForm(sent(request), initial=initial), act)


@acts(DISCLOSURE)
def item_disclosure(request: HttpRequest, pk: UUID) -> HttpResponse:
    one = _item(pk)

    def act(said: dict[str, Any]) -> None:
        set_disclosure(member=request.user, item=one, **said)

    sheet = _of_item(one, _("Does the defence get it?"), _("Save"))
    return form_page(request, sheet, DisclosureForm(sent(request), initial={"status": one.disclosure}), act)


@posts(WITHDRAW)
def item_withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    one = _item(pk)
    withdraw_item(member=request.user, item=one)
    return redirect(address("item", one.pk))


@acts(AUTHORITY)
def authority_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = investigation_of(request, pk)
    sheet = Sheet(
        title=_("Record a lawful authority"),
        submit=_("Record it"),
        back=address("board", found.pk),
        crumbs=crumbs(found),
        lead=_("No statement is kept without one."),
    )

    def act(said: dict[str, Any]) -> None:
        record_authority(member=request.user, investigation=found, **said)

    return form_page(request, sheet, AuthorityForm(sent(request)), act)


@reads(READ)
def schedule(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What may be shown to the defence, for paper. Nothing that rests on a secret report stands in it."""
    found = investigation_of(request, pk, "schedule")
    rows = [
        (one.label, one.get_kind_display(), one.source, one.obtained_on, one.sha256[:16], one.get_disclosure_display())
        for one in disclosable(found.pk)
    ]
    columns = [_("Item"), _("Kind"), _("Source"), _("Obtained"), _("SHA-256, its beginning"), _("Disclosure")]
    context = {"investigation": found, "columns": columns, "rows": rows, "now": clock.now()}
    return render(request, "prosecution/schedule.html", context)
