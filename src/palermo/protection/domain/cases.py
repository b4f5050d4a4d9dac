"""To open a case on a presumption, to watch its risks, and to close it."""

import datetime as dt

from django.db import transaction

from palermo.office import clock
from palermo.office.domain.acting import log
from palermo.office.domain.rights import allow, require
from palermo.office.enums import Role
from palermo.office.models import Member, Person
from palermo.protection.enums import CaseState, RiskLevel
from palermo.protection.models import Case, Risk
from palermo.vocabulary.errors import Refusal
from palermo.vocabulary.states import reflection_period

OPEN = allow("protection.open_case", Role.FIRST_RESPONDER, Role.CASE_MANAGER)
READ = allow("protection.read_case", Role.FIRST_RESPONDER, Role.CASE_MANAGER, Role.SERVICE_WORKER, Role.DECISION_MAKER)
RISK = allow("protection.add_risk", Role.FIRST_RESPONDER, Role.CASE_MANAGER, Role.SERVICE_WORKER)
RESOLVE = allow("protection.resolve_risk", Role.CASE_MANAGER, Role.SERVICE_WORKER)
EXTEND = allow("protection.extend_reflection", Role.CASE_MANAGER)
CLOSE = allow("protection.close_case", Role.CASE_MANAGER)


@transaction.atomic
def open_case(*, member: Member, person: Person, ground: str) -> Case:
    """Open the case of a presumed victim; the recovery and reflection period starts (CoE Convention, Art. 13).

    Args:
        ground: on what the presumption rests, e.g. `screening`, `concern` or `worry`.

    Returns:
        The case; the one that is there already where there is one.
    """
    require(member, OPEN)
    existing = Case.objects.filter(person=person).first()
    if existing:
        return existing
    period = reflection_period(member.agency.state)
    start = clock.now()
    case = Case(
        person=person,
        agency=member.agency,
        opened_at=start,
        reflection_from=start,
        reflection_until=start + dt.timedelta(days=period.days),
        ground=ground,
    )
    case.save(force_insert=True)
    log(OPEN, object_id=case.id, person_id=person.id, ground=ground)
    return case


def read_case(*, member: Member, case: Case) -> None:
    """Say in the log that the case was read; pages call it before they show one."""
    require(member, READ)
    log(READ, object_id=case.id, person_id=case.person_id)


@transaction.atomic
def add_risk(*, member: Member, case: Case, kind: str, level: str = RiskLevel.URGENT, note: str = "") -> Risk:
    """Write down what threatens the person; urgent ones stand first on every list."""
    require(member, RISK)
    risk = Risk(case=case, person_id=case.person_id, kind=kind, level=level, note=note, seen_at=clock.now())
    risk.save(force_insert=True)
    log(RISK, object_id=risk.id, person_id=case.person_id, kind=kind, level=level)
    return risk


@transaction.atomic
def resolve_risk(*, member: Member, risk: Risk, resolution: str) -> None:
    """Say what was done about a risk."""
    require(member, RESOLVE)
    if len(resolution.strip()) < 5:
        raise Refusal("say what was done about it", where="resolution", remedy="One sentence is enough.")
    Risk.objects.filter(pk=risk.pk, resolved_at=None).update(resolved_at=clock.now(), resolution=resolution.strip())
    log(RESOLVE, object_id=risk.pk, person_id=risk.person_id)


@transaction.atomic
def extend_reflection(*, member: Member, case: Case, days: int) -> Case:
    """Give the person more time; the period is never shortened."""
    require(member, EXTEND)
    if not 1 <= days <= 365:
        raise Refusal("the period grows by a day to a year", where="days", remedy="It is never shortened.")
    case.reflection_until += dt.timedelta(days=days)
    case.save(update_fields=["reflection_until"])
    log(EXTEND, object_id=case.id, person_id=case.person_id, days=days)
    return case


@transaction.atomic
def close_case(*, member: Member, case: Case, reason: str) -> None:
    """Close a case with its reason. Open urgent risks forbid it; a closed case never bars a new screening."""
    require(member, CLOSE)
    if case.risks.filter(resolved_at=None, level=RiskLevel.URGENT).exists():
        raise Refusal("an urgent risk is open", where="case", remedy="Resolve it first, and say what was done.")
    if len(reason.strip()) < 10:
        raise Refusal("say why the case is closed", where="reason", remedy="One sentence is enough.")
    Case.objects.filter(pk=case.pk).update(state=CaseState.CLOSED, closed_at=clock.now(), closing_reason=reason.strip())
    log(CLOSE, object_id=case.id, person_id=case.person_id)
