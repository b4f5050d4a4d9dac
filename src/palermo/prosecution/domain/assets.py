"""Assets of an investigation: recorded, valued anew, and step by step from found to confiscated, each on an order."""

import datetime as dt

from django.db import transaction

from palermo.office import clock
from palermo.office.domain.acting import log
from palermo.office.domain.rights import allow
from palermo.office.enums import Role
from palermo.office.models import Member
from palermo.prosecution.domain.checks import amount_of, come, lock, next_number, order_of, said
from palermo.prosecution.domain.investigations import require_open
from palermo.prosecution.domain.sealed import sealed_json
from palermo.prosecution.enums import AssetKind, AssetState, StepKind
from palermo.prosecution.formats.statements.model import account_key
from palermo.prosecution.methods.confiscation import State, advance
from palermo.prosecution.methods.course import LIBERTY
from palermo.prosecution.methods.minor_units import as_text
from palermo.prosecution.models import Asset, AssetStep, Benefit, Investigation, LawfulAuthority, Party, Step
from palermo.prosecution.queries.assets import benefits, taken_of
from palermo.prosecution.queries.sealed import opened
from palermo.vocabulary.errors import Refusal

RECORD = allow("prosecution.record_asset", Role.INVESTIGATOR)
VALUE = allow("prosecution.value_asset", Role.INVESTIGATOR)
ADVANCE = allow("prosecution.advance_asset", Role.INVESTIGATOR)
BENEFIT = allow("prosecution.set_benefit", Role.INVESTIGATOR)

#: Steps that rest on an order in force.
_ON_ORDER = frozenset({AssetState.FROZEN, AssetState.SEIZED, AssetState.CONFISCATED})


@transaction.atomic
def record_asset(
    *,
    member: Member,
    investigation: Investigation,
    kind: str,
    what: str,
    currency: str,
    value: str,
    traced: str = "0",
    account: str = "",
    holder: Party | None = None,
    benefit_of: Party | None = None,
    on: dt.date,
    found_by: str,
) -> Asset:
    """Record something of value that was found.

    Args:
        what: what it is and where; sealed.
        value, traced: decimal text: what it would bring, and how much of it comes from the crime.
        account: as the ledger calls it, where it is the balance of an account or a wallet; sealed.
        holder: whose it is; a victim's money is protected, never taken.
        benefit_of: whose benefit it comes from, if another person's.
        found_by: the office that found it, or the finding that shows it.
    """
    require_open(member=member, investigation=investigation, verb=RECORD)
    if kind not in AssetKind.values:
        raise Refusal("this is no kind of asset", where="kind", remedy="Choose from the list.")
    _check_person(investigation, holder, "holder")
    _check_person(investigation, benefit_of, "benefit_of")
    come(on)
    amounts = _amounts(currency, value, traced)
    key = account_key(account) if account.strip() else ""
    _only_once(investigation, key)
    asset = Asset(
        agency=member.agency,
        investigation=investigation,
        number=next_number(Asset, investigation),
        kind=kind,
        currency=currency,
        value=amounts[0],
        traced=amounts[1],
        holder=holder,
        benefit_of=benefit_of,
        sealed_description=sealed_json(what=said(what, "what", "Say what it is and where."), account=key),
        recorded_at=clock.now(),
    )
    asset.save(force_insert=True)
    note_step(member=member, asset=asset, on=on, decided_by=found_by, amount=asset.value)
    log(RECORD, object_id=asset.pk, kind=kind)
    return asset


@transaction.atomic
def value_asset(*, member: Member, asset: Asset, value: str, traced: str, on: dt.date, decided_by: str) -> Asset:
    """Value an asset anew (an expert, a market, a new trace); what it was held to be worth before stays on record."""
    require_open(member=member, investigation=asset.investigation, verb=VALUE)
    lock(asset.investigation, asset, "state")
    if asset.state in (AssetState.CONFISCATED, AssetState.PAID):
        raise Refusal("it is confiscated", where="value", remedy="What it brings is said when it is shared.")
    come(on)
    asset.value, asset.traced = _amounts(asset.currency, value, traced)
    asset.save(update_fields=["value", "traced"])
    note_step(member=member, asset=asset, on=on, decided_by=decided_by, amount=asset.value, valuation=True)
    log(VALUE, object_id=asset.pk)
    return asset


@transaction.atomic
def advance_asset(
    *,
    member: Member,
    asset: Asset,
    state: str,
    on: dt.date,
    decided_by: str,
    order: LawfulAuthority | None = None,
    amount: str = "",
    note: str = "",
) -> AssetStep:
    """Take an asset one step on: frozen, seized, confiscated, released. To paid it comes by its shares alone.

    Args:
        order: on which it is frozen, seized or confiscated; it must be in force on the day.
        amount: decimal text, what the step covers; all of the asset if empty.
        note: who has it now and where (seized); without names.

    Raises:
        Refusal: the step does not follow; no order, or one that is not in force; more than the asset is worth; on a
            confiscation, an appeal that is open, a benefit that nobody recorded, or more than it in all.
    """
    require_open(member=member, investigation=asset.investigation, verb=ADVANCE)
    lock(asset.investigation, asset, "state", "value", "traced")
    if state not in AssetState.values or state == AssetState.PAID:
        raise Refusal("this is no step", where="state", remedy="It is paid when its shares are.")
    advance(State(asset.state), State(state))
    _follows(asset, on)
    if state in _ON_ORDER:
        order_of(order, asset.investigation, on)
    minor = amount_of(amount, asset.currency, "amount") if amount.strip() else asset.value
    if not 0 < minor <= asset.value:
        worth = as_text(asset.value, asset.currency)
        raise Refusal(f"the asset is worth {worth}", where="amount", remedy="Value it anew first, or correct it.")
    if state in _ON_ORDER:
        _not_a_victims(asset)
    if state == AssetState.SEIZED and not note.strip():
        raise Refusal("say who has it now, and where", where="note", remedy="An office and a place, no name.")
    if state == AssetState.CONFISCATED:
        _check_confiscation(asset, minor)
    asset.state = AssetState(state)
    asset.save(update_fields=["state"])
    step = note_step(member=member, asset=asset, on=on, decided_by=decided_by, amount=minor, order=order, note=note)
    log(ADVANCE, object_id=asset.pk, state=state)
    return step


