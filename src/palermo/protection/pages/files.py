"""To find a case of one's own by its address, and to refuse to write in a file that is only open for reading."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from palermo.office.domain.rights import may, require_own
from palermo.office.models import Member
from palermo.protection.domain.cases import READ
from palermo.protection.domain.screenings import START
from palermo.protection.models import Case


def case_within_reach(pk: UUID) -> Case:
    """The case with its person; 404 where the database shows none."""
    return get_object_or_404(Case.objects.select_related("person", "person__site", "agency"), pk=pk)


def own_case(request: HttpRequest, pk: UUID, verb: str) -> Case:
    """The case, if it is of the member's own agency: others read it at most (an emergency opening)."""
    case = case_within_reach(pk)
    require_own(request.user, case.agency_id, verb)
    return case


def case_url(case: Case) -> str:
    return reverse("protection:case", args=[case.pk])


def crumbs(case: Case) -> tuple[tuple[Any, str], ...]:
    """The way back from a page below a case."""
    return ((_("Cases"), reverse("protection:cases")), (case.person.code, case_url(case)))


def above_file(member: Member, person: UUID) -> tuple[Any, str] | None:
    """What stands above the office's page of a file: its case, or the page of the arrival."""
    case = Case.objects.filter(person_id=person).first() if may(member, READ) else None
    if case:
        return _("Case"), case_url(case)
    return (_("Arrival"), reverse("protection:person", args=[person])) if may(member, START) else None


def address(name: str, *args: Any) -> str:
    """The address of a page that may not be there yet (another room or colleague brings it); empty if it is not."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
