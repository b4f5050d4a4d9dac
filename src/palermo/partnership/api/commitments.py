"""Commitments with their grades, and what is known of a State's law and of what came of it."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.http import Http404
from ninja import Router, Schema

from palermo.office import clock
from palermo.office.api import Asked
from palermo.partnership.domain.commitments import read_commitments
from palermo.partnership.models import Instrument
from palermo.partnership.queries import commitments as asking
from palermo.partnership.queries.law import bills_of, gaps_of, in_force_on
from palermo.partnership.queries.outcomes import outcomes_of
from palermo.vocabulary.states import load_states

router = Router()


class TextOut(Schema):
    language: str
    standing: str
    text: str
    source: str


class ProvisionOut(Schema):
    id: UUID
    paragraph: str
    addressee: str
    themes: list[str]
    texts: list[TextOut]


class CommitmentOut(Schema):
    id: UUID
    symbol: str
    title: str
    body: str
    meeting: str
    adopted_on: dt.date
    source: str
    #: A source text read, B in part, C not seen.
    grade: str
    grade_note: str
    provisions: list[ProvisionOut]


class LawOut(Schema):
    id: UUID
    point: str
    covers: str
    act: str
    says: str
    since: dt.date
    until: dt.date | None
    source: str
    grade: str


class GapOut(Schema):
    provision_id: UUID
    gap: str
    reason: str
    assessed_on: dt.date


class StageOut(Schema):
    title: str
    stage: str
    on: dt.date


class StateOut(Schema):
    code: str
    name: str
    day: dt.date
    law: list[LawOut]
    #: The newest judgement on each provision; what is not here is not known.
    gaps: list[GapOut]
    bills: list[StageOut]
    outcomes: list[StageOut]


@router.get("/partnership/commitments", response=list[CommitmentOut])
def commitments(request: Asked) -> list[dict[str, Any]]:
    """Commitments by date, with what they ask of States and of structures, their texts and grades of confidence."""
    read_commitments(member=request.user)
    return [_commitment(one) for one in asking.commitments()]


@router.get("/partnership/states/{code}", response=StateOut)
def state(request: Asked, code: str, day: dt.date | None = None) -> dict[str, Any]:
    """A State's law in force on a day, the gaps to its commitments, bills and outcomes at their stages."""
    read_commitments(member=request.user)
    found = load_states().get(code)
    if found is None:
        raise Http404
    when = day or clock.now().date()
    return {
        "code": code,
        "name": found.name,
        "day": when,
        "law": list(in_force_on(when).filter(state=code)),
        "gaps": [line.current for line in gaps_of(code) if line.current],
        "bills": [
            {"title": line.bill.title, "stage": line.stage.stage, "on": line.stage.on}
            for line in bills_of(code)
            if line.stage
        ],
        "outcomes": [
            {"title": line.outcome.title, "stage": line.stage.stage, "on": line.stage.on}
            for line in outcomes_of(code)
            if line.stage
        ],
    }


def _commitment(one: Instrument) -> dict[str, Any]:
    plain = {name: getattr(one, name) for name in CommitmentOut.model_fields if name != "provisions"}
    provisions = [
        {**{name: getattr(part, name) for name in ProvisionOut.model_fields if name != "texts"}, "texts": texts}
        for part in one.provisions.all()
        for texts in [list(part.texts.all())]
    ]
    return {**plain, "provisions": provisions}
