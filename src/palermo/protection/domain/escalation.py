"""Overdue referrals are escalated by the automatic hand of their sender; the worker does so every few minutes."""

from django.db import connection

from palermo.office.domain.acting import acting_as
from palermo.office.models import Member
from palermo.protection.domain.referrals import escalate_referral
from palermo.protection.models import Referral


def escalate_overdue() -> int:
    """Escalate every referral whose answer is overdue and was not escalated yet.

    Returns:
        How many were escalated now.
    """
    hand = Member.objects.filter(kind=Member.Kind.SYSTEM).first()
    if hand is None:
        return 0
    with acting_as(hand), connection.cursor() as cursor:
        cursor.execute("SELECT referral, hand FROM protection_overdue()")
        overdue = cursor.fetchall()
    hands = Member.objects.in_bulk({member for _, member in overdue})
    for referral, member in overdue:
        with acting_as(hands[member]):
            escalate_referral(member=hands[member], referral=Referral.objects.get(pk=referral))
    return len(overdue)
