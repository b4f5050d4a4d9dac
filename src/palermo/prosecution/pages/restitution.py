"""Victims' claims, and what was recovered shared among them: each share, how it came about, and when it was paid."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from palermo.office import clock
from palermo.prosecution.domain.claims import DECIDE, MAKE, WITHDRAW, decide_claim, make_claim, withdraw_claim
from palermo.prosecution.domain.investigations import READ
from palermo.prosecution.domain.sharing import ANEW, PAY, SHARE, pay_share, share_out, share_rest, withdraw_sharing
from palermo.prosecution.domain.sharing import WITHDRAW as WITHDRAW_SHARING
from palermo.prosecution.enums import ClaimThrough, Payee, PersonRole, ShareWay
from palermo.prosecution.methods.minor_units import as_text
from palermo.prosecution.methods.restitution import WAYS, Part, Way
from palermo.prosecution.models import Asset, Investigation, Party, Share, Sharing, VictimClaim
from palermo.prosecution.pages import cells
from palermo.prosecution.pages.assets import AMOUNT, OnOrder
from palermo.prosecution.pages.doors import Sheet, acts, address, crumbs, form_page, investigation_of, reads, sent
from palermo.prosecution.queries.restitution import Shared, shareable, sharings, victims_wait
from palermo.ui.components.status import badge
from palermo.ui.forms import DateInput, RadioTiles


class ClaimForm(forms.Form):
    party = forms.ModelChoiceField(label=_("Victim"), queryset=Party.objects.none())
    through = forms.ChoiceField(
        label=_("Through whom"), choices=ClaimThrough.choices, widget=RadioTiles, initial=ClaimThrough.COURT
    )
    currency = forms.CharField(label=_("Currency"), max_length=5, initial="EUR")
    amount = forms.CharField(label=_("How much is claimed"), **AMOUNT)
    ground = forms.CharField(
        label=_("For what"), max_length=200, help_text=_("Wages withheld, fees paid, harm: without names.")
    )
    made_on = forms.DateField(label=_("Made on"), widget=DateInput)

    def __init__(self, *args: Any, investigation: Investigation, **kwargs: Any) -> None:
        super().__init__(*args, initial={"made_on": clock.now().date()}, **kwargs)
        victims = Party.objects.filter(investigation=investigation, roles__contains=[PersonRole.VICTIM])
        self.fields["party"].queryset = victims  # type: ignore[attr-defined]


class DecideForm(forms.Form):
    approved = forms.CharField(label=_("How much is approved"), max_length=20, help_text=_("0 refuses the claim."))
    decided_by = forms.CharField(
        label=_("Who decided"), max_length=160, help_text=_("The court or prosecutor: no name.")
    )
    decided_on = forms.DateField(label=_("Decided on"), widget=DateInput)


RATES: dict[str, Any] = {
    "label": _("Dated rates, for claims in other currencies"),
    "required": False,
    "max_length": 4000,
    "widget": forms.Textarea(attrs={"rows": 3}),
    "help_text": _(
        "One a line: date, from, to, rate. For example 2026-01-31, USD, EUR, 0.9223. The last on or before the day "
        "counts; a claim without a rate takes no part, and waits."
    ),
}


class ShareForm(OnOrder):
    way = forms.ChoiceField(
        label=_("How it is shared"), choices=ShareWay.choices, widget=RadioTiles, initial=ShareWay.PARI_PASSU
    )
    currency = forms.CharField(label=_("Currency"), max_length=5, initial="EUR")
    costs = forms.CharField(label=_("Costs of keeping and selling"), required=False, **AMOUNT)
    rates = forms.CharField(**RATES)

    def __init__(self, *args: Any, known: list[Asset], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [f"brought_{one.pk}" for one in known]
        for name, one in zip(names, known, strict=True):
            label = _("%(asset)s brought") % {"asset": one.label}
            self.fields[name] = forms.CharField(label=label, required=False, **AMOUNT)
        self.order_fields([*names, "currency", "way", "costs", "rates", "order", "decided_by", "on"])


class RestForm(OnOrder):
    rates = forms.CharField(**RATES)


class PayForm(forms.Form):
    on = forms.DateField(label=_("Paid on"), widget=DateInput)
    reference = forms.CharField(label=_("Reference of the payment"), max_length=80, help_text=_("No name."))


def _sheet(found: Investigation, title: Any, submit: Any, *, back: str = "", **more: Any) -> Sheet:
    above = address("assets", found.pk)
    return Sheet(title=title, submit=submit, back=back or above, crumbs=crumbs(found, (_("Assets"), above)), **more)


@acts(MAKE)
def claim_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = investigation_of(request, pk)
    lead = _("A victim is known here by number. Through those who protect the person only while consent stands.")
    sheet = _sheet(found, _("Note a victim’s claim"), _("Note it"), lead=lead)

    def act(said: dict[str, Any]) -> None:
        make_claim(member=request.user, investigation=found, **said)

    return form_page(request, sheet, ClaimForm(sent(request), investigation=found), act)


def _claim(pk: UUID) -> VictimClaim:
    return get_object_or_404(
        VictimClaim.objects.select_related("investigation", "investigation__agency", "party"), pk=pk
    )


@acts(DECIDE)
def claim_decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One claim: what it is for, and how it was decided."""
    one = _claim(pk)
    found = one.investigation
    lead = f"{one.party.label} · {cells.money(one.amount, one.currency)} · {one.ground}"
    sheet = _sheet(found, _("Claim %(claim)s") % {"claim": one.label}, _("Note the decision"), lead=lead)

    def act(said: dict[str, Any]) -> None:
        decide_claim(member=request.user, claim=one, **said)

    approved = as_text(one.approved or one.amount, one.currency)
    initial = {"approved": approved, "decided_on": one.decided_on or clock.now().date(), "decided_by": one.decided_by}
    form = DecideForm(sent(request), initial=initial)
    return form_page(request, sheet, form, act, template="prosecution/claim.html", claim=one)


