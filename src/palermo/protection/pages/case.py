"""A case on one page: by its code; the name only after a click that is logged."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from palermo.office import clock
from palermo.office.domain import consent
from palermo.office.domain.persons import CORRECT, READ_IDENTITY, read_identity
from palermo.office.domain.rights import may
from palermo.protection.domain import cases, guardians, referrals, screenings, services
from palermo.protection.domain.cases import READ, read_case
from palermo.protection.enums import CaseState, ServiceState
from palermo.protection.models import Case, GuardianRequest, Risk, Service
from palermo.protection.pages import tones
from palermo.protection.pages.arrivals import about
from palermo.protection.pages.clocks import reflection
from palermo.protection.pages.doors import posts, reads
from palermo.protection.pages.files import case_within_reach, crumbs
from palermo.protection.pages.happenings import in_words
from palermo.protection.queries.cases import consents_of, referrals_of, screenings_of
from palermo.protection.queries.timeline import timeline

#: What the page offers to whoever may: `may.close_case` in the templates. The verbs check it again.
STEPS = (
    READ_IDENTITY,
    CORRECT,
    cases.RISK,
    cases.RESOLVE,
    cases.EXTEND,
    cases.CLOSE,
    guardians.REQUEST,
    services.PLAN,
    services.MOVE,
    referrals.SEND,
    screenings.START,
    consent.GIVE,
    consent.WITHDRAW,
)


def _parts(case: Case) -> dict[str, Any]:
    risks = list(Risk.objects.filter(case=case).order_by("resolved_at", "seen_at"))
    guardian = GuardianRequest.objects.filter(person_id=case.person_id).select_related("asked_of").first()
    services = list(Service.objects.filter(case=case).select_related("provider"))
    return {
        "risks": sorted((r for r in risks if not r.resolved_at), key=lambda r: list(tones.RISK).index(r.level)),
        "risks_resolved": [r for r in risks if r.resolved_at],
        "guardian": guardian,
        "services": sorted(services, key=lambda s: s.state == ServiceState.ENDED),
        "screenings": screenings_of(case.person_id),
        "consents": consents_of(case.person_id),
        "referrals": referrals_of(case.person_id),
        "events": in_words(timeline(case.person_id)),
    }


def _frame(request: HttpRequest, case: Case) -> dict[str, Any]:
    own = case.agency_id == request.user.agency_id
    return {
        "case": case,
        "person": case.person,
        "own": own,
        # What is closed is read; a new screening may always be held.
        "works": own and case.state != CaseState.CLOSED,
        "tones": tones,
        "now": clock.now(),
        "clock": reflection(case),
        "may": {verb.partition(".")[2]: may(request.user, verb) for verb in STEPS},
        "crumbs": crumbs(case)[:1],
    }


@reads(READ)
def case_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    case = case_within_reach(pk)
    read_case(member=request.user, case=case)
    context = {**_frame(request, case), **_parts(case), "about": about(case.person)}
    return render(request, "protection/case.html", context)


@posts(READ_IDENTITY)
def case_name(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show who it is. The reading is a line in the access log; leaving the page hides the name again."""
    case = case_within_reach(pk)
    identity = read_identity(member=request.user, person=case.person)
    pairs = None
    if identity:
        pairs = [
            (_("Name"), identity.full_name),
            (_("Other names"), ", ".join(identity.other_names)),
            (_("Born"), identity.birth_date),
            (_("Telephone"), ", ".join(identity.phones)),
            (_("Documents"), ", ".join(identity.documents)),
            (_("Safe contact"), identity.safe_contact),
        ]
    context = {**_frame(request, case), "pairs": pairs, "crumbs": crumbs(case)}
    return render(request, "protection/case_name.html", context)
