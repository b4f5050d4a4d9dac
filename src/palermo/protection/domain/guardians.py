"""A guardian for every child, asked for at once and never one who may be implicated."""

import datetime as dt
from functools import reduce
from operator import or_
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q

from palermo.office import clock
from palermo.office.domain.acting import log
from palermo.office.domain.disclosure import disclose, mark_opened, share
from palermo.office.domain.notices import notify
from palermo.office.domain.persons import claim
from palermo.office.domain.rights import NotAllowed, allow, require
from palermo.office.enums import AgencyKind, DataKind, LawfulBasis, NoticeKind, ObjectKind, Purpose, Role
from palermo.office.models import Agency, Member, Person
from palermo.protection.enums import AgeGroup, AnswerValue
from palermo.protection.models import Answer, GuardianRequest
from palermo.protection.queries.co_ordinators import co_ordinators
from palermo.vocabulary.errors import Refusal

REQUEST = allow("protection.request_guardian", Role.FIRST_RESPONDER, Role.CASE_MANAGER)
READ = allow("protection.read_guardian_request", Role.FIRST_RESPONDER, Role.CASE_MANAGER)
APPOINTED = allow("protection.note_guardian", Role.CASE_MANAGER)
ESCALATE = allow("protection.escalate_guardian_request", Role.CASE_MANAGER)

_GROUPS = ((6, AgeGroup.UNDER_6), (12, AgeGroup.UNDER_12), (15, AgeGroup.UNDER_15), (18, AgeGroup.UNDER_18))
#: Answers that speak of a companion (questions of protection/forms/intake.toml and interview.toml).
_COMPANION = (
    ("child_travels_with_strangers", AnswerValue.YES),
    ("others_speak_for_them", AnswerValue.YES),
    ("child_travels_without_adult", AnswerValue.NO),
)
_WHY = "Every child has a right to a guardian as soon as possible (CoE Convention, Art. 10(4))."


def age_group_of(age: int | None) -> str:
    """The band in which an age lies; empty where it is not known."""
    if age is None:
        return ""
    return next((group for under, group in _GROUPS if age < under), AgeGroup.NOT_SURE)


@transaction.atomic
def request_guardian(
    *, member: Member, person: Person, asked_of: Agency, companion_checked: bool, child_view: str
) -> GuardianRequest:
    """Ask child protection for a guardian (CoE Convention, Art. 10(4)): it gets a notice, and a row on its list.

    It learns the code, the path, the age group and the language, in the best interests of the child; the disclosure is
    recorded. It has its usual time to answer.

    Args:
        companion_checked: whether it was looked at if the adult who came with the child may be implicated.
        child_view: what the child says to it, or why it could not be asked.

    Raises:
        Refusal: for an adult, of an agency that is not child protection or has no account, while the companion was not
            looked at or the view is missing, or where this agency was asked already.
    """
    require(member, REQUEST)
    _may_be_asked(person, asked_of, companion_checked=companion_checked)
    asked_at = clock.now()
    request = GuardianRequest(
        id=uuid4(),
        person=person,
        asked_by=member.agency,
        asked_of=asked_of,
        asked_at=asked_at,
        due_at=asked_at + dt.timedelta(hours=asked_of.answer_within_hours),
        code=person.code,
        path=person.path,
        age_group=age_group_of(person.age),
        language=person.language,
        companion_checked=companion_checked,
    )
    claim(request.id, ObjectKind.GUARDIAN)
    if asked_of.pk == member.agency_id:
        request.save(force_insert=True)
    else:
        _let_see(member, request, child_view)
    notify(agency=asked_of, kind=NoticeKind.GUARDIAN_ASKED, about_id=request.id)
    log(REQUEST, object_id=request.id, person_id=person.id, recipient=str(asked_of.pk))
    return request


def companion_on_record(person: Person) -> bool:
    """Whether any answer of a screening speaks of somebody who came along, whatever the file says of it."""
    spoken_of = reduce(or_, (Q(question=question, value=value) for question, value in _COMPANION))
    return Answer.objects.filter(spoken_of, person=person).exists()


