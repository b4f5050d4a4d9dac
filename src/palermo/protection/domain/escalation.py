"""Overdue referrals are escalated by the automatic hand of their sender; the worker does so every few minutes."""

from uuid import UUID

from django.db import DatabaseError, connection

from palermo.office.domain.acting import acting_as
from palermo.office.enums import AgencyKind
from palermo.office.models import Member
from palermo.protection.domain.referrals import escalate_referral
from palermo.protection.models import Referral
from palermo.vocabulary.errors import Refusal


def escalate_overdue() -> int:
    """Escalate every referral whose answer is overdue and was not escalated yet; one that fails holds up no other.

    Returns:
        How many were escalated now.

    Raises:
        Refusal: some could not be escalated; it names the first and says why. All others are.
    """
    hands = Member.objects.filter(kind=Member.Kind.SYSTEM, is_active=True)
    hand = hands.exclude(agency__kind=AgencyKind.MIGRATION_ENFORCEMENT).first()
    if hand is None:
        return 0
    overdue = _overdue(hand)
    senders = Member.objects.in_bulk(set(overdue.values()))
    refused: dict[UUID, Exception] = {}
    for referral, member in overdue.items():
        try:
            _escalate(senders[member], referral)
        except (Refusal, DatabaseError) as error:
            refused[referral] = error
    # What was answered or escalated by somebody else in between is refused with good reason.
    failed = refused.keys() & _overdue(hand).keys() if refused else set()
    for referral in overdue:
        if referral in failed:
            why = refused[referral]
            raise Refusal(
                f"{len(failed)} of {len(overdue)} overdue referrals could not be escalated:"
                f" {why.message if isinstance(why, Refusal) else type(why).__name__}",
                where=f"protection_referral {referral}",
                remedy="The others were; these are tried again in five minutes.",
            )
    return len(overdue) - len(refused)


def _overdue(hand: Member) -> dict[UUID, UUID]:
    """Referral → automatic hand of its sender; longest overdue first."""
    with acting_as(hand), connection.cursor() as cursor:
        cursor.execute("SELECT referral, hand FROM protection_overdue()")
        return dict(cursor.fetchall())


def _escalate(hand: Member, referral: UUID) -> None:
    with acting_as(hand):
        found = Referral.objects.filter(pk=referral).first()
        if found is None:
            raise Refusal("the automatic hand of its sender does not reach it")
        escalate_referral(member=hand, referral=found)