@transaction.atomic
def set_benefit(
    *, member: Member, party: Party, currency: str, amount: str, returned: str = "0", basis: str, decided_by: str
) -> Benefit:
    """Record what a suspect obtained by the crime: the value that may be taken in all. The newest counts."""
    require_open(member=member, investigation=party.investigation, verb=BENEFIT)
    if party.is_victim:
        raise Refusal("this person is a victim here", where="party", remedy="See the person's role.")
    found = Benefit(
        agency=member.agency,
        investigation=party.investigation,
        party=party,
        currency=currency,
        amount=amount_of(amount, currency, "amount"),
        returned=amount_of(returned, currency, "returned"),
        basis=said(basis, "basis", "A court asks how it was reckoned."),
        decided_by=said(decided_by, "decided_by", "A court, prosecutor or office, no name."),
        recorded_at=clock.now(),
        recorded_by=member.pk,
    )
    found.save(force_insert=True)
    log(BENEFIT, object_id=party.pk)
    return found


def note_step(
    *,
    member: Member,
    asset: Asset,
    on: dt.date,
    decided_by: str,
    amount: int,
    currency: str = "",
    order: LawfulAuthority | None = None,
    note: str = "",
    valuation: bool = False,
) -> AssetStep:
    """Keep a step or a valuation of an asset as it now stands; verbs call it after their checks, before they log."""
    step = AssetStep(
        agency=member.agency,
        investigation=asset.investigation,
        asset=asset,
        state=asset.state,
        valuation=valuation,
        on=on,
        order=order,
        decided_by=said(decided_by, "decided_by", "A court, prosecutor or office, no name."),
        currency=currency or asset.currency,
        amount=amount,
        note=note.strip(),
        recorded_at=clock.now(),
        recorded_by=member.pk,
    )
    step.save(force_insert=True)
    return step


def _amounts(currency: str, value: str, traced: str) -> tuple[int, int]:
    worth, part = amount_of(value, currency, "value"), amount_of(traced, currency, "traced")
    if part > worth:
        raise Refusal("more comes from the crime than it is worth", where="traced", remedy="Give at most its value.")
    return worth, part


def _check_person(investigation: Investigation, party: Party | None, where: str) -> None:
    if party is not None and party.investigation_id != investigation.pk:
        raise Refusal("this person belongs to another investigation", where=where)
    if where == "benefit_of" and party is not None and party.is_victim:
        raise Refusal("this person is a victim here", where=where, remedy="Name who gained by the crime.")


def _only_once(investigation: Investigation, key: str) -> None:
    if not key:
        return
    for other in Asset.objects.filter(investigation=investigation):
        if opened(other.sealed_description).get("account") == key:
            raise Refusal(f"this account is recorded as {other.label}", where="account", remedy="Value that one anew.")


def _follows(asset: Asset, on: dt.date) -> None:
    come(on)
    last = AssetStep.objects.filter(asset=asset).order_by("-on").values_list("on", flat=True).first()
    if last is not None and on < last:
        raise Refusal("this is before the step that it follows", where="on", remedy="Correct the date.")


def _not_a_victims(asset: Asset) -> None:
    if asset.holder is not None and asset.holder.is_victim:
        raise Refusal(
            "this is a victim's, and is protected", where="state", remedy="Correct the holder if it is another's."
        )


def _check_confiscation(asset: Asset, minor: int) -> None:
    """A final decision, against somebody whose benefit is known, for no more than it in all."""
    against = asset.against
    if against is None:
        raise Refusal("nobody holds it", where="state", remedy="Record it with its holder, or whose benefit it is.")
    _check_final(against)
    key = against.pk, asset.currency
    benefit = benefits(asset.investigation_id).get(key)
    if benefit is None:
        raise Refusal(
            f"nobody has recorded what {against.label} obtained by the crime, in {asset.currency}",
            where="state",
            remedy="Record the benefit first.",
        )
    if asset.holder_id != against.pk and minor > asset.traced:
        part = as_text(asset.traced, asset.currency)
        raise Refusal(
            f"somebody else holds it, and {part} of it comes from the crime",
            where="amount",
            remedy="From others no more is taken than was traced to them.",
        )
    left = benefit.amount - benefit.returned - taken_of(asset.investigation_id).get(key, 0)
    if minor > left:
        rest = as_text(max(left, 0), asset.currency)
        raise Refusal(f"of the benefit {rest} is left to take", where="amount", remedy="No more than it is taken.")


def _check_final(party: Party) -> None:
    kinds = list(Step.objects.filter(party=party).order_by("on", "recorded_at").values_list("kind", flat=True))
    last = next((kind for kind in reversed(kinds) if kind not in LIBERTY), "")
    if last == StepKind.APPEALED:
        raise Refusal("an appeal is open", where="state", remedy="Confiscation waits for the final decision.")
