"""Cases: the work list and one case, by its code and without the name."""

import datetime as dt
from typing import Any, Literal
from uuid import UUID

from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from palermo.office.api import Asked, Part
from palermo.office.domain.rights import require_any
from palermo.protection.api.arrivals import PersonOut
from palermo.protection.api.consents import ConsentOut
from palermo.protection.api.referrals import ReferralOut
from palermo.protection.api.screenings import ScreeningLine
from palermo.protection.domain.cases import READ, read_case
from palermo.protection.enums import CaseState
from palermo.protection.models import Case, GuardianRequest, Risk, Service
from palermo.protection.queries.cases import consents_of, referrals_of, screenings_of, work_list

router = Router()
State = Literal["open", "all", "presumed", "identified", "not_identified", "appealed", "closed"]


class CaseOut(Schema):
    id: UUID
    state: str
    opened_at: dt.datetime
    ground: str
    reflection_from: dt.datetime
    reflection_until: dt.datetime
    closed_at: dt.datetime | None
    person: PersonOut


class CaseLine(CaseOut):
    urgent: bool
    risks_open: int | None
    #: The next deadline of a referral that waits for an answer.
    answer_due: dt.datetime | None
    guardian_asked: bool


class CaseList(Schema):
    count: int
    items: list[CaseLine]


class RiskOut(Schema):
    id: UUID
    kind: str
    level: str
    note: str
    seen_at: dt.datetime
    resolved_at: dt.datetime | None
    resolution: str


class ServiceOut(Schema):
    id: UUID
    kind: str
    provider_id: UUID
    state: str
    since: dt.datetime
    ended_at: dt.datetime | None
    result: str


class GuardianOut(Schema):
    asked_of_id: UUID
    asked_at: dt.datetime
    appointed_at: dt.datetime | None


class CaseFile(CaseOut):
    risks: list[RiskOut]
    guardian: GuardianOut | None
    services: list[ServiceOut]
    screenings: list[ScreeningLine]
    consents: list[ConsentOut]
    referrals: list[ReferralOut]


@router.get("/cases", response=CaseList)
def case_list(request: Asked, part: Query[Part], state: State = "open") -> dict[str, Any]:
    """Cases in the order in which they need somebody: urgent risks, children, deadlines, clocks."""
    require_any(request.user, READ)
    cases = work_list()
    if state == "open":
        cases = cases.exclude(state=CaseState.CLOSED)
    elif state != "all":
        cases = cases.filter(state=state)
    return part.of(cases)


@router.get("/cases/{uuid:case}", response=CaseFile)
def case(request: Asked, case: UUID) -> dict[str, Any]:
    """One case; that it was read is a line in the log."""
    require_any(request.user, READ)
    found = get_object_or_404(Case.objects.select_related("person", "person__site"), pk=case)
    read_case(member=request.user, case=found)
    return {
        **{name: getattr(found, name) for name in CaseOut.model_fields},
        "risks": list(Risk.objects.filter(case=found)),
        "guardian": GuardianRequest.objects.filter(person_id=found.person_id).first(),
        "services": list(Service.objects.filter(case=found)),
        "screenings": list(screenings_of(found.person_id)),
        "consents": list(consents_of(found.person_id)),
        "referrals": list(referrals_of(found.person_id)),
    }
