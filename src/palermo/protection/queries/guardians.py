"""Questions about guardians who were asked for."""

from django.db.models import Case as Choose
from django.db.models import Count, Q, QuerySet, Value, When

from palermo.office import clock
from palermo.office.models import Agency
from palermo.protection.models import GuardianRequest


def asked_for(agency: Agency, state: str = "") -> QuerySet[GuardianRequest]:
    """What an agency was asked for, those that wait first, by deadline.

    Args:
        state: empty for those that wait, `appointed`, or `all`.
    """
    found = GuardianRequest.objects.filter(asked_of=agency).select_related("asked_by")
    if state != "all":
        found = found.filter(appointed_at__isnull=state != "appointed")
    order = Choose(When(appointed_at=None, then=Value(0)), default=Value(1))
    return found.annotate(step=order).order_by("step", "due_at", "pk")


def guardians_waiting(agency: Agency) -> dict[str, int]:
    """How many children wait for this agency to appoint: `waiting`, and of these `overdue`."""
    return GuardianRequest.objects.filter(asked_of=agency, appointed_at=None).aggregate(
        waiting=Count("pk"), overdue=Count("pk", filter=Q(due_at__lt=clock.now()))
    )
