"""Who works for an agency."""

from django.db.models import QuerySet

from palermo.office.models import Agency, Member


def members_of(agency: Agency) -> QuerySet[Member]:
    """People of the agency, those who left last."""
    return Member.objects.filter(agency=agency, kind=Member.Kind.PERSON).order_by("-is_active", "name")
