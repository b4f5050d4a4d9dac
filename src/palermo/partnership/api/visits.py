"""Visits, free/busy, the shared calendar and warnings on a plan, as JSON."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from palermo.office import clock
from palermo.office.api import Asked, Part
from palermo.office.domain.rights import require
from palermo.partnership.domain.plans import READ as READ_CALENDAR
from palermo.partnership.domain.visits import PLAN, READ, read_visits
from palermo.partnership.methods.spans import Span
from palermo.partnership.queries.calendar_sources import Filter, entries_in
from palermo.partnership.queries.neighbours import free_busy, warnings_for
from palermo.vocabulary.errors import Refusal

router = Router()
#: Days that one request may ask about.
MOST_DAYS = 800


class VisitOut(Schema):
    id: UUID
    title: str
    state: str
    status: str
    starts: dt.date | None
    ends: dt.date | None
    themes: list[str]
    aims: str
    jointly_with: str
    clearance: str
    office_id: UUID
    sequence: int
    changed_at: dt.datetime


class VisitList(Schema):
    count: int
    items: list[VisitOut]


class BusyOut(Schema):
    state: str
    #: The Monday of the week.
    week: dt.date
    organisation: str


class EntryOut(Schema):
    uid: str
    source: str
    title: str
    first: dt.date
    last: dt.date
    kind: str
    structure: str
    states: list[str]
    themes: list[str]
    certainty: str
    clearance: str
    sequence: int


class AlertOut(Schema):
    level: str
    reason: str
    step: str
    #: Key of the record it rests on; empty for free/busy.
    about: str
    days_apart: int


def _span(first: dt.date | None, last: dt.date | None) -> Span:
    begin = first or clock.now().date()
    span = Span(begin, last or begin + dt.timedelta(days=365))
    if (span.last - span.first).days > MOST_DAYS or not 1900 < span.first.year < 2200:
        raise Refusal("these days are not answered", where="last", remedy=f"Ask about {MOST_DAYS} days at most.")
    return span


@router.get("/visits", response=VisitList)
def visits(request: Asked, part: Query[Part], state: str = "") -> dict[str, Any]:
    """Visits that the reader's clearance opens, the latest first."""
    found = read_visits(member=request.user).order_by("-starts", "pk")
    return part.of(found.filter(state=state) if state else found)


@router.get("/visits/busy", response=list[BusyOut])
def busy(
    request: Asked, state: str = "", first: dt.date | None = None, last: dt.date | None = None
) -> list[dict[str, Any]]:
    """Who is in which State in which week, of all offices: all that partners learn."""
    require(request.user, READ)
    found = free_busy(span=_span(first, last), state=state)
    return [{"state": one.state, "week": one.week, "organisation": one.organisation} for one in found]


@router.get("/visits/{uuid:visit}", response=VisitOut)
def visit_one(request: Asked, visit: UUID) -> Any:
    """One visit."""
    return get_object_or_404(read_visits(member=request.user), pk=visit)


@router.get("/deconfliction", response=list[AlertOut])
def deconfliction(
    request: Asked, state: str, first: dt.date, last: dt.date | None = None, themes: str = ""
) -> list[dict[str, Any]]:
    """Warnings on a plan, the most pressing first; themes with blanks between."""
    require(request.user, PLAN)
    span = _span(first, last or first)
    found = warnings_for(member=request.user, state=state, span=span, themes=themes.split())
    return [
        {
            "level": alert.level,
            "reason": alert.reason,
            "step": alert.step,
            "about": alert.about.source,
            "days_apart": alert.days_apart,
        }
        for alert in found
    ]


@router.get("/calendar", response=list[EntryOut])
def calendar(
    request: Asked,
    first: dt.date | None = None,
    last: dt.date | None = None,
    structure: str = "",
    state: str = "",
    theme: str = "",
    kind: str = "",
    source: str = "",
) -> list[dict[str, Any]]:
    """Entries of the shared calendar that the reader's clearance opens, by day."""
    require(request.user, READ_CALENDAR)
    said = {"structure": structure, "state": state, "theme": theme, "kind": kind, "source": source}
    return [
        {
            **{name: getattr(entry, name) for name in ("uid", "source", "title", "kind", "structure", "certainty")},
            "first": entry.span.first,
            "last": entry.span.last,
            "clearance": entry.clearance,
            "states": list(entry.states),
            "themes": list(entry.themes),
            "sequence": entry.sequence,
        }
        for entry in entries_in(_span(first, last), Filter.of(said))
    ]
