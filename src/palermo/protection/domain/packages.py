"""To gather what a disclosure covers, and nothing beside it; to open it at the other end."""

import json
from collections.abc import Callable, Iterable
from typing import Any

from palermo.office.domain.acting import log
from palermo.office.domain.disclosure import mark_opened
from palermo.office.domain.rights import allow, require
from palermo.office.enums import DataKind, Role
from palermo.office.methods.identity import Identity
from palermo.office.models import Member, Person, SealedIdentity
from palermo.office.sealing import unseal
from palermo.protection.enums import OPEN_REFERRALS, ServiceState
from palermo.protection.models import (
    Answer,
    GuardianRequest,
    Identification,
    Package,
    Referral,
    Risk,
    Screening,
    Service,
)
from palermo.vocabulary.errors import Refusal

OPEN = allow("protection.open_package", Role.CASE_MANAGER, Role.SERVICE_WORKER, Role.DECISION_MAKER)

Part = dict[str, Any]


def _identity_of(person: Person) -> Identity:
    record = SealedIdentity.objects.filter(person=person).first()
    return Identity.from_json(unseal(record.sealed)) if record else Identity()


def _identity(person: Person) -> Part:
    who = _identity_of(person)
    return {
        "name": who.full_name,
        "other_names": list(who.other_names),
        "birth_date": who.birth_date,
        "documents": list(who.documents),
    }


def _contact(person: Person) -> Part:
    who = _identity_of(person)
    return {"phones": list(who.phones), "safe_contact": who.safe_contact}


def _profile(person: Person) -> Part:
    return {
        "path": person.path,
        "age": person.age,
        "sex": person.sex,
        "citizenship": person.citizenship,
        "language": person.language,
        "alone": person.alone,
    }


def _risks(person: Person) -> Part:
    rows = Risk.objects.filter(person=person, resolved_at=None).order_by("seen_at")
    return {"risks": [{"kind": r.kind, "level": r.level, "note": r.note} for r in rows]}


def _latest(person: Person) -> Screening | None:
    return Screening.objects.filter(person=person).exclude(result="").order_by("-started_at").first()


def _screening(person: Person) -> Part:
    screening = _latest(person)
    return {"result": screening.result, "reasons": screening.reasons} if screening else {}


def _account(person: Person) -> Part:
    notes = Answer.objects.filter(person=person, sealed_note__isnull=False).order_by("at")
    return {"notes": [{"question": a.question, "note": unseal(a.sealed_note or b"")} for a in notes]}


def _needs(person: Person) -> Part:
    # What the person was offered and has or waits for: the plan of services is where needs and wishes are written down.
    rows = Service.objects.filter(person=person).exclude(state=ServiceState.ENDED).order_by("since")
    return {"services": [{"kind": row.kind, "state": row.state} for row in rows]}


def _family(person: Person) -> Part:
    request = GuardianRequest.objects.filter(person=person).order_by("-asked_at").first()
    return {
        "alone": person.alone,
        "guardian_asked": bool(request),
        "guardian_appointed": bool(request and request.appointed_at),
    }


def _health(person: Person) -> Part:
    rows = Risk.objects.filter(person=person, resolved_at=None, kind__in=("health", "self_harm")).order_by("seen_at")
    return {"health": [{"kind": r.kind, "level": r.level, "note": r.note} for r in rows]}


_GATHER: dict[str, Callable[[Person], Part]] = {
    DataKind.IDENTITY: _identity,
    DataKind.CONTACT: _contact,
    DataKind.PROFILE: _profile,
    DataKind.NEEDS: _needs,
    DataKind.RISKS: _risks,
    DataKind.ACCOUNT: _account,
    DataKind.SCREENING: _screening,
    DataKind.HEALTH: _health,
    DataKind.FAMILY: _family,
}


def gather(*, person: Person, kinds: Iterable[str]) -> str:
    """What the file holds of these kinds of data, as JSON to be sealed; other kinds are not even read."""
    return json.dumps({kind: _GATHER[kind](person) for kind in sorted(set(kinds))}, ensure_ascii=False)


def _asks_something(referral: Referral) -> bool:
    # Asked anew: the page may have been loaded before the other side acted.
    state = Referral.objects.values_list("state", flat=True).get(pk=referral.pk)
    appeals = Identification.objects.filter(referral=referral, appealed_at__isnull=False, appeal_outcome="")
    return state in OPEN_REFERRALS or appeals.exists()


def open_package(*, member: Member, referral: Referral) -> dict[str, Part]:
    """Open the data that came with a referral. Logged on both sides with the purpose to which it is bound.

    Raises:
        Refusal: the sharing has ended (consent withdrawn or expired, data recalled), or the referral is closed: taken
            back, declined or done. The recipient opens it no more, unless an appeal waits for its decision.
    """
    require(member, OPEN)
    received = member.agency_id == referral.recipient_id
    package = Package.objects.filter(pk=referral.package_id).first()
    if package is None or (received and not _asks_something(referral)):
        raise Refusal(
            "the data of this referral may no longer be used",
            where="package",
            remedy="The sharing or the referral has ended. Delete what you need no longer; ask the sender.",
        )
    if received:
        mark_opened(disclosure_id=referral.disclosure_id)
    log(OPEN, object_id=referral.id, person_id=referral.person_id, purpose=referral.purpose)
    contents: dict[str, Part] = json.loads(unseal(package.sealed))
    return contents
