"""From agency to agency: to send, to accept, to decline, to finish, to withdraw, to escalate."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.db import transaction

from palermo.office import clock
from palermo.office.domain.acting import log
from palermo.office.domain.disclosure import check_carried, disclose, end_share, share
from palermo.office.domain.notices import notify
from palermo.office.domain.persons import claim
from palermo.office.domain.rights import NotAllowed, allow, require
from palermo.office.enums import NoticeKind, ObjectKind, Role
from palermo.office.models import Agency, Consent, Member, Person
from palermo.office.sealing import seal
from palermo.protection.domain.packages import gather
from palermo.protection.enums import DeclineReason, ReferralState, ServiceKind
from palermo.protection.models import Package, Referral
from palermo.protection.queries.co_ordinators import co_ordinators
from palermo.vocabulary.errors import Refusal

SEND = allow("protection.send_referral", Role.FIRST_RESPONDER, Role.CASE_MANAGER)
ANSWER = allow("protection.answer_referral", Role.CASE_MANAGER, Role.SERVICE_WORKER, Role.DECISION_MAKER)
FINISH = allow("protection.finish_referral", Role.CASE_MANAGER, Role.SERVICE_WORKER, Role.DECISION_MAKER)
WITHDRAW = allow("protection.withdraw_referral", Role.FIRST_RESPONDER, Role.CASE_MANAGER)
ESCALATE = allow("protection.escalate_referral", Role.CASE_MANAGER)

#: Hours in which an urgent referral is to be answered, whatever the recipient's usual time.
URGENT_HOURS = 4


@dataclass(frozen=True)
class Basis:
    """On what data goes with a referral: consent of an adult, or one of the other lawful bases with its reasons."""

    basis: str
    consent: Consent | None = None
    reason: str = ""
    guardian: str = ""
    guardian_not_implicated: bool = False
    child_view: str = ""


@dataclass(frozen=True)
class Request:
    """What is asked of whom: purpose, services, and the kinds of data that go with it."""

    recipient: Agency
    purpose: str
    services: Sequence[str]
    kinds: Sequence[str]
    urgent: bool = False
    note: str = field(default="", compare=False)


@transaction.atomic
def send_referral(*, member: Member, person: Person, request: Request, basis: Basis) -> Referral:
    """Send a referral with the data that its basis covers: the whole of it with its log lines, or none of it.

    Raises:
        Refusal: to oneself, without a service, or a disclosure that does not stand on its basis.
        NotAllowed: the role does not refer.
    """
    require(member, SEND)
    recipient = request.recipient
    if recipient.pk == member.agency_id:
        raise Refusal("a referral goes to another agency", where="recipient", remedy="Choose another agency.")
    unknown = set(request.services) - set(ServiceKind.values)
    if not request.services or unknown:
        raise Refusal("say what is asked for", where="services", remedy="Choose at least one service.")
    check_carried(purpose=request.purpose, kinds=request.kinds)
    disclosure = disclose(
        member=member,
        person=person,
        recipient=recipient,
        purpose=request.purpose,
        kinds=request.kinds,
        basis=basis.basis,
        consent=basis.consent,
        reason=basis.reason,
        guardian=basis.guardian,
        guardian_not_implicated=basis.guardian_not_implicated,
        child_view=basis.child_view,
    )
    sent_at = clock.now()
    hours = min(URGENT_HOURS, recipient.answer_within_hours) if request.urgent else recipient.answer_within_hours
    referral = Referral(
        id=uuid4(),
        person_id=person.id,
        sender=member.agency,
        recipient=recipient,
        purpose=request.purpose,
        services=sorted(set(request.services)),
        urgent=request.urgent,
        child=person.is_child,
        sent_at=sent_at,
        due_at=sent_at + dt.timedelta(hours=hours),
        package_id=uuid4(),
        disclosure_id=disclosure.id,
    )
    claim(referral.id, ObjectKind.REFERRAL)
    referral.save(force_insert=True)
    claim(referral.package_id, ObjectKind.PACKAGE)
    Package(
        id=referral.package_id,
        referral_id=referral.id,
        kinds=disclosure.kinds,
        sealed=seal(gather(person=person, kinds=disclosure.kinds)),
    ).save(force_insert=True)
    share(disclosure=disclosure, object_id=referral.id, kind=ObjectKind.REFERRAL)
    share(disclosure=disclosure, object_id=referral.package_id, kind=ObjectKind.PACKAGE)
    notify(agency=recipient, kind=NoticeKind.REFERRAL_RECEIVED, about_id=referral.id)
    log(SEND, object_id=referral.id, person_id=person.id, purpose=request.purpose, recipient=str(recipient.pk))
    return referral


def _of_recipient(member: Member, referral: Referral, verb: str, *states: str) -> Referral:
    return _side(member, referral, verb, referral.recipient_id, states)


def _of_sender(member: Member, referral: Referral, verb: str, *states: str) -> Referral:
    return _side(member, referral, verb, referral.sender_id, states)


def _side(member: Member, referral: Referral, verb: str, side: UUID, states: Sequence[str]) -> Referral:
    require(member, verb)
    if member.agency_id != side:
        raise NotAllowed(verb, "this is the other agency's to do")
    fresh = Referral.objects.select_for_update().get(pk=referral.pk)
    if fresh.state not in states:
        raise Refusal(
            f"the referral is already {ReferralState(fresh.state).label.lower()}",
            where="referral",
            remedy="Load the page again to see what was done.",
        )
    return fresh


def _answer(member: Member, referral: Referral, state: str, reason: str, note: str) -> Referral:
    fresh = _of_recipient(member, referral, ANSWER, ReferralState.SENT)
    fresh.state, fresh.answered_at, fresh.answered_by = state, clock.now(), member.id
    fresh.decline_reason, fresh.answer_note = reason, note.strip()
    fresh.save(update_fields=["state", "answered_at", "answered_by", "decline_reason", "answer_note"])
    if state == ReferralState.DECLINED:
        end_share(disclosure_id=fresh.disclosure_id)
    notify(agency=fresh.sender, kind=NoticeKind.REFERRAL_ANSWERED, about_id=fresh.id)
    log(ANSWER, object_id=fresh.id, person_id=fresh.person_id, purpose=fresh.purpose, answer=state)
    return fresh


@transaction.atomic
def accept_referral(*, member: Member, referral: Referral, note: str = "") -> Referral:
    """The recipient takes the referral on; the sender is told."""
    return _answer(member, referral, ReferralState.ACCEPTED, "", note)


@transaction.atomic
def decline_referral(*, member: Member, referral: Referral, reason: str, note: str = "") -> Referral:
    """The recipient cannot take it on, and says why, so that the sender can go elsewhere at once.

    What came with it goes dark: who does not help needs none of it.
    """
    if reason not in DeclineReason.values:
        raise Refusal("say why it is declined", where="reason", remedy="The sender needs it to find another way.")
    return _answer(member, referral, ReferralState.DECLINED, reason, note)


@transaction.atomic
def finish_referral(*, member: Member, referral: Referral, note: str = "") -> Referral:
    """The recipient has done what was asked; the loop closes."""
    fresh = _of_recipient(member, referral, FINISH, ReferralState.ACCEPTED)
    fresh.state, fresh.done_at = ReferralState.DONE, clock.now()
    fresh.answer_note = note.strip() or fresh.answer_note
    fresh.save(update_fields=["state", "done_at", "answer_note"])
    notify(agency=fresh.sender, kind=NoticeKind.REFERRAL_ANSWERED, about_id=fresh.id)
    log(FINISH, object_id=fresh.id, person_id=fresh.person_id, purpose=fresh.purpose)
    return fresh


@transaction.atomic
def withdraw_referral(*, member: Member, referral: Referral) -> Referral:
    """The sender takes the referral back (the person has changed their mind, or found help elsewhere).

    What was sent with it goes dark at once.
    """
    fresh = _of_sender(member, referral, WITHDRAW, ReferralState.SENT, ReferralState.ACCEPTED)
    fresh.state, fresh.withdrawn_at = ReferralState.WITHDRAWN, clock.now()
    fresh.save(update_fields=["state", "withdrawn_at"])
    end_share(disclosure_id=fresh.disclosure_id)
    notify(agency=fresh.recipient, kind=NoticeKind.REFERRAL_ANSWERED, about_id=fresh.id)
    log(WITHDRAW, object_id=fresh.id, person_id=fresh.person_id, purpose=fresh.purpose)
    return fresh


@transaction.atomic
def escalate_referral(*, member: Member, referral: Referral) -> Referral:
    """No answer in time: recipient, sender and the national co-ordinator are told, once."""
    fresh = _of_sender(member, referral, ESCALATE, ReferralState.SENT)
    if fresh.due_at > clock.now():
        raise Refusal("its time is not up yet", where="referral", remedy="Wait, or call the agency.")
    if fresh.escalated_at is None:
        fresh.escalated_at = clock.now()
        fresh.save(update_fields=["escalated_at"])
        for agency in (fresh.recipient, fresh.sender, *co_ordinators(fresh.sender.state)):
            notify(agency=agency, kind=NoticeKind.REFERRAL_OVERDUE, about_id=fresh.id)
        log(ESCALATE, object_id=fresh.id, person_id=fresh.person_id, purpose=fresh.purpose)
    return fresh
