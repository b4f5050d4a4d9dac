"""Assets of an investigation: what there is, where each stands and on which order, and what may still be taken."""

from collections.abc import Callable
from operator import attrgetter
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from palermo.office import clock
from palermo.prosecution.domain.assets import (
    ADVANCE,
    BENEFIT,
    RECORD,
    VALUE,
    advance_asset,
    record_asset,
    set_benefit,
    value_asset,
)
from palermo.prosecution.domain.investigations import READ
from palermo.prosecution.enums import SUSPECTS, AssetKind, AssetState, AuthorityKind, ClaimState
from palermo.prosecution.methods.confiscation import NEXT, State
from palermo.prosecution.methods.minor_units import as_text
from palermo.prosecution.models import Analysis, Asset, Investigation, LawfulAuthority, Party
from palermo.prosecution.pages import cells, tones
from palermo.prosecution.pages.doors import (
    Sheet,
    acts,
    address,
    crumbs,
    form_page,
    investigation_of,
    party_of,
    reads,
    sent,
    tabs,
)
from palermo.prosecution.queries.assets import assets, orders_over, since, steps_of, takings, totals
from palermo.prosecution.queries.books import part_of
from palermo.prosecution.queries.freezing import with_holders
from palermo.prosecution.queries.investigations import accounts_of, parties
from palermo.prosecution.queries.restitution import Claimed, Shared, claims_of, shareable, sharings
from palermo.prosecution.queries.sealed import opened
from palermo.ui.components.status import badge
from palermo.ui.forms import DateInput
from palermo.vocabulary.errors import Refusal

AMOUNT = {"max_length": 20, "help_text": _("In figures, with a point: 1234.50")}


