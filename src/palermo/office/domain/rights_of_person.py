"""Access, rectification, complaint: the rights of the person whose data it is."""

import datetime as dt
from dataclasses import dataclass

from django.db import ProgrammingError, connection, transaction

from palermo.office import clock
from palermo.office.domain.acting import log
from palermo.office.domain.notices import notify
from palermo.office.domain.rights import NotAllowed, allow, require
from palermo.office.enums import NoticeKind, RightsKind, Role
from palermo.office.models import Member, Person, RightsRequest
from palermo.office.plain_words import kind_words, purpose_words
from palermo.office.sealing import seal, unseal
from palermo.vocabulary.errors import Refusal

REPORT = allow("office.access_report", Role.CASE_MANAGER, Role.SERVICE_WORKER)
ASK = allow("office.ask_right", Role.FIRST_RESPONDER, Role.CASE_MANAGER, Role.SERVICE_WORKER)
READ_ANSWERS = allow("office.read_answers", Role.FIRST_RESPONDER, Role.CASE_MANAGER, Role.SERVICE_WORKER)
ANSWER = allow("office.answer_right", Role.DATA_PROTECTION_OFFICER)

#: One month, extendable by law; counted in days so that the clock is plain (GDPR Art. 12(3)).
ANSWER_DAYS = 30


@dataclass(frozen=True)
class Seen:
    """A line of the report handed to the person: when, what kind of agency, what it did, why. No place, no staff."""

    at: dt.datetime
    agency_kind: str
    verb: str
    purpose: str


@transaction.atomic
def access_report(*, member: Member, person: Person) -> list[Seen]:
    """Who has seen or changed the data, to be handed to the person in private."""
    require(member, REPORT)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT at, agency_kind, verb, purpose FROM office_access_report(%s)", [person.id])
            found = cursor.fetchall()
    except ProgrammingError as error:
        raise NotAllowed(REPORT, "only the agency that keeps the file hands the report over") from error
    lines = [Seen(at, kind_words(kind), verb, purpose_words(purpose)) for at, kind, verb, purpose in found]
    log(REPORT, object_id=person.id, person_id=person.id)
    return lines


@transaction.atomic
def ask_right(*, member: Member, person: Person, kind: str, words: str) -> RightsRequest:
    """Record what the person asks for, in their own words (sealed); the data protection officer is told."""
    require(member, ASK)
    if kind not in RightsKind.values:
        raise Refusal(
            "this is not one of the rights", where="kind", remedy="Choose access, rectification or complaint."
        )
    request = RightsRequest(
        person=person,
        agency=member.agency,
        kind=kind,
        sealed_words=seal(words),
        at=clock.now(),
        due_at=clock.now() + dt.timedelta(days=ANSWER_DAYS),
    )
    request.save(force_insert=True)
    notify(agency=member.agency, kind=NoticeKind.RIGHTS, about_id=request.id)
    log(ASK, object_id=request.id, person_id=person.id, kind=kind)
    return request


def words_of(*, member: Member, request: RightsRequest) -> str:
    """The person's own words, for the officer who answers."""
    require(member, ANSWER)
    log("office.read_right", object_id=request.id, person_id=request.person_id)
    return unseal(request.sealed_words)


@transaction.atomic
def read_answers(*, member: Member, person: Person) -> list[RightsRequest]:
    """What the person asked for, newest first, with the answers: for those who tell the person."""
    require(member, READ_ANSWERS)
    asked = list(RightsRequest.objects.filter(person=person, agency=member.agency).order_by("-at"))
    if asked:
        log(READ_ANSWERS, object_id=person.id, person_id=person.id)
    return asked


@transaction.atomic
def answer_right(*, member: Member, request: RightsRequest, answer: str) -> None:
    """Answer a request; what was done is said in words that can be read to the person.

    Those who keep the file are told, and find the answer there.
    """
    require(member, ANSWER)
    if len(answer.strip()) < 10:
        raise Refusal(
            "an answer says what was done, or why not", where="answer", remedy="Write it as you would say it."
        )
    RightsRequest.objects.filter(pk=request.pk).update(answered_at=clock.now(), answer=answer.strip())
    notify(agency=member.agency, kind=NoticeKind.RIGHTS_ANSWERED, about_id=request.person_id)
    log(ANSWER, object_id=request.pk, person_id=request.person_id)
