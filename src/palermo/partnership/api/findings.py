"""Findings with all that became of them, and figures with what they counted, as JSON."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.http import Http404
from ninja import Query, Router, Schema

from palermo.office.api import Asked, Part
from palermo.partnership.domain.findings import read_findings
from palermo.partnership.domain.reports import read_reports
from palermo.partnership.models import Finding
from palermo.partnership.queries.figures import value_of, values_of
from palermo.partnership.queries.findings import chain_of, work_list
from palermo.partnership.queries.report_document import as_json
from palermo.partnership.queries.told import told_of
from palermo.vocabulary.errors import Refusal

router = Router()


class FindingOut(Schema):
    id: UUID
    reference: str
    kind: str
    #: Empty for what is addressed to no State in particular.
    state: str
    #: Another body whose finding it is; empty for the office's own.
    body: str
    title: str
    themes: list[str]
    source_kind: str
    source_reference: str
    visit_id: UUID | None
    event_id: UUID | None
    found_on: dt.date
    urgency: str
    addressee: str
    deadline: dt.date | None
    #: Of the last version of the text, and of the last assessment (empty: none).
    stage: str
    status: str
    clearance: str
    office_id: UUID


class FindingList(Schema):
    count: int
    items: list[FindingOut]


class TextOut(Schema):
    number: int
    stage: str
    language: str
    standing: str
    text: str
    on: dt.date


class ReplyOut(Schema):
    position: str
    on: dt.date
    document: str
    text: str


class MeasureOut(Schema):
    id: UUID
    kind: str
    title: str
    on: dt.date
    document: str


class AssessmentOut(Schema):
    status: str
    on: dt.date
    reason: str
    evidence: str


class FollowUpOut(Schema):
    on: dt.date
    occasion: str
    what: str


class LinkOut(Schema):
    kind: str
    #: The other finding.
    other_id: UUID
    note: str


class ToldOut(Schema):
    report_id: UUID
    figure: str
    figure_id: UUID
    sentence: str


class ChainOut(Schema):
    finding: FindingOut
    provisions: list[UUID]
    texts: list[TextOut]
    replies: list[ReplyOut]
    measures: list[MeasureOut]
    assessments: list[AssessmentOut]
    follow_ups: list[FollowUpOut]
    links: list[LinkOut]
    #: Sentences of issued reports whose figures counted it.
    told: list[ToldOut]


class FigureOut(Schema):
    value: float
    bound: str
    definition: str
    #: How many records were counted.
    counted: int
    declared: bool
    digest: str


class FigureListed(FigureOut):
    name: str
    #: The records that were counted; empty where the figure was declared.
    ids: list[str]


@router.get("/findings", response=FindingList)
def findings(
    request: Asked,
    part: Query[Part],
    state: str = "",
    theme: str = "",
    kind: str = "",
    status: str = "",
    body: str = "",
    words: str = "",
) -> dict[str, Any]:
    """Findings that the reader's clearance opens, newest first; status “none” and body “own” as on the page."""
    read_findings(member=request.user)
    return part.of(work_list(state=state, theme=theme, kind=kind, status=status, body=body, words=words))


@router.get("/findings/{uuid:finding}", response=ChainOut)
def finding_one(request: Asked, finding: UUID) -> dict[str, Any]:
    """One finding with its texts, the State's replies and measures, assessments, and where reports count it."""
    read_findings(member=request.user)
    try:
        chain = chain_of(finding)
    except Finding.DoesNotExist as error:
        raise Http404 from error
    told = told_of(finding, room="findings")
    return {
        **{name: getattr(chain, name) for name in ("finding", "texts", "replies", "measures")},
        **{name: getattr(chain, name) for name in ("assessments", "follow_ups", "links")},
        "provisions": [one.pk for one in chain.provisions],
        "told": [
            {"report_id": one.report.pk, "figure": one.name, "figure_id": one.figure, "sentence": one.text}
            for one in told
        ],
    }


@router.get("/partnership/figures", response=dict[str, FigureOut])
def figures(request: Asked, year: int) -> dict[str, dict[str, Any]]:
    """Every registered figure of a year by name, counted now under the reader's pass."""
    read_reports(member=request.user)
    return as_json(values_of(year))


@router.get("/partnership/figures/{name}", response=FigureListed)
def figure_one(request: Asked, name: str, year: int) -> dict[str, Any]:
    """One figure of a year, with the ids of what was counted; `declared:NAME` for one that somebody gave."""
    read_reports(member=request.user)
    try:
        value = value_of(name, year)
    except Refusal as refusal:
        if refusal.where:
            raise
        raise Http404(str(refusal)) from refusal
    return {**as_json([value])[value.name], "name": value.name, "ids": list(value.counted.ids)}
