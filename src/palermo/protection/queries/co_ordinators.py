"""The national co-ordinators of a State, who are told of what is overdue there."""

from django.db.models import QuerySet

from palermo.office.enums import AgencyKind
from palermo.office.models import Agency


def co_ordinators(state: str) -> QuerySet[Agency]:
    """Those of a State (ISO 3166-1 alpha-2)."""
    return Agency.objects.filter(kind=AgencyKind.NATIONAL_CO_ORDINATOR, state=state)
