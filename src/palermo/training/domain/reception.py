"""What reception does in a demonstration: it registers who arrives, screens, judges, and refers."""

from collections import defaultdict
from collections.abc import Sequence
from functools import partial
from typing import Any

from palermo.office.domain.consent import give_consent
from palermo.office.domain.persons import Arrival, path_of, register_people
from palermo.office.enums import DataKind, LawfulBasis, Purpose
from palermo.office.methods.identity import Identity
from palermo.office.models import Person
from palermo.protection.domain.cases import add_risk
from palermo.protection.domain.links import LinkAndCode, send_link
from palermo.protection.domain.referrals import Basis, Request, send_referral
from palermo.protection.domain.screenings import judge_presumption, path_of_person, record_screening
from palermo.protection.enums import Judgement, PresumptionResult, RiskKind, RiskLevel, ServiceKind
from palermo.protection.methods.answers import Path
from palermo.protection.methods.forms import Form, load_conditions, load_form
from palermo.protection.models import Case, Referral, Screening
from palermo.training.domain.exercise import CHILD, LATER, URGENT, USUAL, Exercise, language_of
from palermo.training.domain.providers import ask_for_guardian, receive
from palermo.training.models import SimulatedPerson
from palermo.vocabulary.errors import Refusal

#: Where a presumed adult is referred for a safe place, one after the other where there is no place.
SHELTERS = ("harbour", "lantern", "bridge")
#: Conditions that are not met while a companion is in the room.
_ALONE = ("alone", "child_safeguards")
_KINDS = (DataKind.PROFILE, DataKind.NEEDS, DataKind.RISKS, DataKind.IDENTITY, DataKind.CONTACT)