class OnOrder(forms.Form):
    """An order of this investigation, who decided, and when."""

    order = forms.ModelChoiceField(label=_("On which order"), queryset=LawfulAuthority.objects.none())
    decided_by = forms.CharField(
        label=_("Who decided"), max_length=160, help_text=_("The court, prosecutor or office: no name.")
    )
    on = forms.DateField(label=_("On"), widget=DateInput)

    def __init__(self, *args: Any, investigation: Investigation, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": clock.now().date(), **kwargs.pop("initial", {})}, **kwargs)
        found = LawfulAuthority.objects.filter(investigation=investigation, kind=AuthorityKind.ORDER)
        self.fields["order"].queryset = found  # type: ignore[attr-defined]


class AssetForm(forms.Form):
    kind = forms.ChoiceField(label=_("What it is"), choices=AssetKind.choices)
    what = forms.CharField(
        label=_("What and where"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}), help_text=_("Sealed.")
    )
    account = forms.CharField(
        label=_("Account or wallet, as the ledger calls it"),
        required=False,
        max_length=80,
        help_text=_("Sealed. By it a sharing finds what was traced into it."),
    )
    holder = forms.ModelChoiceField(label=_("Who holds it"), queryset=Party.objects.none(), required=False)
    benefit_of = forms.ModelChoiceField(
        label=_("Whose benefit it comes from, if another’s"), queryset=Party.objects.none(), required=False
    )
    currency = forms.CharField(label=_("Currency"), max_length=5, initial="EUR")
    value = forms.CharField(label=_("What it would bring"), **AMOUNT)
    traced = forms.CharField(label=_("Of it, what comes from the crime"), required=False, **AMOUNT)
    found_by = forms.CharField(label=_("Who found it, or what shows it"), max_length=160, help_text=_("No name."))
    on = forms.DateField(label=_("On"), widget=DateInput)

    def __init__(self, *args: Any, investigation: Investigation, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": clock.now().date(), **kwargs.pop("initial", {})}, **kwargs)
        found = Party.objects.filter(investigation=investigation)
        self.fields["holder"].queryset = self.fields["benefit_of"].queryset = found  # type: ignore[attr-defined]


class StepForm(OnOrder):
    state = forms.ChoiceField(label=_("Step"))
    amount = forms.CharField(label=_("For how much, if not all of it"), required=False, **AMOUNT)
    note = forms.CharField(
        label=_("Who has it now and where"), required=False, max_length=300, help_text=_("Needed when it is seized.")
    )
    field_order = ("state", "order", "decided_by", "on", "amount", "note")

    def __init__(self, *args: Any, now: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["order"].required = False
        self.fields["order"].help_text = _("A release may rest on the end of one.")
        allowed = [state for state in NEXT[State(now)] if state != State.PAID]
        self.fields["state"].choices = [(s.value, AssetState(s).label) for s in allowed]  # type: ignore[attr-defined]


class ValueForm(forms.Form):
    value = forms.CharField(label=_("What it would bring"), **AMOUNT)
    traced = forms.CharField(label=_("Of it, what comes from the crime"), required=False, **AMOUNT)
    decided_by = forms.CharField(label=_("Who valued it"), max_length=160, help_text=_("No name."))
    on = forms.DateField(label=_("On"), widget=DateInput)


class BenefitForm(forms.Form):
    currency = forms.CharField(label=_("Currency"), max_length=5, initial="EUR")
    amount = forms.CharField(label=_("What was obtained by the crime"), **AMOUNT)
    returned = forms.CharField(label=_("Of it, what went back to victims already"), required=False, **AMOUNT)
    basis = forms.CharField(
        label=_("How it was reckoned"), max_length=300, help_text=_("A trace, net worth, deposits. Without names.")
    )
    decided_by = forms.CharField(label=_("Who decided"), max_length=160)


def _assets(known: list[Asset], steps: dict[UUID, Any]) -> list[tuple[Any, ...]]:
    over = orders_over(known, steps, clock.now().date())
    return [
        (
            cells.link(address("asset", one.pk), one.label),
            one.get_kind_display(),
            cells.party(one.holder),
            cells.money(one.value, one.currency),
            cells.money(one.traced, one.currency),
            badge(one.get_state_display(), tones.ASSET[AssetState(one.state)]),
            since(steps[one.pk]),
            badge(_("its order is over"), "danger") if one.pk in over else "–",
        )
        for one in known
    ]


def _takings(found: Investigation, known: list[Asset]) -> list[dict[str, Any]]:
    """For each benefit what may be taken, asset by asset."""
    told = []
    for one in takings(found.pk, known):
        unit = one.benefit.currency
        told.append(
            {
                "party": one.benefit.party,
                "basis": one.benefit.basis,
                "facts": [
                    (_("Obtained"), cells.money(one.benefit.amount, unit), one.benefit.decided_by),
                    (_("Gone back"), cells.money(one.benefit.returned, unit), _("to victims, by another way")),
                    (_("Confiscated"), cells.money(one.taken, unit)),
                    (_("Not covered"), cells.money(one.order.short, unit), _("by any asset in hand")),
                ],
                "rows": [
                    *((name, _("in kind: it comes from the crime"), cells.money(part, unit))
                      for name, part in one.order.in_kind.items()),
                    *((name, _("by value, in place of what is lacking"), cells.money(part, unit))
                      for name, part in one.order.by_value.items()),
                ],
            }
        )  # fmt: skip
    return told


def _claims(claims: list[Claimed]) -> list[tuple[Any, ...]]:
    return [
        (
            cells.link(address("claim_decide", one.claim.pk), one.claim.label),
            cells.party(one.claim.party),
            _through(one),
            cells.money(one.claim.amount, one.claim.currency),
            *(as_text(minor, one.claim.currency) for minor in (one.claim.approved, one.shared, one.paid)),
            badge(one.claim.get_state_display(), tones.CLAIM[ClaimState(one.claim.state)]),
        )
        for one in claims
    ]


def _through(one: Claimed) -> Any:
    if one.claim.through == "court":
        return _("court or prosecutor")
    return badge(one.link.reference, "safe", "link") if one.link else badge(_("the link is dark"), "danger")


def _sums(claims: list[Claimed], minor: Callable[[Claimed], int]) -> str:
    found: dict[str, int] = {}
    for one in claims:
        found[one.claim.currency] = found.get(one.claim.currency, 0) + minor(one)
    return cells.sums(found)


def _sharings(shared: list[Shared]) -> list[tuple[Any, ...]]:
    return [
        (
            cells.link(address("sharing", one.sharing.pk), one.sharing.label),
            one.sharing.on,
            one.sharing.get_way_display(),
            cells.money(one.sharing.recovered, one.sharing.currency),
            badge(_("withdrawn")) if one.sharing.withdrawn_at else _paid(one),
        )
        for one in shared
    ]


def _paid(one: Shared) -> Any:
    standing = [share for share in one.shares if not share.withdrawn_at]
    done = sum(1 for share in standing if share.paid_on)
    words = _("%(done)d of %(all)d paid") % {"done": done, "all": len(standing)}
    return badge(words, "safe" if done == len(standing) else "warn")


@reads(READ)
def asset_list(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Everything of value, what may be taken of it, who claims, and how it was shared."""
    found = investigation_of(request, pk, "assets")
    known, steps, claims = list(assets(pk)), steps_of(pk), claims_of(pk)
    context = {
        "investigation": found,
        "tabs": tabs(found, "assets"),
        "stand": [
            (_("Frozen or seized"), cells.sums(totals(known, steps, AssetState.FROZEN, AssetState.SEIZED))),
            (_("Confiscated"), cells.sums(totals(known, steps, AssetState.CONFISCATED)), _("not yet paid out")),
            (_("Paid to victims"), _sums(claims, attrgetter("paid"))),
            (_("Owed to victims"), _sums(claims, attrgetter("owed")), _("approved and not paid")),
        ],
        "waits": any(one.waits for one in claims),
        "asset_columns": [
            _("Asset"), _("Kind"), _("Holder"), _("Would bring"), _("From the crime"), _("State"), _("Since"), "",
        ],
        "assets": _assets(known, steps),
        "takings": _takings(found, known),
        "taking_columns": [_("Asset"), _("How"), _("At most")],
        "suspects": [one for one in parties(pk) if set(one.roles) & SUSPECTS and not one.is_victim],
        "claim_columns": [
            _("Claim"), _("Victim"), _("Through"), _("Claimed"), _("Approved"), _("Shared"), _("Paid"), _("State"),
        ],
        "claims": _claims(claims),
        "sharing_columns": [_("Sharing"), _("On"), _("Way"), _("Recovered"), ""],
        "sharings": _sharings(sharings(pk)),
        "to_share": bool(shareable(pk)),
    }  # fmt: skip
    return render(request, "prosecution/assets.html", context)


def _sheet(found: Investigation, title: Any, submit: Any, **more: Any) -> Sheet:
    back = more.pop("back", address("assets", found.pk))
    way = crumbs(found, (_("Assets"), address("assets", found.pk)), *more.pop("above", ()))
    return Sheet(title=title, submit=submit, back=back, crumbs=way, **more)


@acts(RECORD)
def asset_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Record something of value; from a freeze list its line is filled in."""
    found = investigation_of(request, pk)
    sheet = _sheet(found, _("Record something of value"), _("Record it"))

    def act(said: dict[str, Any]) -> str:
        return address("asset", record_asset(member=request.user, investigation=found, **said).pk)

    form = AssetForm(sent(request), investigation=found, initial=_from_freeze_list(request, found))
    return form_page(request, sheet, form, act)


def _from_freeze_list(request: HttpRequest, found: Investigation) -> dict[str, Any]:
    """What a line of a freeze list says, so that nobody copies an account by hand; nothing where there is none."""
    try:
        asked, place = UUID(request.GET.get("from", "")), int(request.GET.get("line", ""))
        one = Analysis.objects.get(pk=asked, investigation=found)
        told = part_of(one, "survivors")
        line = with_holders(told["freeze"], accounts_of(found.pk))[place - 1]
    except (ValueError, IndexError, Analysis.DoesNotExist, Refusal):
        return {}
    words = str(_("Balance of %(account)s")) % {"account": line.account}
    said = {"kind": AssetKind.ACCOUNT, "what": words, "account": line.account, "currency": told["currency"]}
    return said | {
        "value": line.balance,
        "traced": line.sure,
        "holder": line.party,
        "found_by": str(_("Trace under every rule")),
    }


def _asset(pk: UUID) -> Asset:
    return get_object_or_404(
        Asset.objects.select_related("investigation", "investigation__agency", "holder", "benefit_of"), pk=pk
    )


@reads(READ)
def asset(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One asset: what it is, and each step with its order, day, amount and who decided."""
    one = _asset(pk)
    found = investigation_of(request, one.investigation_id, "asset")
    said, steps = opened(one.sealed_description), steps_of(found.pk)
    facts = [
        (_("What and where"), said["what"]),
        (_("Account or wallet"), cells.whole(said["account"]) if said["account"] else "–"),
        (_("Holder"), cells.party(one.holder)),
        (_("Whose benefit"), cells.party(one.against)),
        (_("Would bring"), cells.money(one.value, one.currency)),
        (_("From the crime"), cells.money(one.traced, one.currency)),
    ]
    rows = [
        (
            _("Valued anew") if step.valuation else step.get_state_display(),
            step.on,
            cells.money(step.amount, step.currency),
            step.order.reference if step.order else "–",
            step.decided_by,
            step.note or "–",
        )
        for step in steps[one.pk]
    ]
    context = {
        "asset": one,
        "investigation": found,
        "crumbs": crumbs(found, (_("Assets"), address("assets", found.pk))),
        "state": badge(one.get_state_display(), tones.ASSET[AssetState(one.state)]),
        "over": one.pk in orders_over([one], steps, clock.now().date()),
        "facts": facts,
        "columns": [_("Step"), _("On"), _("Amount"), _("Order"), _("Decided by"), _("Note")],
        "rows": rows,
        "may_step": any(state != State.PAID for state in NEXT[State(one.state)]),
    }
    return render(request, "prosecution/asset.html", context)


@acts(ADVANCE)
def asset_step(request: HttpRequest, pk: UUID) -> HttpResponse:
    one = _asset(pk)
    found = one.investigation
    sheet = _sheet(
        found,
        _("Record a step"),
        _("Record it"),
        back=address("asset", one.pk),
        above=((one.label, address("asset", one.pk)),),
        lead=f"{one.label}: {one.get_state_display()}",
        notice=_(
            "Frozen, seized and confiscated rest on an order in force on the day. Confiscation needs a final decision, "
            "and takes no more than the benefit. An asset is paid out when its shares are, victims first."
        ),
    )

    def act(said: dict[str, Any]) -> None:
        advance_asset(member=request.user, asset=one, **said)

    return form_page(request, sheet, StepForm(sent(request), investigation=found, now=one.state), act)


@acts(VALUE)
def asset_value(request: HttpRequest, pk: UUID) -> HttpResponse:
    one = _asset(pk)
    above = ((one.label, address("asset", one.pk)),)
    sheet = _sheet(one.investigation, _("Value it anew"), _("Keep it"), back=address("asset", one.pk), above=above)

    def act(said: dict[str, Any]) -> None:
        value_asset(member=request.user, asset=one, **said)

    initial = {"value": as_text(one.value, one.currency), "traced": as_text(one.traced, one.currency)}
    form = ValueForm(sent(request), initial={**initial, "on": clock.now().date()})
    return form_page(request, sheet, form, act)


@acts(BENEFIT)
def benefit_set(request: HttpRequest, pk: UUID) -> HttpResponse:
    party = party_of(pk)
    lead = _("What %(person)s obtained by the crime: no more than it is taken in all. The newest record counts.")
    sheet = _sheet(
        party.investigation, _("What was obtained by the crime"), _("Record it"), lead=lead % {"person": party.label}
    )

    def act(said: dict[str, Any]) -> None:
        set_benefit(member=request.user, party=party, **said)

    return form_page(request, sheet, BenefitForm(sent(request)), act)
