"""What is done for a person and what is owed: services and remedies, from planned to ended."""

from uuid import UUID

from django.db import transaction

from palermo.office import clock
from palermo.office.domain.acting import log
from palermo.office.domain.rights import allow, require
from palermo.office.enums import Role
from palermo.office.models import Agency, Member
from palermo.protection.enums import ServiceKind, ServiceState
from palermo.protection.models import Case, Service
from palermo.vocabulary.errors import Refusal

PLAN = allow("protection.plan_service", Role.CASE_MANAGER, Role.SERVICE_WORKER)
MOVE = allow("protection.move_service", Role.CASE_MANAGER, Role.SERVICE_WORKER)


@transaction.atomic
def plan_service(
    *, member: Member, case: Case, kind: str, provider: Agency, referral_id: UUID | None = None
) -> Service:
    """Plan a service or a remedy (compensation, residence, return) in a case."""
    require(member, PLAN)
    if kind not in ServiceKind.values:
        raise Refusal("this is not on the list of services", where="kind", remedy="Choose “other”.")
    service = Service(
        case=case, person_id=case.person_id, kind=kind, provider=provider, referral_id=referral_id, since=clock.now()
    )
    service.save(force_insert=True)
    log(PLAN, object_id=service.id, person_id=case.person_id, kind=kind)
    return service


@transaction.atomic
def move_service(*, member: Member, service: Service, state: str, result: str = "") -> None:
    """Say that a service has begun or ended, and with what result."""
    require(member, MOVE)
    if state == ServiceState.ENDED and not result.strip():
        raise Refusal("say with what result it ended", where="result", remedy="One sentence is enough.")
    ended_at = clock.now() if state == ServiceState.ENDED else None
    Service.objects.filter(pk=service.pk).update(state=state, ended_at=ended_at, result=result.strip())
    log(MOVE, object_id=service.id, person_id=service.person_id, state=state)
