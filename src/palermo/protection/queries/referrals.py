"""Questions about referrals that more than one place asks."""

from django.db.models import Case as Choose
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Value, When

from palermo.office import clock
from palermo.office.models import Agency, Disclosure
from palermo.protection.enums import OPEN_REFERRALS, ReferralState
from palermo.protection.models import Package, Referral


def _in_order(referrals: QuerySet[Referral]) -> QuerySet[Referral]:
    """Those that wait first, then those under way; urgent ones and children's first, then by deadline."""
    steps = [When(state=state, then=Value(n)) for n, state in enumerate(OPEN_REFERRALS)]
    return (
        referrals.select_related("sender", "recipient")
        .annotate(step=Choose(*steps, default=Value(len(OPEN_REFERRALS))))
        .order_by("step", "-urgent", "-child", "due_at", "pk")
    )


def inbox(agency: Agency) -> QuerySet[Referral]:
    """What an agency received, in the order in which it needs an answer.

    Adds `data_ended`: the data that came with it may no longer be used (their package is dark to the agency).
    """
    bright = Package.objects.filter(pk=OuterRef("package_id"))
    return _in_order(Referral.objects.filter(recipient=agency)).annotate(data_ended=~Exists(bright))


def outbox(agency: Agency) -> QuerySet[Referral]:
    """What an agency sent, in the same order, with `data_ended` as it stands at the other end."""
    ended = Disclosure.objects.filter(pk=OuterRef("disclosure_id"), recalled_at__isnull=False)
    return _in_order(Referral.objects.filter(sender=agency)).annotate(data_ended=Exists(ended))


def waiting_for(agency: Agency) -> dict[str, int]:
    """How much waits for an agency's answer: `waiting`, and of these `overdue`."""
    waits = Q(state=ReferralState.SENT)
    return Referral.objects.filter(recipient=agency).aggregate(
        waiting=Count("pk", filter=waits), overdue=Count("pk", filter=waits & Q(due_at__lt=clock.now()))
    )
