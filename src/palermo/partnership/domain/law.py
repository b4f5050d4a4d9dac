"""Verbs of the law register: what is in force from when to when, the gap to a provision, bills by stage."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from palermo.office import clock
from palermo.office.domain.acting import log
from palermo.office.domain.rights import allow, require
from palermo.office.models import Member
from palermo.partnership.domain.clearing import DESK, cleared_for
from palermo.partnership.domain.directory import state_code, words
from palermo.partnership.domain.kept import own
from palermo.partnership.enums import Addressee, Cover, Gap, Grade, LawPoint, Stage
from palermo.partnership.models import Bill, BillStep, GapAssessment, LawRecord, Provision
from palermo.vocabulary.errors import Refusal

ADD_LAW = allow("partnership.add_law_record", *DESK)
END_LAW = allow("partnership.end_law_record", *DESK)
ASSESS = allow("partnership.assess_gap", *DESK)
ADD_BILL = allow("partnership.add_bill", *DESK)
MOVE_BILL = allow("partnership.move_bill", *DESK)


@transaction.atomic
def add_law_record(
    *,
    member: Member,
    state: str,
    point: str,
    covers: str,
    act: str,
    says: str,
    since: dt.date,
    source: str,
    grade: str,
    until: dt.date | None = None,
    **clearance: Any,
) -> LawRecord:
    """Enter what a State's law says on a point, in force from a day; nothing that stands there is changed."""
    require(member, ADD_LAW)
    listed(value=point, values=LawPoint.values, where="point")
    listed(value=covers, values=Cover.values, where="covers")
    listed(value=grade, values=Grade.values, where="grade")
    if until and until < since:
        raise Refusal("it ends before it began", where="until", remedy=f"It began on {since}.")
    made = LawRecord(
        state=state_code(code=state),
        point=point,
        covers=covers,
        act=words(text=act, where="act", what="the law and its article"),
        says=words(text=says, where="says", what="what it says"),
        since=since,
        until=until,
        source=words(text=source, where="source", what="the source"),
        grade=grade,
        entered_by=member.pk,
        **cleared_for(member=member, **clearance),
    )
    made.save(force_insert=True)
    log(ADD_LAW, object_id=made.pk, state=made.state, point=point)
    return made


@transaction.atomic
def end_law_record(*, member: Member, law: LawRecord, until: dt.date) -> None:
    """Say on which last day a law was in force; once said it stands."""
    require(member, END_LAW)
    own(law, member=member, verb=END_LAW)
    if law.until:
        raise Refusal("its last day is known already", where="until", remedy="Enter what came after it.")
    if until < law.since:
        raise Refusal("it ends before it began", where="until", remedy=f"It began on {law.since}.")
    LawRecord.objects.filter(pk=law.pk).update(until=until)
    log(END_LAW, object_id=law.pk)


@transaction.atomic
def assess_gap(
    *,
    member: Member,
    state: str,
    provision: Provision,
    gap: str,
    reason: str,
    law: LawRecord | None = None,
    assessed_on: dt.date | None = None,
    **clearance: Any,
) -> GapAssessment:
    """Judge how a State stands to a provision on a day, with the reason; earlier judgements stay."""
    require(member, ASSESS)
    listed(value=gap, values=Gap.values, where="gap")
    if provision.addressee != Addressee.STATES:
        raise Refusal("this provision is addressed to structures", where="provision", remedy="Choose one for States.")
    code = state_code(code=state)
    if law and law.state != code:
        raise Refusal("this law is another State's", where="law", remedy="Choose one of the same State.")
    made = GapAssessment(
        state=code,
        provision=provision,
        gap=gap,
        reason=words(text=reason, where="reason", what="the reason"),
        law=law,
        assessed_on=not_to_come(day=assessed_on or clock.now().date(), where="assessed_on"),
        assessed_by=member.pk,
        **cleared_for(member=member, **clearance),
    )
    made.save(force_insert=True)
    log(ASSESS, object_id=made.pk, state=code, gap=gap)
    return made


@transaction.atomic
def add_bill(
    *,
    member: Member,
    state: str,
    title: str,
    points: Sequence[str],
    stage: str,
    on: dt.date,
    source: str,
    **clearance: Any,
) -> Bill:
    """Enter a bill on some points of law, at the stage that it had reached on a day."""
    require(member, ADD_BILL)
    for point in points:
        listed(value=point, values=LawPoint.values, where="points")
    made = Bill(
        state=state_code(code=state),
        title=words(text=title, where="title", what="the title"),
        points=list(dict.fromkeys(points)),
        **cleared_for(member=member, **clearance),
    )
    made.save(force_insert=True)
    log(ADD_BILL, object_id=made.pk, state=made.state)
    _step(member, made, stage, on, source)
    return made


@transaction.atomic
def move_bill(*, member: Member, bill: Bill, stage: str, on: dt.date, source: str) -> BillStep:
    """Say that a bill reached a stage on a day; stages before stay as they were."""
    require(member, MOVE_BILL)
    own(bill, member=member, verb=MOVE_BILL)
    last = BillStep.objects.filter(bill=bill).order_by("-on", "-entered_at").first()
    if last and on < last.on:
        raise Refusal("a later stage is known", where="on", remedy=f"The last one was on {last.on}.")
    if last and last.stage in {Stage.IN_FORCE, Stage.DROPPED}:
        raise Refusal("this bill has come to its end", where="stage", remedy="Enter a new bill.")
    step = _step(member, bill, stage, on, source)
    log(MOVE_BILL, object_id=bill.pk, stage=stage)
    return step


def _step(member: Member, bill: Bill, stage: str, on: dt.date, source: str) -> BillStep:
    listed(value=stage, values=Stage.values, where="stage")
    if BillStep.objects.filter(bill=bill, stage=stage, on=on).exists():
        raise Refusal("that is known already", where="stage", remedy="Give another stage or day.")
    step = BillStep(
        bill=bill,
        stage=stage,
        on=not_to_come(day=on, where="on"),
        source=words(text=source, where="source", what="the source"),
        entered_by=member.pk,
    )
    step.save(force_insert=True)
    return step


def listed(*, value: str, values: Sequence[str], where: str) -> None:
    """Refuse a value that is not on its list."""
    if value not in values:
        raise Refusal(f"{value!r} is not on the list", where=where, remedy=f"Use one of: {', '.join(values)}.")


def not_to_come(*, day: dt.date, where: str) -> dt.date:
    """The day, refused where it is still to come."""
    if day > clock.now().date():
        raise Refusal("that day is still to come", where=where, remedy="Enter it when it has happened.")
    return day
