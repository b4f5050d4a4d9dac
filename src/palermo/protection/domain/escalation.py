"""What has no answer in time is escalated by the automatic hand of whoever asked; the worker looks every 5 minutes."""

from dataclasses import dataclass
from uuid import UUID

from django.db import DatabaseError, connection

from palermo.office.domain.acting import acting_as
from palermo.office.enums import AgencyKind
from palermo.office.models import Member
from palermo.protection.domain.guardians import escalate_guardian_request
from palermo.protection.domain.referrals import escalate_referral
from palermo.protection.models import GuardianRequest, Referral
from palermo.vocabulary.errors import Refusal


@dataclass(frozen=True)
class _Overdue:
    """A record that waits too long: `referral` or `guardian`."""

    kind: str
    id: UUID


def escalate_overdue() -> int:
    """Escalate every referral and every question for a guardian that is overdue and was not escalated yet.

    One that fails holds up no other.

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
    askers = Member.objects.in_bulk(set(overdue.values()))
    refused: dict[_Overdue, Exception] = {}
    for record, member in overdue.items():
        try:
            _escalate(askers[member], record)
        except (Refusal, DatabaseError) as error:
            refused[record] = error
    # What was answered or escalated by somebody else in between is refused with good reason.
    failed = refused.keys() & _overdue(hand).keys() if refused else set()
    for record in overdue:
        if record in failed:
            why = refused[record]
            raise Refusal(
                f"{len(failed)} of {len(overdue)} overdue questions could not be escalated:"
                f" {why.message if isinstance(why, Refusal) else type(why).__name__}",
                where=f"{record.kind} {record.id}",
                remedy="The others were; these are tried again in five minutes.",
            )
    return len(overdue) - len(refused)


def _overdue(hand: Member) -> dict[_Overdue, UUID]:
    """Record → automatic hand of whoever asked; longest overdue first."""
    with acting_as(hand), connection.cursor() as cursor:
        cursor.execute("SELECT kind, id, hand FROM protection_overdue()")
        return {_Overdue(kind, record): member for kind, record, member in cursor.fetchall()}


def _escalate(hand: Member, record: _Overdue) -> None:
    model = GuardianRequest if record.kind == "guardian" else Referral
    with acting_as(hand):
        found = model.objects.filter(pk=record.id).first()
        if found is None:
            raise Refusal("the automatic hand of whoever asked does not reach it")
        if isinstance(found, GuardianRequest):
            escalate_guardian_request(member=hand, request=found)
        else:
            escalate_referral(member=hand, referral=found)
