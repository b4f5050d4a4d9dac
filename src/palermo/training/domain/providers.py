"""What receiving agencies do in a demonstration: they open what came, accept while they have places, decide, finish."""

from collections.abc import Callable
from functools import partial

from palermo.office.models import Member
from palermo.protection.domain.identification import decide_identification
from palermo.protection.domain.links import LinkAndCode, open_link, send_link
from palermo.protection.domain.packages import open_package
from palermo.protection.domain.referrals import accept_referral, decline_referral, finish_referral
from palermo.protection.enums import DeclineReason, IdentificationOutcome
from palermo.protection.models import Referral
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


def _finish(exercise: Exercise, key: str, referral: Referral, now: float) -> None:
    member = _hand(exercise, key, referral, None, now)
    with exercise.at(now, member):
        finish_referral(member=member, referral=referral, note="Moved on to longer-term housing")
    free = exercise.places[key]
    if free is not None:
        exercise.places[key] = free + 1
