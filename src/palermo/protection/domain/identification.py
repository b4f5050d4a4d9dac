"""Formal identification by the competent authority, on a referral for it; and the appeal."""

import datetime as dt

from django.db import connection, transaction

from palermo.office import clock
from palermo.office.domain.acting import log
from palermo.office.domain.notices import notify
from palermo.office.domain.rights import NotAllowed, allow, require
from palermo.office.enums import AgencyKind, NoticeKind, Purpose, Role
from palermo.office.models import Member
from palermo.protection.enums import IdentificationOutcome, ReferralState
from palermo.protection.models import Identification, Referral
from palermo.vocabulary.errors import Refusal

DECIDE = allow("protection.decide_identification", Role.DECISION_MAKER)
APPEAL = allow("protection.appeal_identification", Role.CASE_MANAGER)
DECIDE_APPEAL = allow("protection.decide_appeal", Role.DECISION_MAKER)

#: Days in which a decision can be appealed. Named here because national law sets it; a State changes it in one place.
APPEAL_DAYS = 30
#: So many letters say something that can be appealed, or that an authority can look at.
REASON_LETTERS, GROUND_LETTERS = 20, 10
#: Who decides in the countries that the references describe; the social path stays open beside it.
DECIDING = (AgencyKind.COMPETENT_AUTHORITY, AgencyKind.POLICE_SPECIAL, AgencyKind.ASYLUM)


@transaction.atomic
def decide_identification(*, member: Member, referral: Referral, outcome: str, reason: str) -> Identification:
    """Decide on a referral for formal identification. Protection does not end with a negative decision.

    Raises:
        NotAllowed: not the competent authority's decision maker, or not its referral.
        Refusal: the referral was not accepted, is for another purpose, is decided already, or no reasons are given.
    """
    require(member, DECIDE)
    if member.agency_id != referral.recipient_id or member.agency.kind not in DECIDING:
        raise NotAllowed(DECIDE, "only the competent authority that accepted this referral decides")
    if referral.purpose != Purpose.IDENTIFICATION or referral.state != ReferralState.ACCEPTED:
        raise Refusal(
            "this is not an accepted referral for identification", where="referral", remedy="Accept it first."
        )
    _reasoned(outcome, reason)
    if Identification.objects.filter(referral=referral).exists():
        raise Refusal("this was decided already", where="referral", remedy="An appeal is the way to change it.")
    decided_at = clock.now()
    decision = Identification(
        referral=referral,
        outcome=outcome,
        reason=reason.strip(),
        decided_by=member.id,
        decided_at=decided_at,
        appeal_until=decided_at + dt.timedelta(days=APPEAL_DAYS),
    )
    decision.save(force_insert=True)
    _reach_case(referral)
    notify(agency=referral.sender, kind=NoticeKind.REFERRAL_ANSWERED, about_id=referral.id)
    log(DECIDE, object_id=referral.id, person_id=referral.person_id, purpose=referral.purpose, outcome=outcome)
    return decision


def _reasoned(outcome: str, reason: str) -> None:
    if outcome not in IdentificationOutcome.values:
        raise Refusal("a decision has an outcome", where="outcome", remedy="Choose one.")
    if len(reason.strip()) < REASON_LETTERS:
        raise Refusal(
            f"a decision has reasons of at least {REASON_LETTERS} letters",
            where="reason",
            remedy="Write them so that they can be appealed.",
        )


def _reach_case(referral: Referral) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT protection_decided(%s)", [referral.id])


@transaction.atomic
def appeal_identification(*, member: Member, decision: Identification, ground: str) -> None:
    """The person appeals, through the agency that referred; in time."""
    require(member, APPEAL)
    referral = decision.referral
    if member.agency_id != referral.sender_id:
        raise NotAllowed(APPEAL, "the agency that referred appeals for the person")
    if clock.now() > decision.appeal_until:
        raise Refusal("the time for an appeal is over", where="appeal", remedy="Ask a lawyer about reopening the case.")
    if len(ground.strip()) < GROUND_LETTERS:
        raise Refusal(
            f"say why, in at least {GROUND_LETTERS} letters",
            where="ground",
            remedy="One sentence is enough to be in time.",
        )
    lodged = Identification.objects.filter(pk=decision.pk, appealed_at=None).update(
        appealed_at=clock.now(), appeal_ground=ground.strip()
    )
    if not lodged:
        raise Refusal("an appeal was made already", where="appeal", remedy="Ask a lawyer about going to court.")
    _reach_case(referral)
    notify(agency=referral.recipient, kind=NoticeKind.REFERRAL_ANSWERED, about_id=referral.id)
    log(APPEAL, object_id=referral.id, person_id=referral.person_id, purpose=referral.purpose)


@transaction.atomic
def decide_appeal(*, member: Member, decision: Identification, outcome: str, reason: str) -> None:
    """Another decision maker decides on the appeal with reasons, never the one who decided first."""
    require(member, DECIDE_APPEAL)
    if member.agency_id != decision.referral.recipient_id:
        raise NotAllowed(DECIDE_APPEAL, "this is another authority's decision")
    if member.id == decision.decided_by:
        raise NotAllowed(DECIDE_APPEAL, "who decided first does not decide on the appeal")
    if decision.appealed_at is None:
        raise Refusal("there is no appeal to decide", where="appeal", remedy="The decision stands.")
    _reasoned(outcome, reason)
    waiting = Identification.objects.filter(pk=decision.pk, appeal_outcome="")
    if not waiting.update(appeal_outcome=outcome, appeal_reason=reason.strip(), appeal_decided_at=clock.now()):
        raise Refusal("the appeal was decided already", where="appeal", remedy="Load the page again.")
    _reach_case(decision.referral)
    notify(agency=decision.referral.sender, kind=NoticeKind.REFERRAL_ANSWERED, about_id=decision.referral_id)
    log(DECIDE_APPEAL, object_id=decision.referral_id, person_id=decision.referral.person_id, outcome=outcome)
