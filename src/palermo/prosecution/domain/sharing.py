"""To share what confiscated assets brought: victims first, then costs, then the State; and to pay each share."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from django.db import transaction

from palermo.office import clock
from palermo.office.domain.acting import log
from palermo.office.domain.rights import allow
from palermo.office.enums import Role
from palermo.office.models import Member
from palermo.prosecution.domain.assets import note_step
from palermo.prosecution.domain.checks import amount_of, come, lock, next_number, order_of, said
from palermo.prosecution.domain.investigations import require_open
from palermo.prosecution.domain.sealed import sealed_json
from palermo.prosecution.enums import AssetState, ClaimState, ClaimThrough, Payee, ShareWay
from palermo.prosecution.formats.rates import rates_in
from palermo.prosecution.methods.confiscation import pay_out
from palermo.prosecution.methods.restitution import Restitution
from palermo.prosecution.models import Asset, Investigation, LawfulAuthority, Recovered, Share, Sharing
from palermo.prosecution.queries.restitution import (
    Owed,
    claims_of,
    link_stands,
    owed_in_currency,
    shared_by,
    shared_by_loss,
    victims_wait,
)
from palermo.vocabulary.errors import Refusal

SHARE = allow("prosecution.share_out", Role.INVESTIGATOR)
ANEW = allow("prosecution.share_rest", Role.INVESTIGATOR)
WITHDRAW = allow("prosecution.withdraw_sharing", Role.INVESTIGATOR)
PAY = allow("prosecution.pay_share", Role.INVESTIGATOR)


@dataclass(frozen=True)
class _Terms:
    """What an order of sharing says."""

    way: str
    currency: str
    recovered: int
    costs: int
    order: LawfulAuthority | None
    decided_by: str
    on: dt.date
    rest_of: Sharing | None = None


@transaction.atomic
def share_out(
    *,
    member: Member,
    investigation: Investigation,
    brought: Mapping[Asset, str],
    currency: str,
    way: str,
    costs: str = "0",
    rates: str = "",
    order: LawfulAuthority | None,
    decided_by: str,
    on: dt.date,
) -> Sharing:
    """Share what assets brought among the approved claims; what is left bears the costs, then is the State's.

    Args:
        brought: by asset, decimal text in `currency`: what it was sold for, or the balance that was paid over.
        way: one of `ShareWay`; a choice of law, which the order names.
        costs: of keeping and selling; they never lessen what victims get.
        rates: dated rates as lines (`formats.rates.rates_in`); claims in other currencies take part at the last rate on
            or before the day. A claim without one takes no part, and waits.

    Raises:
        Refusal: an asset that is not confiscated or was shared already; a claim that nobody has decided; no order.
    """
    require_open(member=member, investigation=investigation, verb=SHARE)
    lock(investigation)
    if not brought:
        raise Refusal("say what was recovered", where="brought", remedy="Give what each confiscated asset brought.")
    amounts = {asset: _brought(investigation, asset, text, currency) for asset, text in brought.items()}
    owed = _owed(investigation, currency, rates, on)
    if way not in ShareWay.values:
        raise Refusal("this is no way of sharing", where="way", remedy="Choose from the list.")
    done = shared_by(way, investigation, amounts, owed, currency)
    terms = _Terms(way, currency, sum(amounts.values()), amount_of(costs, currency, "costs"), order, decided_by, on)
    sharing = _sharing(member, investigation, done, terms, owed)
    Recovered.objects.bulk_create(
        Recovered(agency=member.agency, investigation=investigation, sharing=sharing, asset=asset, amount=amount)
        for asset, amount in amounts.items()
    )
    _give(member, sharing, done, owed)
    log(SHARE, object_id=sharing.pk, way=way, claims=len(owed))
    return sharing


@transaction.atomic
def share_rest(
    *,
    member: Member,
    sharing: Sharing,
    order: LawfulAuthority | None,
    decided_by: str,
    on: dt.date,
    rates: str = "",
) -> Sharing:
    """Share anew, by loss, what of a sharing is not paid for costs and to the State, since more is owed to victims."""
    investigation = sharing.investigation
    require_open(member=member, investigation=investigation, verb=ANEW)
    lock(investigation)
    rest = list(Share.objects.filter(sharing=sharing, paid_on=None, withdrawn_at=None).exclude(payee=Payee.VICTIM))
    owed = _owed(investigation, sharing.currency, rates, on)
    if not rest or not owed:
        what = "no approved claim is open" if rest else "nothing of it is left for costs or the State"
        raise Refusal(what, where="sharing", remedy="There is nothing to share anew.")
    now = clock.now()
    Share.objects.filter(pk__in=[one.pk for one in rest]).update(withdrawn_at=now)
    total = sum(one.amount for one in rest)
    costs = sum(one.amount for one in rest if one.payee == Payee.COSTS)
    done = shared_by_loss(total, owed)
    terms = _Terms(ShareWay.PARI_PASSU, sharing.currency, total, costs, order, decided_by, on, sharing)
    again = _sharing(member, investigation, done, terms, owed)
    _give(member, again, done, owed)
    log(ANEW, object_id=again.pk, claims=len(owed))
    return again


@transaction.atomic
def withdraw_sharing(*, member: Member, sharing: Sharing) -> None:
    """Withdraw a sharing of which nothing is paid (a mistake, or another order); its assets may be shared again."""
    require_open(member=member, investigation=sharing.investigation, verb=WITHDRAW)
    lock(sharing.investigation, sharing, "withdrawn_at")
    if sharing.withdrawn_at:
        raise Refusal("this sharing was withdrawn", where="sharing", remedy="Look at it again.")
    if Share.objects.filter(sharing=sharing).exclude(paid_on=None).exists():
        raise Refusal("something of it is paid", where="sharing", remedy="Share the rest anew instead.")
    if sharing.rest_of_id or Sharing.objects.filter(rest_of=sharing, withdrawn_at=None).exists():
        raise Refusal("it stands with another sharing", where="sharing", remedy="Pay it, or share its rest anew.")
    now = clock.now()
    Share.objects.filter(sharing=sharing, withdrawn_at=None).update(withdrawn_at=now)
    Sharing.objects.filter(pk=sharing.pk, withdrawn_at=None).update(withdrawn_at=now)
    log(WITHDRAW, object_id=sharing.pk)


@transaction.atomic
def pay_share(*, member: Member, share: Share, on: dt.date, reference: str) -> Share:
    """Note that a share was paid. When all shares of an asset's sharing are, the asset is paid out.

    Raises:
        Refusal: it is paid or withdrawn; victims wait, and it is not a victim's; the consent through which it was
            claimed stands no longer.
    """
    investigation = share.investigation
    require_open(member=member, investigation=investigation, verb=PAY)
    lock(investigation, share, "paid_on", "withdrawn_at")
    if share.paid_on or share.withdrawn_at:
        raise Refusal("this share is paid, or was withdrawn", where="share", remedy="Look at the sharing again.")
    if on > clock.now().date() or on < share.sharing.on:
        raise Refusal("this is no day on which it was paid", where="on", remedy="From the day of the sharing to today.")
    _check_payee(share)
    share.paid_on, share.paid_by = on, member.pk
    share.reference = said(reference, "reference", "As the paying office calls the payment.")
    share.save(update_fields=["paid_on", "reference", "paid_by"])
    log(PAY, object_id=share.pk, payee=share.payee)
    _close_assets(member, share.sharing, on)
    return share


def _check_payee(share: Share) -> None:
    if share.payee != Payee.VICTIM:
        if victims_wait(share.investigation_id):
            raise Refusal(
                "a victim's claim is undecided or not paid in full",
                where="share",
                remedy="Victims are paid before the State: decide and pay their claims, or share the rest anew.",
            )
        return
    claim = share.claim
    if claim is not None and claim.through == ClaimThrough.LINK and not link_stands(claim.party):
        raise Refusal(
            "the consent through which this was claimed stands no longer",
            where="share",
            remedy="Keep the share for the person: it is paid when consent stands again, or the person asks the court.",
        )


def _brought(investigation: Investigation, asset: Asset, text: str, currency: str) -> int:
    asset.refresh_from_db(fields=["state"])
    if asset.investigation_id != investigation.pk or asset.state != AssetState.CONFISCATED:
        raise Refusal(f"{asset.label} is not confiscated", where="brought", remedy="Nothing else is paid out.")
    if Recovered.objects.filter(asset=asset, sharing__withdrawn_at=None).exists():
        raise Refusal(f"{asset.label} was shared already", where="brought", remedy="Withdraw that sharing first.")
    return amount_of(text, currency, "brought", least=1)


def _owed(investigation: Investigation, currency: str, rates: str, on: dt.date) -> list[Owed]:
    known = claims_of(investigation.pk)
    waiting = [one.claim.label for one in known if one.claim.state == ClaimState.MADE]
    if waiting:
        raise Refusal(
            f"nobody has decided yet on {', '.join(waiting)}", where="", remedy="Note the decision on each claim first."
        )
    return owed_in_currency(known, currency, rates_in(rates, where="rates"), on)


def _sharing(
    member: Member, investigation: Investigation, done: Restitution, terms: _Terms, owed: list[Owed]
) -> Sharing:
    come(terms.on)
    order = order_of(terms.order, investigation, terms.on)
    sharing = Sharing(
        agency=member.agency,
        investigation=investigation,
        number=next_number(Sharing, investigation),
        way=terms.way,
        currency=terms.currency,
        recovered=terms.recovered,
        costs=terms.costs,
        rest_of=terms.rest_of,
        order=order,
        decided_by=said(terms.decided_by, "decided_by", "A court or prosecutor, no name."),
        on=terms.on,
        sealed_told=sealed_json(
            parts=[asdict(part) for part in done.parts], lost=done.lost, unpaid=done.unpaid, converted=_converted(owed)
        ),
        made_at=clock.now(),
        made_by=member.pk,
    )
    sharing.save(force_insert=True)
    return sharing


def _converted(owed: list[Owed]) -> list[dict[str, str | int]]:
    """What each claim of another currency counted as, and by which rate."""
    return [
        {
            "claim": one.claim.label,
            "currency": one.claim.currency,
            "open": one.claimed.open,
            "rate": str(one.rate),
            "of": one.rate.day.isoformat(),
            "counts": one.minor,
        }
        for one in owed
        if one.rate
    ]


def _give(member: Member, sharing: Sharing, done: Restitution, owed: list[Owed]) -> None:
    by_label = {one.claim.label: one for one in owed}
    rest = pay_out(done.surplus, {}, costs=sharing.costs)
    shares: list[tuple[Payee, Owed | None, int]]
    shares = [(Payee.VICTIM, by_label[name], amount) for name, amount in done.paid.items()]
    shares += [(Payee.COSTS, None, rest.costs), (Payee.STATE, None, rest.state)]
    Share.objects.bulk_create(
        Share(
            agency=member.agency,
            investigation=sharing.investigation,
            sharing=sharing,
            payee=payee,
            claim=one.claim if one else None,
            amount=amount,
            settles=one.settles(amount) if one else 0,
            rate=str(one.rate) if one and one.rate else "",
            rate_of=one.rate.day if one and one.rate else None,
        )
        for payee, one, amount in shares
        if amount
    )


def _close_assets(member: Member, sharing: Sharing, on: dt.date) -> None:
    """Assets whose sharing, and every sharing of its rest, is paid to the last share: paid out."""
    first = sharing
    while first.rest_of is not None:
        first = first.rest_of
    family = {first.pk}
    while more := set(Sharing.objects.filter(rest_of__in=family).values_list("pk", flat=True)) - family:
        family |= more
    if Share.objects.filter(sharing__in=family, paid_on=None, withdrawn_at=None).exists():
        return
    for one in Recovered.objects.filter(sharing__in=family).select_related("asset__investigation"):
        one.asset.state = AssetState.PAID
        one.asset.save(update_fields=["state"])
        note_step(
            member=member,
            asset=one.asset,
            on=on,
            decided_by=sharing.decided_by,
            amount=one.amount,
            currency=sharing.currency,
            order=sharing.order,
            note=sharing.label,
        )
