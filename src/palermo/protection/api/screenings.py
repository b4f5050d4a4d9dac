"""To screen: conditions, questions and answers, a presumption with reasons, a person's judgement."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema, Status

from palermo.office.api import Asked
from palermo.office.domain.rights import require_any
from palermo.office.models import Person
from palermo.protection.domain.screenings import (
    ANSWER,
    START,
    answer_question,
    finish_screening,
    judge_presumption,
    path_of_person,
    pause_screening,
    start_screening,
    stop_screening,
)
from palermo.protection.enums import HowKnown
from palermo.protection.methods.forms import load_form
from palermo.protection.models import Screening

router = Router()


class ScreeningLine(Schema):
    id: UUID
    form: str
    state: str
    started_at: dt.datetime
    ended_at: dt.datetime | None
    #: What the rule presumes, and what a person made of it; empty where nobody has yet.
    result: str
    judgement: str


class QuestionOut(Schema):
    code: str
    kind: str
    text: str
    help: str
    sensitive: bool
    #: Asked only if this question was answered yes; empty if always.
    after: str
    #: yes, no, not_known or not_asked; null where there is no answer yet.
    answer: str | None


class ScreeningOut(ScreeningLine):
    person_id: UUID
    form_version: str
    conditions: list[str]
    questions: list[QuestionOut]
    #: How the presumption came about, in sentences and codes; empty until the screening is finished.
    reasons: dict[str, Any]
    judgement_reason: str


class StartIn(Schema):
    form: str
    conditions: list[str] = []
    language: str = Field("", max_length=3)
    interpreter: str = Field("", max_length=120)


class AnswerIn(Schema):
    question: str
    value: str
    how_known: HowKnown = HowKnown.TOLD
    note: str = Field("", max_length=2000)


class JudgeIn(Schema):
    judgement: str
    reason: str = ""


class JudgedOut(Schema):
    #: The case that is open from now on, if the person is presumed a victim.
    case_id: UUID | None


def _found(pk: UUID) -> Screening:
    return get_object_or_404(Screening.objects.select_related("person", "agency"), pk=pk)


def _shown(screening: Screening) -> dict[str, Any]:
    given = dict(screening.answers.values_list("question", "value"))
    asked = load_form(screening.form).asked(path_of_person(screening.person))
    words = ("code", "kind", "text", "help", "sensitive", "after")
    questions = [{**{w: getattr(q, w) for w in words}, "answer": given.get(q.code)} for q in asked]
    names = {*ScreeningOut.model_fields} - {"questions"}
    return {**{name: getattr(screening, name) for name in names}, "questions": questions}


@router.post("/arrivals/{uuid:person}/screenings", response={201: ScreeningOut})
def screening_start(request: Asked, person: UUID, said: StartIn) -> Status[Any]:
    """Begin, once the conditions before the first question are met."""
    found = get_object_or_404(Person, pk=person)
    return Status(201, _shown(start_screening(member=request.user, person=found, **said.dict())))


@router.get("/screenings/{uuid:screening}", response=ScreeningOut)
def screening(request: Asked, screening: UUID) -> Any:
    """A screening with its questions, what was answered, and its result once there is one."""
    require_any(request.user, START, ANSWER)
    return _shown(_found(screening))


@router.post("/screenings/{uuid:screening}/answers", response=ScreeningOut)
def screening_answer(request: Asked, screening: UUID, said: AnswerIn) -> Any:
    """Write down one answer, or correct it."""
    found = _found(screening)
    answer_question(member=request.user, screening=found, **said.dict())
    return _shown(found)


@router.post("/screenings/{uuid:screening}/pause", response=ScreeningOut)
def screening_pause(request: Asked, screening: UUID) -> Any:
    """Pause; anybody of the agency may go on."""
    found = _found(screening)
    pause_screening(member=request.user, screening=found)
    return _shown(found)


@router.post("/screenings/{uuid:screening}/stop", response=ScreeningOut)
def screening_stop(request: Asked, screening: UUID) -> Any:
    """Stop, as the person wishes; nothing is concluded from it."""
    found = _found(screening)
    stop_screening(member=request.user, screening=found)
    return _shown(found)


@router.post("/screenings/{uuid:screening}/finish", response=ScreeningOut)
def screening_finish(request: Asked, screening: UUID) -> Any:
    """End the questions; the rule presumes, with its reasons, and a person has to judge."""
    return _shown(finish_screening(member=request.user, screening=_found(screening)))


@router.post("/screenings/{uuid:screening}/judge", response=JudgedOut)
def screening_judge(request: Asked, screening: UUID, said: JudgeIn) -> Any:
    """Confirm the presumption, or override it with a reason."""
    case = judge_presumption(member=request.user, screening=_found(screening), **said.dict())
    return {"case_id": case.pk if case else None}
