"""Verbs of outcomes: what a State takes up, and how far it has come, with evidence."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from palermo.office.domain.acting import log
from palermo.office.domain.rights import allow, require
from palermo.office.models import Member
from palermo.partnership.domain.clearing import DESK, cleared_for
from palermo.partnership.domain.directory import state_code, words
from palermo.partnership.domain.kept import own
from palermo.partnership.domain.law import listed, not_to_come
from palermo.partnership.enums import OutcomeStage
from palermo.partnership.models import OutcomeStep, StateOutcome
from palermo.vocabulary.errors import Refusal
from palermo.vocabulary.themes import theme_codes

OPEN = allow("partnership.open_outcome", *DESK)
MOVE = allow("partnership.move_outcome", *DESK)


@transaction.atomic
def open_outcome(
    *,
    member: Member,
    state: str,
    title: str,
    stage: str,
    on: dt.date,
    evidence: str,
    themes: Iterable[str] = (),
    project: str = "",
    **clearance: Any,
) -> StateOutcome:
    """Enter what a State takes up, at the stage that the evidence shows for a day."""
    require(member, OPEN)
    code, title = state_code(code=state), words(text=title, where="title", what="what it is")
    if StateOutcome.objects.filter(office=member.agency, state=code, title=title).exists():
        raise Refusal("this outcome is there already", where="title", remedy="Add a stage to it.")
    made = StateOutcome(
        state=code,
        title=title,
        themes=theme_codes(themes),
        project=project.strip(),
        **cleared_for(member=member, **clearance),
    )
    made.save(force_insert=True)
    log(OPEN, object_id=made.pk, state=code)
    _step(member, made, stage, on, evidence)
    return made


@transaction.atomic
def move_outcome(*, member: Member, outcome: StateOutcome, stage: str, on: dt.date, evidence: str) -> OutcomeStep:
    """Say that a State came further with it: from interested to drafting to adopted, never back, with evidence."""
    require(member, MOVE)
    own(outcome, member=member, verb=MOVE)
    last = OutcomeStep.objects.filter(outcome=outcome).order_by("-on", "-entered_at").first()
    order = OutcomeStage.values
    listed(value=stage, values=order, where="stage")
    if last and order.index(stage) <= order.index(last.stage):
        raise Refusal(
            f"it is at “{last.get_stage_display()}” already",
            where="stage",
            remedy="Choose a stage that comes after it.",
        )
    if last and on < last.on:
        raise Refusal("the stage before it was reached later", where="on", remedy=f"That was on {last.on}.")
    step = _step(member, outcome, stage, on, evidence)
    log(MOVE, object_id=outcome.pk, stage=stage)
    return step


def _step(member: Member, outcome: StateOutcome, stage: str, on: dt.date, evidence: str) -> OutcomeStep:
    listed(value=stage, values=OutcomeStage.values, where="stage")
    step = OutcomeStep(
        outcome=outcome,
        stage=stage,
        on=not_to_come(day=on, where="on"),
        evidence=words(text=evidence, where="evidence", what="the evidence"),
        entered_by=member.pk,
    )
    step.save(force_insert=True)
    return step
