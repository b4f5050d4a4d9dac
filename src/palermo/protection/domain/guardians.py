"""A guardian for every child, asked for at once and never one who may be implicated."""

from django.db import transaction

from palermo.office import clock
from palermo.office.domain.acting import log
from palermo.office.domain.rights import allow, require
from palermo.office.enums import AgencyKind, Role
from palermo.office.models import Agency, Member, Person
from palermo.office.sealing import seal
from palermo.protection.models import GuardianRequest
from palermo.vocabulary.errors import Refusal

REQUEST = allow("protection.request_guardian", Role.FIRST_RESPONDER, Role.CASE_MANAGER)
APPOINTED = allow("protection.note_guardian", Role.CASE_MANAGER)


@transaction.atomic
def request_guardian(*, member: Member, person: Person, asked_of: Agency, companion_checked: bool) -> GuardianRequest:
    """Ask child protection for a guardian (CoE Convention, Art. 10(4)).

    Args:
        companion_checked: whether it was looked at if the adult who came with the child may be implicated.

    Raises:
        Refusal: for an adult, of an agency that is not child protection, or while the companion was not looked at.
    """
    require(member, REQUEST)
    if not person.is_child:
        raise Refusal("this person is an adult", where="person", remedy="Correct the path if the age is not sure.")
    if asked_of.kind != AgencyKind.CHILD_PROTECTION:
        raise Refusal(
            "a guardian is asked of child protection", where="agency", remedy="Choose a child-protection agency."
        )
    if not companion_checked and person.alone is not True:
        raise Refusal(
            "it was not looked at whether the companion may be implicated",
            where="companion",
            remedy="Speak with the child alone first; a companion is never the guardian by default.",
        )
    request = GuardianRequest(
        person=person, asked_of=asked_of, asked_at=clock.now(), companion_checked=companion_checked
    )
    request.save(force_insert=True)
    log(REQUEST, object_id=request.id, person_id=person.id)
    return request


@transaction.atomic
def note_guardian(*, member: Member, request: GuardianRequest, guardian: str) -> None:
    """Write down who was appointed (sealed)."""
    require(member, APPOINTED)
    if not guardian.strip():
        raise Refusal("name the guardian", where="guardian", remedy="As the court or the agency wrote it.")
    GuardianRequest.objects.filter(pk=request.pk).update(
        appointed_at=clock.now(), sealed_guardian=seal(guardian.strip())
    )
    log(APPOINTED, object_id=request.id, person_id=request.person_id)
