"""What receiving agencies do in a demonstration: they open what came, accept while they have places, decide, finish."""

from collections.abc import Callable
from functools import partial

from palermo.office.models import Member, Person
from palermo.protection.domain.guardians import (
    companion_on_record,
    note_guardian,
    read_guardian_request,
    request_guardian,
)
from palermo.protection.domain.identification import appeal_identification, decide_appeal, decide_identification
from palermo.protection.domain.links import LinkAndCode, open_link, send_link
from palermo.protection.domain.packages import open_package
from palermo.protection.domain.referrals import accept_referral, decline_referral, finish_referral
from palermo.protection.enums import DeclineReason, IdentificationOutcome
from palermo.protection.models import GuardianRequest, Identification, Referral
from palermo.training.domain.exercise import CHILD, URGENT, USUAL, Exercise


def receive(
    exercise: Exercise,
    key: str,
    referral: Referral,
    declined: Callable[[], None],
    link: LinkAndCode | None = None,
) -> None:
    """Put a referral into the queue of an agency; `declined` is called where it has no place.

    Args:
        link: what a provider without an account was handed; it reads and answers by that alone.
    """
    exercise.teams[key].ask(
        partial(_answer, exercise, key, referral, declined, link),
        minutes=exercise.plan.work["answer"],
        rank=URGENT if referral.urgent else CHILD if referral.child else USUAL,
    )


def _hand(exercise: Exercise, key: str, referral: Referral, link: LinkAndCode | None, now: float) -> Member:
    """Who works for the agency: who signs in, or the guest whom link and code let in, once."""
    if exercise.cast.agencies[key].has_account:
        return exercise.cast.members[key]
    with exercise.at(now, None):
        opened = open_link(token=link.token, code=link.code) if link else None
    if opened is None:
        # It opens once, for 72 hours at most: the provider calls, and is sent another.
        with exercise.at(now, exercise.cast.manager):
            fresh = send_link(member=exercise.cast.manager, referral=referral)
        with exercise.at(now, None):
            opened = open_link(token=fresh.token, code=fresh.code)
    if opened is None or opened.referral_id != str(referral.pk):
        raise RuntimeError("a sealed link did not open what it was made for")
    return opened.guest


def _answer(
    exercise: Exercise,
    key: str,
    referral: Referral,
    declined: Callable[[], None],
    link: LinkAndCode | None,
    now: float,
) -> None:
    member = _hand(exercise, key, referral, link, now)
    free = exercise.places[key]
    with exercise.at(now, member):
        contents = open_package(member=member, referral=referral)
        if free == 0:
            decline_referral(member=member, referral=referral, reason=DeclineReason.NO_PLACE)
        else:
            referral = accept_referral(member=member, referral=referral)
    if free == 0:
        declined()
        return
    if free is not None:
        exercise.places[key] = free - 1
    if key == "board":
        signs = len(contents.get("screening", {}).get("reasons", {}).get("dimensions", []))
        exercise.later(exercise.plan.choices["days_to_decision"] * 24, partial(_decide, exercise, referral, signs))
    elif key != "child_protection":
        exercise.later(exercise.plan.choices["days_of_stay"] * 24, partial(_finish, exercise, key, referral))


def ask_for_guardian(exercise: Exercise, person: Person, *, member: Member, alone: bool) -> None:
    """Ask child protection for a guardian, once a child; it appoints when somebody there is free to."""
    if GuardianRequest.objects.filter(person=person).exists():
        return
    request = request_guardian(
        member=member,
        person=person,
        asked_of=exercise.cast.agencies["child_protection"],
        # Where nobody came with the child there is nobody to look at; else the child was spoken with alone by now.
        companion_checked=not alone or companion_on_record(person),
        child_view="Asked in the child's language; the child would like somebody to come along.",
    )
    exercise.teams["child_protection"].ask(
        partial(_appoint, exercise, request), minutes=exercise.plan.work["guardian"], rank=CHILD
    )


def _appoint(exercise: Exercise, request: GuardianRequest, now: float) -> None:
    member = exercise.cast.members["child_protection"]
    with exercise.at(now, member):
        read_guardian_request(member=member, request=request)
        name = f"Guardian no. {exercise.dice.integers(1, 100)} of the register, day and night +390000000101"
        note_guardian(member=member, request=request, guardian=name)


def _decide(exercise: Exercise, referral: Referral, signs: int, now: float) -> None:
    # The board of the demonstration reads the reasons that it was sent; it knows the truth no more than a real one.
    member = exercise.cast.members["board"]
    outcome = IdentificationOutcome.IDENTIFIED if signs >= 2 else IdentificationOutcome.NOT_IDENTIFIED
    with exercise.at(now, member):
        decide_identification(
            member=member,
            referral=referral,
            outcome=outcome,
            reason=f"{signs} dimensions of the indicators are positive in what was sent to us; the interview was read.",
        )
    if outcome == IdentificationOutcome.NOT_IDENTIFIED and exercise.chance("appeals"):
        exercise.teams["managers"].ask(
            partial(_appeal, exercise, referral), minutes=exercise.plan.work["referral"], rank=USUAL
        )


def _appeal(exercise: Exercise, referral: Referral, now: float) -> None:
    member = exercise.cast.manager
    with exercise.at(now, member):
        decision = Identification.objects.select_related("referral").get(referral=referral)
        ground = "The account is consistent, and fear kept the person from saying more at first."
        appeal_identification(member=member, decision=decision, ground=ground)
    exercise.teams["board"].ask(
        partial(_decide_appeal, exercise, referral), minutes=exercise.plan.work["decision"], rank=USUAL
    )


def _decide_appeal(exercise: Exercise, referral: Referral, now: float) -> None:
    # Another member than the one who decided first; what was sent says no more than before.
    member = exercise.cast.members["appeals"]
    with exercise.at(now, member):
        decision = Identification.objects.select_related("referral").get(referral=referral)
        reason = "What was sent does not show two dimensions; protection and services go on."
        decide_appeal(member=member, decision=decision, outcome=IdentificationOutcome.NOT_IDENTIFIED, reason=reason)


def _finish(exercise: Exercise, key: str, referral: Referral, now: float) -> None:
    member = _hand(exercise, key, referral, None, now)
    with exercise.at(now, member):
        finish_referral(member=member, referral=referral, note="Moved on to longer-term housing")
    free = exercise.places[key]
    if free is not None:
        exercise.places[key] = free + 1