@acts(WITHDRAW)
def claim_withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    one = _claim(pk)
    lead = _("Only the victim withdraws a claim. Nothing is shared to it after that.")
    sheet = _sheet(one.investigation, _("The victim withdrew the claim"), _("Note it"), lead=lead, danger=True)

    def act(_said: dict[str, Any]) -> None:
        withdraw_claim(member=request.user, claim=one)

    return form_page(request, sheet, forms.Form(sent(request)), act)


@acts(SHARE)
def share_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Share what confiscated assets brought."""
    found = investigation_of(request, pk)
    known = shareable(pk)
    sheet = _sheet(
        found,
        _("Share what was recovered"),
        _("Share it"),
        lead=_("Among the approved claims first; what is left bears the costs, and the rest is the State’s."),
        notice=_(
            "By loss: each claim in proportion to what is open of it. Rolling charge: each account by what the pro "
            "rata trace finds of each claim in it, and the rest by loss. Which applies is a choice of law."
        ),
    )

    def act(said: dict[str, Any]) -> str:
        brought = {one: text for one in known if (text := said.pop(f"brought_{one.pk}").strip())}
        return address("sharing", share_out(member=request.user, investigation=found, brought=brought, **said).pk)

    return form_page(request, sheet, ShareForm(sent(request), investigation=found, known=known), act)


def _sharing(pk: UUID) -> Sharing:
    return get_object_or_404(
        Sharing.objects.select_related("investigation", "investigation__agency", "order", "rest_of"), pk=pk
    )


def why(part: Part) -> Any:
    """How a part came about, beside its weight."""
    whole, rest = part.exact
    if part.paid == part.cap and whole >= part.cap:
        return _("in full: all that is open")
    if part.paid == whole:
        return _("rounded down") if rest else _("exact")
    if part.paid == whole + 1 and rest:
        return _("rounded up: largest remainder")
    return _("more, since other claims were full")


def _parts(shared: Shared, unit: str) -> list[tuple[Any, ...]]:
    parts = [Part(**one) for one in shared.told["parts"]]
    return [
        (
            cells.whole(part.source) if part.source else _("all together"),
            part.claim,
            as_text(part.sum, unit),
            as_text(part.weight, unit),
            as_text(part.weights, unit),
            f"{as_text(part.exact[0], unit)}{'…' if part.exact[1] else ''}",
            as_text(part.paid, unit),
            why(part),
        )
        for part in parts
    ]


def _shares(shared: Shared, *, waits: bool) -> list[tuple[Any, ...]]:
    unit = shared.sharing.currency
    rows = []
    for one in shared.shares:
        whom = one.get_payee_display() if one.claim is None else f"{one.claim.label} · {one.claim.party.label}"
        state: Any
        if one.withdrawn_at:
            state = badge(_("withdrawn"))
        elif one.paid_on:
            state = badge(_("paid"), "safe")
        elif one.payee != Payee.VICTIM and waits:
            state = badge(_("waits: victims first"), "warn")
        else:
            state = cells.link(address("share_pay", one.pk), _("Note the payment"))
        settles = cells.money(one.settles, one.claim.currency) if one.claim else "–"
        rate = _("%(rate)s of %(day)s") % {"rate": one.rate, "day": one.rate_of} if one.rate else "–"
        rows.append((whom, as_text(one.amount, unit), settles, rate, one.paid_on or "–", one.reference or "–", state))
    return rows


@reads(READ)
def sharing(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One sharing: what was recovered, each share and how it came about."""
    one = _sharing(pk)
    found = investigation_of(request, one.investigation_id, "sharing")
    (shared,) = sharings(found.pk, only=one.pk)
    waits, unit = victims_wait(found.pk), one.currency
    rest = [part for part in shared.shares if part.payee != Payee.VICTIM and not (part.paid_on or part.withdrawn_at)]
    context = {
        "sharing": one,
        "investigation": found,
        "crumbs": crumbs(found, (_("Assets"), address("assets", found.pk))),
        "unit": unit,
        "waits": waits,
        "rest": bool(rest) and waits,
        "touched": shared.touched or one.rest_of is not None,
        "facts": [
            (_("Recovered"), cells.money(one.recovered, unit)),
            (_("Costs"), cells.money(one.costs, unit), _("borne by what victims leave")),
            (_("Way"), one.get_way_display(), WAYS[Way(one.way)]),
            (_("Order"), one.order.reference, one.order.issuer),
            (_("Decided by"), one.decided_by),
            (_("On"), one.on),
        ],
        "recovered": [
            (cells.link(address("asset", part.asset_id), part.asset.label), part.asset.get_kind_display(),
             as_text(part.amount, unit))
            for part in shared.recovered
        ],
        "recovered_columns": [_("Asset"), _("Kind"), _("Brought")],
        "shares": _shares(shared, waits=waits),
        "share_columns": [
            _("To whom"), _("Amount"), _("Settles of the claim"), _("Rate"), _("Paid on"), _("Reference"), "",
        ],
        "converted": [
            (part["claim"], cells.money(part["open"], part["currency"]), part["rate"], part["of"],
             as_text(part["counts"], unit))
            for part in shared.told.get("converted", [])
        ],
        "converted_columns": [_("Claim"), _("Open"), _("Rate"), _("Rate of"), _("Counts as")],
        "parts": _parts(shared, unit),
        "part_columns": [
            _("From"), _("Claim"), _("Sum"), _("Weight"), _("Of all"), _("By weight"),
            _("Share"), _("Why"),
        ],
    }  # fmt: skip
    return render(request, "prosecution/sharing.html", context)


