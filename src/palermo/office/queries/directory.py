"""Whom do I call now."""

from django.db.models import Q, QuerySet

from palermo.office.enums import AgencyKind
from palermo.office.models import Agency


def directory(*, words: str = "", kind: str = "", purpose: str = "") -> QuerySet[Agency]:
    """Agencies that can be called, by what they offer. Migration enforcement offers nothing and is not in it.

    Args:
        words: each must stand in the name or in what it offers.
        kind: code of enums.AgencyKind.
        purpose: code of enums.Purpose that it may receive data for.
    """
    found = Agency.objects.exclude(kind=AgencyKind.MIGRATION_ENFORCEMENT)
    for word in words.split():
        found = found.filter(Q(name__icontains=word) | Q(offers__icontains=word))
    if kind:
        found = found.filter(kind=kind)
    return found.filter(purposes__contains=[purpose]) if purpose else found