def _may_be_asked(person: Person, asked_of: Agency, *, companion_checked: bool) -> None:
    if not person.is_child:
        raise Refusal("this person is an adult", where="person", remedy="Correct the path if the age is not sure.")
    if asked_of.kind != AgencyKind.CHILD_PROTECTION or not asked_of.has_account:
        raise Refusal(
            "a guardian is asked of child protection",
            where="agency",
            remedy="Choose a child-protection agency that signs in.",
        )
    if not companion_checked and (person.alone is not True or companion_on_record(person)):
        raise Refusal(
            "it was not looked at whether the companion may be implicated",
            where="companion",
            remedy="Speak with the child alone first; a companion is never the guardian by default.",
        )
    if GuardianRequest.objects.filter(person=person, asked_of=asked_of, appointed_at=None).exists():
        raise Refusal(
            "this agency was asked already and has not answered", where="agency", remedy="Call it, or ask another."
        )


def _let_see(member: Member, request: GuardianRequest, child_view: str) -> None:
    disclosure = disclose(
        member=member,
        person=request.person,
        recipient=request.asked_of,
        purpose=Purpose.CHILD_PROTECTION,
        kinds=[DataKind.PROFILE],
        basis=LawfulBasis.CHILD_BEST_INTERESTS,
        reason=_WHY,
        guardian=f"Asked of {request.asked_of}",
        guardian_not_implicated=True,
        child_view=child_view,
    )
    request.disclosure_id = disclosure.id
    request.save(force_insert=True)
    share(disclosure=disclosure, object_id=request.id, kind=ObjectKind.GUARDIAN)


def read_guardian_request(*, member: Member, request: GuardianRequest) -> None:
    """Say in the log that one of the two agencies has read a request; pages call it before they show one."""
    require(member, READ)
    if member.agency_id not in {request.asked_of_id, request.asked_by_id}:
        raise NotAllowed(READ, "another agency was asked")
    log(READ, object_id=request.id, person_id=request.person_id, purpose=Purpose.CHILD_PROTECTION)


@transaction.atomic
def note_guardian(*, member: Member, request: GuardianRequest, guardian: str) -> None:
    """Write down who was appointed (sealed): the agency asked answers so, or the one that asked has heard it.

    Raises:
        NotAllowed: the member is of neither agency.
        Refusal: nobody is named, or somebody was appointed already.
    """
    require(member, APPOINTED)
    sides: set[UUID] = {request.asked_of_id, request.asked_by_id}
    if member.agency_id not in sides:
        raise NotAllowed(APPOINTED, "another agency was asked")
    if not guardian.strip():
        raise Refusal("name the guardian", where="guardian", remedy="As the court or the agency wrote it.")
    waits = GuardianRequest.objects.filter(pk=request.pk, appointed_at=None)
    if not waits.update(appointed_at=clock.now(), appointed_by=member.id, guardian=guardian.strip()):
        raise Refusal(
            "a guardian is appointed already", where="request", remedy="Load the page again to see who it is."
        )
    if request.disclosure_id and member.agency_id == request.asked_of_id:
        mark_opened(disclosure_id=request.disclosure_id)
    for agency in sides - {member.agency_id}:
        other = request.asked_by if agency == request.asked_by_id else request.asked_of
        notify(agency=other, kind=NoticeKind.GUARDIAN_APPOINTED, about_id=request.id)
    log(APPOINTED, object_id=request.id, person_id=request.person_id)


@transaction.atomic
def escalate_guardian_request(*, member: Member, request: GuardianRequest) -> None:
    """No guardian in time: child protection, the agency that asked and the national co-ordinator are told, once.

    Raises:
        NotAllowed: another agency asked.
        Refusal: its time is not up yet, or a guardian is appointed.
    """
    require(member, ESCALATE)
    if member.agency_id != request.asked_by_id:
        raise NotAllowed(ESCALATE, "another agency asked")
    fresh = GuardianRequest.objects.select_for_update().get(pk=request.pk)
    if fresh.appointed_at is not None:
        raise Refusal("a guardian is appointed already", where="request", remedy="Load the page again.")
    if fresh.due_at > clock.now():
        raise Refusal("its time is not up yet", where="request", remedy="Wait, or call the agency.")
    if fresh.escalated_at is not None:
        return
    fresh.escalated_at = clock.now()
    fresh.save(update_fields=["escalated_at"])
    told = {agency.pk: agency for agency in (fresh.asked_of, fresh.asked_by, *co_ordinators(fresh.asked_by.state))}
    for agency in told.values():
        notify(agency=agency, kind=NoticeKind.GUARDIAN_OVERDUE, about_id=fresh.id)
    log(ESCALATE, object_id=fresh.id, person_id=fresh.person_id)
