"""Victims' claims to what is recovered: made, decided, withdrawn. A claim through those who protect needs consent."""

import datetime as dt

from django.db import transaction

from palermo.office import clock
from palermo.office.domain.acting import log
from palermo.office.domain.rights import allow
from palermo.office.enums import Role
from palermo.office.models import Member
from palermo.prosecution.domain.checks import amount_of, come, lock, next_number, said
from palermo.prosecution.domain.investigations import require_open
from palermo.prosecution.enums import ClaimState, ClaimThrough
from palermo.prosecution.models import Investigation, Party, Share, VictimClaim
from palermo.prosecution.queries.restitution import link_stands
from palermo.vocabulary.errors import Refusal

MAKE = allow("prosecution.make_claim", Role.INVESTIGATOR)
DECIDE = allow("prosecution.decide_claim", Role.INVESTIGATOR)
WITHDRAW = allow("prosecution.withdraw_claim", Role.INVESTIGATOR)


@transaction.atomic
def make_claim(
    *,
    member: Member,
    investigation: Investigation,
    party: Party,
    through: str,
    currency: str,
    amount: str,
    ground: str,
    made_on: dt.date,
) -> VictimClaim:
    """Note what a victim claims.

    Args:
        through: one of `ClaimThrough`; through those who protect the person only while a link by consent stands.
        amount: decimal text.
        ground: for what, without names.
    """
    require_open(member=member, investigation=investigation, verb=MAKE)
    if party.investigation_id != investigation.pk or not party.is_victim:
        raise Refusal("only a victim of this investigation claims", where="party", remedy="See the person's role.")
    if through not in ClaimThrough.values:
        raise Refusal("this is no way to claim", where="through", remedy="Choose from the list.")
    if through == ClaimThrough.LINK and not link_stands(party):
        raise Refusal(
            "no link by consent stands for this person",
            where="through",
            remedy="Ask those who protect the person, or note a claim that the person made at the court.",
        )
    come(made_on, "made_on")
    claim = VictimClaim(
        agency=member.agency,
        investigation=investigation,
        number=next_number(VictimClaim, investigation),
        party=party,
        through=through,
        currency=currency,
        amount=amount_of(amount, currency, "amount", least=1),
        ground=said(ground, "ground", "Wages withheld, fees paid, harm: without names."),
        made_on=made_on,
        recorded_at=clock.now(),
    )
    claim.save(force_insert=True)
    log(MAKE, object_id=claim.pk)
    return claim


@transaction.atomic
def decide_claim(
    *, member: Member, claim: VictimClaim, approved: str, decided_on: dt.date, decided_by: str
) -> VictimClaim:
    """Note how a claim was decided; nought refuses it. A later decision (an appeal) takes the place of this one.

    Args:
        approved: decimal text, at most what is claimed.
        decided_by: the court or prosecutor.

    Raises:
        Refusal: less than shares of it that stand.
    """
    require_open(member=member, investigation=claim.investigation, verb=DECIDE)
    lock(claim.investigation, claim, "state")
    if claim.state == ClaimState.WITHDRAWN:
        raise Refusal("the victim withdrew this claim", where="approved", remedy="Note a new claim if there is one.")
    come(decided_on, "decided_on")
    minor = amount_of(approved, claim.currency, "approved")
    if minor > claim.amount:
        raise Refusal("this is more than was claimed", where="approved", remedy="Correct it, or note a new claim.")
    if minor < _shared(claim):
        raise Refusal("more has been shared to this claim", where="approved", remedy="Withdraw that sharing first.")
    claim.state = ClaimState.APPROVED if minor else ClaimState.REFUSED
    claim.approved, claim.decided_on = minor, decided_on
    claim.decided_by = said(decided_by, "decided_by", "A court or prosecutor, no name.")
    claim.save(update_fields=["state", "approved", "decided_on", "decided_by"])
    log(DECIDE, object_id=claim.pk, state=claim.state)
    return claim


@transaction.atomic
def withdraw_claim(*, member: Member, claim: VictimClaim) -> None:
    """Note that the victim withdrew a claim of which nothing was shared. Nobody else withdraws it."""
    require_open(member=member, investigation=claim.investigation, verb=WITHDRAW)
    lock(claim.investigation, claim, "state")
    if _shared(claim):
        raise Refusal("something has been shared to this claim", where="claim", remedy="Withdraw that sharing first.")
    claim.state, claim.approved = ClaimState.WITHDRAWN, 0
    claim.save(update_fields=["state", "approved"])
    log(WITHDRAW, object_id=claim.pk)


def _shared(claim: VictimClaim) -> int:
    return sum(Share.objects.filter(claim=claim, withdrawn_at=None).values_list("settles", flat=True))
