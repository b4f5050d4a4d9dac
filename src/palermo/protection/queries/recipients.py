"""Who takes concerns from outside, and who is nearest to this one."""

from collections.abc import Sequence

from django.db.models import QuerySet

from palermo.office.enums import AgencyKind
from palermo.office.models import Agency, Site

#: Kinds that take concerns, in the order in which they are proposed for an adult.
TAKES = (
    AgencyKind.SERVICE_PROVIDER,
    AgencyKind.FIRST_RECEPTION,
    AgencyKind.CHILD_PROTECTION,
    AgencyKind.LABOUR_INSPECTORATE,
    AgencyKind.POLICE_SPECIAL,
    AgencyKind.MUNICIPALITY,
    AgencyKind.HEALTH,
)
#: Kinds whose places stay unknown to the public.
_HIDDEN = (AgencyKind.SERVICE_PROVIDER, AgencyKind.CHILD_PROTECTION)


def takers() -> QuerySet[Agency]:
    """Agencies that take concerns: they sign in, and their work reaches files."""
    return Agency.objects.filter(kind__in=TAKES, has_account=True).order_by("name")


def places() -> QuerySet[Site]:
    """Places that may be named at the public door. Where shelters and homes for children lie is nobody's business."""
    return Site.objects.filter(agency__in=takers()).exclude(agency__kind__in=_HIDDEN)


def nearest(agencies: Sequence[Agency], *, child: bool, place: Site | None) -> Agency | None:
    """The agency that a concern goes to when its sender chooses none.

    A child's goes to child protection; else it goes to the agency of the place, else to the first kind of `TAKES`.
    """
    if not agencies:
        return None

    def rank(agency: Agency) -> tuple[bool, bool, int, str]:
        away = place is None or agency.pk != place.agency_id
        childs = child and agency.kind != AgencyKind.CHILD_PROTECTION
        return childs, away, TAKES.index(AgencyKind(agency.kind)), agency.name

    return min(agencies, key=rank)