@acts(ANEW)
def sharing_rest(request: HttpRequest, pk: UUID) -> HttpResponse:
    one = _sharing(pk)
    lead = _("What is not paid for costs and to the State goes to claims that were approved since, by loss.")
    sheet = _sheet(one.investigation, _("Share the rest anew"), _("Share it"), back=address("sharing", pk), lead=lead)

    def act(said: dict[str, Any]) -> str:
        return address("sharing", share_rest(member=request.user, sharing=one, **said).pk)

    return form_page(request, sheet, RestForm(sent(request), investigation=one.investigation), act)


@acts(WITHDRAW_SHARING)
def sharing_withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    one = _sharing(pk)
    lead = _("Only while nothing of it is paid. Its assets may then be shared again.")
    title = _("Withdraw the sharing")
    sheet = _sheet(one.investigation, title, title, back=address("sharing", pk), lead=lead, danger=True)

    def act(_said: dict[str, Any]) -> None:
        withdraw_sharing(member=request.user, sharing=one)

    return form_page(request, sheet, forms.Form(sent(request)), act)


@acts(PAY)
def share_pay(request: HttpRequest, pk: UUID) -> HttpResponse:
    one = get_object_or_404(
        Share.objects.select_related("investigation", "investigation__agency", "sharing", "claim__party"), pk=pk
    )
    whom = f"{one.claim.label} · {one.claim.party.label}" if one.claim else one.get_payee_display()
    sheet = _sheet(
        one.investigation,
        _("Note the payment"),
        _("Note it"),
        back=address("sharing", one.sharing_id),
        lead=f"{whom} · {cells.money(one.amount, one.sharing.currency)}",
        notice=_("Costs and the State are paid when every victim’s claim is decided and paid in full."),
    )

    def act(said: dict[str, Any]) -> None:
        pay_share(member=request.user, share=one, **said)

    return form_page(request, sheet, PayForm(sent(request), initial={"on": clock.now().date()}), act)