def begin(exercise: Exercise) -> None:
    """Let the world's people arrive; each hour's arrivals are registered together at their facility's gate."""
    hours: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in exercise.rows:
        hours[row["arrived_minute"] // 60 + 1].append(row)
    for hour, rows in hours.items():
        exercise.later(hour, partial(_register, exercise, rows))


def _register(exercise: Exercise, rows: Sequence[dict[str, Any]], now: float) -> None:
    responder = exercise.cast.responder
    with exercise.at(now, responder):
        persons = register_people(member=responder, arrivals=[_arrival(exercise, row) for row in rows])
        SimulatedPerson.objects.bulk_create(
            SimulatedPerson(person=person, world_id=row["person_id"]) for person, row in zip(persons, rows, strict=True)
        )
    exercise.files |= {row["person_id"]: person.id for person, row in zip(persons, rows, strict=True)}
    for row in rows:
        child_alone = row["alone"] and (not row["age_known"] or row["age"] < 18)
        exercise.teams[row["facility_id"]].ask(
            partial(_intake, exercise, row),
            minutes=exercise.plan.work["registration"] + exercise.plan.work["intake"],
            rank=CHILD if child_alone else USUAL,
        )


def _arrival(exercise: Exercise, row: dict[str, Any]) -> Arrival:
    age = row["age"] if row["age_known"] else None
    return Arrival(
        path=path_of(age),
        age=age,
        sex=row["sex"] or "not_known",
        citizenship=row["citizenship"] or "",
        language=language_of(row["language"]),
        site=exercise.cast.sites[row["facility_id"]],
        alone=row["alone"],
        identity=Identity(given_name=row["given_name_native"], family_name=row["family_name_native"]),
    )


def _ask(exercise: Exercise, world_id: str, form: Form, path: Path) -> dict[str, str]:
    """The person's answers to a form: yes where anything that the question covers is so, no where nothing is."""
    items = exercise.answers(world_id, form.id)
    answers: dict[str, str] = {}
    for question in form.asked(path):
        if question.after and answers.get(question.after) != "yes":
            continue
        said = {items[item] for item in question.covers if item in items}
        if said:
            answers[question.code] = next(word for word in ("yes", "no", "not_known") if word in said)
    return answers


def _screen(
    exercise: Exercise, row: dict[str, Any], form_name: str, person: Person, member: Any, *, alone: bool = True
) -> Screening:
    form = load_form(form_name)
    screening = record_screening(
        member=member,
        person=person,
        form=form_name,
        conditions=[c.code for c in load_conditions() if alone or c.code not in _ALONE],
        answers=_ask(exercise, row["person_id"], form, path_of_person(person)),
    )
    presumed = screening.result == PresumptionResult.PRESUMED
    judgement = Judgement.PRESUMED if presumed else Judgement.NOT_PRESUMED
    case = judge_presumption(member=member, screening=screening, judgement=judgement)
    if case:
        _first_steps(exercise, row, person, case, member)
    return screening


def _first_steps(exercise: Exercise, row: dict[str, Any], person: Person, case: Case, member: Any) -> None:
    if person.is_child:
        ask_for_guardian(exercise, person, member=member, alone=row["alone"])
    if row["party_kind"] not in ("alone", "family"):
        add_risk(member=member, case=case, kind=RiskKind.TRAFFICKER_NEAR, note="Came with people who are not relatives")
    elif person.is_child and row["alone"]:
        add_risk(member=member, case=case, kind=RiskKind.CHILD_ALONE, level=RiskLevel.URGENT)


def _companion_stays(exercise: Exercise, row: dict[str, Any]) -> bool:
    if row["alone"] or row["party_kind"] == "alone":
        return False
    return exercise.chance("family_stays" if row["party_kind"] == "family" else "companions_stay")


def _wait_until_alone(exercise: Exercise, row: dict[str, Any], now: float) -> None:
    """The officer may not begin in front of a companion: the verb refuses, and the screening waits."""
    member = exercise.cast.responder
    try:
        with exercise.at(now, member):
            person = Person.objects.get(pk=exercise.files[row["person_id"]])
            _screen(exercise, row, "intake", person, member, alone=False)
    except Refusal as refusal:
        if refusal.where != "conditions":
            raise
    else:
        raise RuntimeError("a screening began in front of a companion")
    exercise.later(
        exercise.plan.choices["hours_until_alone"],
        lambda _: exercise.teams[row["facility_id"]].ask(
            partial(_intake, exercise, row, alone=True), minutes=exercise.plan.work["intake"], rank=URGENT
        ),
    )


def _intake(exercise: Exercise, row: dict[str, Any], now: float, *, alone: bool = False) -> None:
    if not alone and _companion_stays(exercise, row):
        _wait_until_alone(exercise, row, now)
        return
    member = exercise.cast.responder
    with exercise.at(now, member):
        person = Person.objects.get(pk=exercise.files[row["person_id"]])
        screening = _screen(exercise, row, "intake", person, member)
        presumed = screening.result == PresumptionResult.PRESUMED
        if person.is_child and row["alone"] and not presumed:
            # A child alone needs a guardian, whatever the screening says.
            ask_for_guardian(exercise, person, member=member, alone=row["alone"])
    if presumed:
        _queue_referral(exercise, row, child=person.is_child)
    elif screening.interview_advised and exercise.chance("comes_to_interview"):
        exercise.teams["managers"].ask(
            partial(_interview, exercise, row), minutes=exercise.plan.work["interview"], rank=LATER
        )


def _interview(exercise: Exercise, row: dict[str, Any], now: float) -> None:
    member = exercise.cast.manager
    with exercise.at(now, member):
        person = Person.objects.get(pk=exercise.files[row["person_id"]])
        screening = _screen(exercise, row, "interview", person, member)
    if screening.result == PresumptionResult.PRESUMED:
        _queue_referral(exercise, row, child=person.is_child)


def _queue_referral(exercise: Exercise, row: dict[str, Any], *, child: bool, attempt: int = 0) -> None:
    exercise.teams["managers"].ask(
        partial(_refer, exercise, row, attempt),
        minutes=exercise.plan.work["referral"],
        rank=URGENT if child and row["alone"] else CHILD if child else USUAL,
    )


def _refer(exercise: Exercise, row: dict[str, Any], attempt: int, now: float) -> None:
    person_id = exercise.files[row["person_id"]]
    with exercise.at(now, exercise.cast.manager):
        person = Person.objects.get(pk=person_id)
        if person.is_child:
            _refer_child(exercise, row, person)
        elif exercise.chance("consents"):
            _refer_adult(exercise, row, person, attempt)


def _refer_child(exercise: Exercise, row: dict[str, Any], person: Person) -> None:
    referral = send_referral(
        member=exercise.cast.manager,
        person=person,
        request=Request(
            recipient=exercise.cast.agencies["child_protection"],
            purpose=Purpose.CHILD_PROTECTION,
            services=[ServiceKind.GUARDIANSHIP, ServiceKind.ACCOMMODATION],
            kinds=[*_KINDS, DataKind.FAMILY, DataKind.SCREENING],
            urgent=bool(row["alone"]),
        ),
        basis=Basis(
            basis=LawfulBasis.CHILD_BEST_INTERESTS,
            reason="A child presumed to be a victim needs a guardian and a safe place before anything else.",
            guardian="None yet: asked of the office for children and guardians",
            guardian_not_implicated=True,
            child_view="Asked in the child's language; the child wants to be safe and to go to school.",
        ),
    )
    receive(exercise, "child_protection", referral, lambda: None)


def _refer_adult(exercise: Exercise, row: dict[str, Any], person: Person, attempt: int) -> None:
    key = SHELTERS[attempt % len(SHELTERS)]
    referral, link = _by_consent(exercise, person, key, Purpose.ACCOMMODATION, [ServiceKind.ACCOMMODATION])

    def declined() -> None:
        if attempt + 1 < 2 * len(SHELTERS):
            _queue_referral(exercise, row, child=False, attempt=attempt + 1)

    receive(exercise, key, referral, declined, link)
    if attempt == 0 and exercise.chance("consents_to_identification"):
        asked, _ = _by_consent(exercise, person, "board", Purpose.IDENTIFICATION, [ServiceKind.IDENTIFICATION])
        receive(exercise, "board", asked, lambda: None)


def _by_consent(
    exercise: Exercise, person: Person, key: str, purpose: str, services: list[ServiceKind]
) -> tuple[Referral, LinkAndCode | None]:
    """The referral, and for a provider without an account the link and the code that it is handed."""
    member, recipient = exercise.cast.manager, exercise.cast.agencies[key]
    kinds = [*_KINDS, DataKind.SCREENING] if purpose == Purpose.IDENTIFICATION else [*_KINDS]
    consent = give_consent(
        member=member,
        person=person,
        recipient=recipient,
        purpose=purpose,
        kinds=kinds,
        language=person.language or "und",
        interpreter="Register of interpreters, no. 12",
        how="Spoken, after explanation",
    )
    referral = send_referral(
        member=member,
        person=person,
        request=Request(recipient=recipient, purpose=purpose, services=services, kinds=kinds),
        basis=Basis(basis=LawfulBasis.CONSENT, consent=consent),
    )
    return referral, None if recipient.has_account else send_link(member=member, referral=referral)
