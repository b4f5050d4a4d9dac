"""To open a file because somebody is worried, whatever the answers suggested. The judgement stays as it is."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from palermo.office.domain.rights import require_own
from palermo.protection.domain.cases import OPEN, open_case
from palermo.protection.pages.arrivals import person_within_reach
from palermo.protection.pages.doors import posts


@posts(OPEN)
def worry(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = person_within_reach(pk)
    require_own(request.user, person.agency_id, OPEN)
    case = open_case(member=request.user, person=person, ground="worry")
    messages.success(request, _("A case is open on your worry. Risks first, then the people who can help."))
    return redirect("protection:case", pk=case.pk)
