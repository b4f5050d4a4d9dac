"""Who of a team is bound by another visit on the days of one."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from palermo.partnership.methods.spans import Span
from palermo.partnership.models import TeamMember, Visit


def bound_elsewhere(visit: Visit, days: Span, keys: Iterable[UUID]) -> QuerySet[TeamMember]:
    """Places in teams of other visits that bind on these days, as far as who asks may read them.

    Args:
        visit: whose own places do not count.
        days: of that visit, or those to which it is to move.
        keys: of the persons (`TeamMember.key`).
    """
    return (
        TeamMember.objects.filter(key__in=list(keys), binds=True, starts__lte=days.last, ends__gte=days.first)
        .exclude(visit=visit.pk)
        .select_related("visit")
        .order_by("name", "starts")
    )
