"""To screen: conditions first, one answer at a time, a presumption with reasons, and a person who decides."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path as FilePath
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import transaction

from palermo.office import clock
from palermo.office.domain.acting import log
from palermo.office.domain.rights import allow, require
from palermo.office.enums import Role
from palermo.office.models import Member, Person
from palermo.office.sealing import seal, unseal
from palermo.protection.domain.cases import open_case
from palermo.protection.enums import AnswerValue, HowKnown, Judgement, PresumptionResult, ScreeningState
from palermo.protection.methods.answers import Answer as Said
from palermo.protection.methods.answers import Path
from palermo.protection.methods.forms import load_conditions, load_form
from palermo.protection.methods.next_step import next_step
from palermo.protection.methods.scheme import Scheme, default_scheme, make_scheme
from palermo.protection.methods.screening import Screening as Result
from palermo.protection.methods.screening import screen
from palermo.protection.models import Answer, Case, Screening
from palermo.vocabulary.errors import Refusal
from palermo.vocabulary.indicators import StrengthBasis, load_indicators

START = allow("protection.start_screening", Role.FIRST_RESPONDER, Role.CASE_MANAGER)
ANSWER = allow("protection.answer_question", Role.FIRST_RESPONDER, Role.CASE_MANAGER)
PAUSE = allow("protection.pause_screening", Role.FIRST_RESPONDER, Role.CASE_MANAGER)
STOP = allow("protection.stop_screening", Role.FIRST_RESPONDER, Role.CASE_MANAGER)
READ_ACCOUNT = allow("protection.read_account", Role.FIRST_RESPONDER, Role.CASE_MANAGER)
FINISH = allow("protection.finish_screening", Role.FIRST_RESPONDER, Role.CASE_MANAGER)
JUDGE = allow("protection.judge_presumption", Role.FIRST_RESPONDER, Role.CASE_MANAGER)

#: Version of the indicators and the gate, kept with each result; raised when either changes.
RULES = "palermo-2"
_GOES_ON = (ScreeningState.OPEN, ScreeningState.PAUSED)


@transaction.atomic
def start_screening(
    *,
    member: Member,
    person: Person,
    form: str,
    conditions: Sequence[str],
    language: str = "",
    interpreter: str = "",
) -> Screening:
    """Begin a screening once the conditions before the first question are met.

    Args:
        form: `intake` or `interview`.
        conditions: codes of the conditions that are met (protection/forms/conditions.toml).

    Raises:
        Refusal: a condition that must be met is not (urgent needs, alone, no companion as interpreter, …).
    """
    screening = _begin(member, person, form, conditions)
    screening.language, screening.interpreter = language, interpreter
    screening.save(force_insert=True)
    return screening


def _begin(member: Member, person: Person, form: str, conditions: Sequence[str]) -> Screening:
    require(member, START)
    data = load_form(form)
    if unknown := set(conditions) - {condition.code for condition in load_conditions()}:
        raise Refusal(f"there is no condition {min(unknown)}", where="conditions", remedy="Use the codes of the form.")
    missing = [c for c in load_conditions() if path_of_person(person) in c.paths and c.code not in set(conditions)]
    if missing:
        raise Refusal(
            f"not everything is in place for the first question. {missing[0].text}",
            where="conditions",
            remedy=missing[0].otherwise,
        )
    screening = Screening(
        id=uuid4(),
        person=person,
        agency=member.agency,
        form=data.id,
        form_version=data.version,
        member_id=member.id,
        conditions=sorted(set(conditions)),
        started_at=clock.now(),
    )
    log(START, object_id=screening.id, person_id=person.id, form=data.id)
    return screening


def path_of_person(person: Person) -> Path:
    """The path by which a person is asked: not sure is a child."""
    return Path.CHILD if person.is_child else Path.ADULT


def _going_on(screening: Screening) -> None:
    if screening.state not in _GOES_ON:
        raise Refusal("this screening has ended", where="screening", remedy="Start another; earlier answers stay.")


@transaction.atomic
def answer_question(
    *,
    member: Member,
    screening: Screening,
    question: str,
    value: str,
    how_known: str = HowKnown.TOLD,
    note: str = "",
    take_back: bool = False,
) -> None:
    """Write down one answer (again, if it is corrected) and go on with a screening that was paused.

    Args:
        note: in the person's own words; where it is empty, what was written before stays.
        take_back: an empty note takes what was written before away.
    """
    require(member, ANSWER)
    _going_on(screening)
    if value not in AnswerValue.values:
        raise Refusal("this is not an answer", where=question, remedy="Choose yes, no, not known or not now.")
    load_form(screening.form).items({question: Said(value)})  # refuses a question that the form does not have
    values: dict[str, Any] = {"value": value, "how_known": how_known, "at": clock.now()}
    if note.strip():
        values["sealed_note"] = seal(note.strip())
    elif take_back:
        values["sealed_note"] = None
    if not Answer.objects.filter(screening=screening, question=question).update(**values):
        Answer(screening=screening, person_id=screening.person_id, question=question, **values).save(force_insert=True)
    if screening.state == ScreeningState.PAUSED:
        screening.state = ScreeningState.OPEN
        screening.save(update_fields=["state"])
    log(ANSWER, object_id=screening.id, person_id=screening.person_id, question=question)


def read_account(*, member: Member, screening: Screening, question: str = "") -> dict[str, str]:
    """What the person told in a screening in their own words, as question → words; the reading is logged.

    Args:
        question: the only one whose words are unsealed; all of them if empty.
    """
    require(member, READ_ACCOUNT)
    notes = Answer.objects.filter(screening=screening, sealed_note__isnull=False).order_by("at")
    if question:
        notes = notes.filter(question=question)
    log(READ_ACCOUNT, object_id=screening.id, person_id=screening.person_id)
    return {answer.question: unseal(answer.sealed_note or b"") for answer in notes}


@transaction.atomic
def pause_screening(*, member: Member, screening: Screening) -> None:
    """Pause; anybody of the agency may go on later, and no question is asked twice."""
    require(member, PAUSE)
    _going_on(screening)
    screening.state = ScreeningState.PAUSED
    screening.save(update_fields=["state"])
    log(PAUSE, object_id=screening.id, person_id=screening.person_id)


@transaction.atomic
def stop_screening(*, member: Member, screening: Screening) -> None:
    """The person does not want to go on. What was said is kept; nothing is concluded from stopping."""
    require(member, STOP)
    _going_on(screening)
    screening.state, screening.ended_at = ScreeningState.STOPPED, clock.now()
    screening.save(update_fields=["state", "ended_at"])
    log(STOP, object_id=screening.id, person_id=screening.person_id)


def present(result: Result) -> dict[str, Any]:
    """A result as it is kept and shown: plain values, reasons in sentences."""
    return {
        "path": result.path.value,
        "form": result.form,
        "forms": list(result.forms),
        "elements": {element.value: rule.value for element, rule in result.elements.items()},
        "dimensions": [dimension.value for dimension in result.positive],
        "classification": result.classification.value,
        "reasons": list(result.reasons),
        "counted": [
            {
                "label": one.label,
                "strength": one.strength.value,
                "assumed": one.strength_basis is StrengthBasis.ASSUMED,
                "source": one.source,
                "verification": one.verification,
            }
            for one in result.counted
        ],
        "assumed": list(result.assumed),
        "missing": result.missing,
        "advice": result.advice,
    }


def _screen(person: Person, form: str = "", said: Mapping[str, str] | None = None) -> Result:
    """Presume on all that was answered, and on what was `said` just now to a form and is not yet in the records."""
    # Earlier screenings count too: nobody is asked twice, and what was said once stays said.
    answers: dict[str, Said] = {}
    rows = list(Answer.objects.filter(person=person).order_by("at").values_list("screening__form", "question", "value"))
    rows += [(form, question, value) for question, value in (said or {}).items()]
    for name, of_form in groupby(rows, key=itemgetter(0)):
        asked = {question: Said(value) for _, question, value in of_form if value != AnswerValue.NOT_ASKED}
        answers.update(load_form(name).items(asked))
    age = person.age if person.path != "not_sure" else None
    if age is None and person.path == "adult":
        age = 18  # an adult whose years are not known: the path is what the rule asks for
    return screen(answers, age=age, scheme=_scheme(settings.PALERMO_STRENGTHS))


@cache
def _scheme(own: FilePath | None) -> Scheme:
    # An agency that holds the ILO's brochure replaces assumed strengths in one file; read once a process.
    return make_scheme(load_indicators(overrides=own)) if own else default_scheme()


@cache
def _strengths_digest(own: FilePath) -> str:
    return hashlib.sha256(own.read_bytes()).hexdigest()[:8]


def _rules_version() -> str:
    own: FilePath | None = settings.PALERMO_STRENGTHS
    return f"{RULES}+{_strengths_digest(own)}" if own else RULES


@transaction.atomic
def finish_screening(*, member: Member, screening: Screening) -> Screening:
    """End the questions; the rule presumes, with its reasons. Nothing follows until a person has judged.

    Returns:
        The screening with `result` and `reasons`.
    """
    require(member, FINISH)
    _going_on(screening)
    said = dict(Answer.objects.filter(screening=screening).values_list("question", "value"))
    _conclude(screening, _screen(screening.person), said)
    screening.save(update_fields=["state", "ended_at", "result", "reasons", "rules_version", "interview_advised"])
    return screening


def _conclude(screening: Screening, result: Result, said: Mapping[str, str]) -> None:
    screening.state, screening.ended_at = ScreeningState.FINISHED, clock.now()
    screening.result, screening.reasons = result.presumption.value, present(result)
    if screening.form == "intake":
        step = next_step(result, said)
        screening.reasons["next"], screening.interview_advised = asdict(step), step.interview
    screening.rules_version = _rules_version()
    log(FINISH, object_id=screening.id, person_id=screening.person_id, result=screening.result)


@transaction.atomic
def judge_presumption(*, member: Member, screening: Screening, judgement: str, reason: str = "") -> Case | None:
    """A person confirms the presumption or overrides it, with a reason; a presumed victim has a case from then on.

    Raises:
        Refusal: an override without a reason, or a screening that is not finished.
    """
    require(member, JUDGE)
    if screening.state != ScreeningState.FINISHED:
        raise Refusal("the screening is not finished", where="screening", remedy="Finish it first.")
    if judgement not in Judgement.values:
        raise Refusal("this is not a judgement", where="judgement", remedy="Choose presumed, or not presumed now.")
    agrees = (judgement == Judgement.PRESUMED) == (screening.result == PresumptionResult.PRESUMED)
    if not agrees and len(reason.strip()) < 10:
        raise Refusal("you judge otherwise than the rule: say why", where="reason", remedy="One sentence is enough.")
    screening.judgement, screening.judgement_reason = judgement, reason.strip()
    screening.judged_by, screening.judged_at = member.id, clock.now()
    screening.save(update_fields=["judgement", "judgement_reason", "judged_by", "judged_at"])
    log(JUDGE, object_id=screening.id, person_id=screening.person_id, judgement=judgement, agrees=agrees)
    if judgement == Judgement.PRESUMED:
        return open_case(member=member, person=screening.person, ground="screening")
    return None


@transaction.atomic
def record_screening(
    *, member: Member, person: Person, form: str, conditions: Sequence[str], answers: Mapping[str, str]
) -> Screening:
    """Record a screening that was held on paper or on a tablet without a network, as a whole.

    Args:
        answers: question → answer of the form; what is left out was not asked.
    """
    screening = _begin(member, person, form, conditions)
    require(member, FINISH)
    result = _screen(person, form, {question: AnswerValue(value) for question, value in answers.items()})
    log(ANSWER, object_id=screening.id, person_id=person.id, questions=len(answers))
    _conclude(screening, result, answers)
    screening.save(force_insert=True)
    Answer.objects.bulk_create(
        Answer(screening=screening, person=person, question=question, value=AnswerValue(value), at=clock.now())
        for question, value in answers.items()
    )
    return screening
