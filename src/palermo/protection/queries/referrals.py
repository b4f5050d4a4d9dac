"""Questions about referrals that more than one place asks."""

from django.db.models import Case as Choose
from django.db.models import Count, Q, QuerySet, Value, When

from palermo.office import clock
from palermo.office.models import Agency
from palermo.protection.enums import OPEN_REFERRALS, ReferralState
from palermo.protection.models import Referral


def _in_order(referrals: QuerySet[Referral]) -> QuerySet[Referral]:
    """Those that wait first, then those under way; urgent ones and children's first, then by deadline."""
    steps = [When(state=state, then=Value(n)) for n, state in enumerate(OPEN_REFERRALS)]
    return (
        referrals.select_related("sender", "recipient")
        .annotate(step=Choose(*steps, default=Value(len(OPEN_REFERRALS))))
        .order_by("step", "-urgent", "-child", "due_at", "pk")
    )


def inbox(agency: Agency) -> QuerySet[Referral]:
    """What an agency received, in the order in which it needs an answer."""
    return _in_order(Referral.objects.filter(recipient=agency))


def outbox(agency: Agency) -> QuerySet[Referral]:
    """What an agency sent, in the same order."""
    return _in_order(Referral.objects.filter(sender=agency))


def waiting_for(agency: Agency) -> dict[str, int]:
    """How much waits for an agency's answer: `waiting`, and of these `overdue`."""
    waits = Q(state=ReferralState.SENT)
    return Referral.objects.filter(recipient=agency).aggregate(
        waiting=Count("pk", filter=waits), overdue=Count("pk", filter=waits & Q(due_at__lt=clock.now()))
    )
