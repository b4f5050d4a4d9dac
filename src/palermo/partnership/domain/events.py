"""Events: kept, changed, with agenda, documents and the recommendations that they adopted."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet

from palermo.office.domain.acting import log
from palermo.office.domain.rights import allow, require
from palermo.office.models import Member
from palermo.partnership.domain.clearing import DESK, READERS
from palermo.partnership.domain.kept import change, check, keep, own, save
from palermo.partnership.formats.records_file import slug
from palermo.partnership.methods.when import dated
from palermo.partnership.models import Event, EventDocument, EventRecommendation, EventSession
from palermo.partnership.queries.events import event_list
from palermo.vocabulary.errors import Refusal
from palermo.vocabulary.states import load_states
from palermo.vocabulary.themes import theme_codes

READ = allow("partnership.read_events", *READERS)
KEEP = allow("partnership.keep_event", *DESK)
CHANGE = allow("partnership.change_event", *DESK)
AGENDA = allow("partnership.add_session", *DESK)
DOCUMENT = allow("partnership.add_document", *DESK)
ADOPT = allow("partnership.adopt_recommendation", *DESK)


def _checked(values: dict[str, Any]) -> dict[str, Any]:
    """Values with the columns of the date, States and themes that exist."""
    given = dict(values)
    if "when" in given:
        given |= dated(given.pop("when"), ends_on=given.pop("ends_on", None), basis=given.pop("date_basis", ""))
    for code in given.get("states", ()):
        if code not in load_states():
            raise Refusal(f"“{code}” is no State of ours", where="states", remedy="Write two letters, for example AT.")
    if "themes" in given:
        given["themes"] = _themes(given["themes"])
    return given


def _themes(codes: Iterable[str]) -> list[str]:
    try:
        return theme_codes(codes)
    except Refusal as refusal:
        raise Refusal(refusal.message, where="themes", remedy=refusal.remedy) from refusal


def read_events(*, member: Member) -> QuerySet[Event]:
    """Read events, publications, projects and questionnaires, as far as their clearance lets the member."""
    require(member, READ)
    return event_list()


@transaction.atomic
def keep_event(*, member: Member, title: str, kind: str, when: str, **values: Any) -> Event:
    """Keep an event; its date is as exact as is known, or has its basis in words."""
    require(member, KEEP)
    given = _checked({"title": title, "kind": kind, "when": when, **values})
    given.setdefault("reference", slug(title, when[:4]))
    event = keep(Event, member=member, values=given)
    log(KEEP, object_id=event.id, kind=kind)
    return event


@transaction.atomic
def change_event(*, member: Member, event: Event, **values: Any) -> Event:
    """Change an event; the log says which fields."""
    require(member, CHANGE)
    log(CHANGE, object_id=event.id, fields=change(event, member=member, verb=CHANGE, values=_checked(values)))
    return event


@transaction.atomic
def add_session(
    *, member: Member, event: Event, title: str, starts_at: dt.datetime | None = None, speakers: str = ""
) -> EventSession:
    """Add an item to the end of an event's agenda."""
    require(member, AGENDA)
    own(event, member=member, verb=AGENDA)
    last = event.sessions.aggregate(last=Max("order"))["last"] or 0
    session = EventSession(event=event, order=last + 1, title=title, starts_at=starts_at, speakers=speakers)
    check(session)
    log(AGENDA, object_id=event.id)
    return save(session)


@transaction.atomic
def add_document(
    *, member: Member, event: Event, kind: str, title: str, symbol: str = "", language: str = ""
) -> EventDocument:
    """Add a document to an event: what it is and where it is kept."""
    require(member, DOCUMENT)
    own(event, member=member, verb=DOCUMENT)
    document = EventDocument(event=event, kind=kind, title=title, symbol=symbol, language=language)
    check(document)
    log(DOCUMENT, object_id=event.id)
    return save(document)


@transaction.atomic
def adopt_recommendation(
    *, member: Member, event: Event, text: str, themes: Sequence[str] = (), addressee: str = ""
) -> EventRecommendation:
    """Write down a recommendation that an event adopted, under its next number."""
    require(member, ADOPT)
    own(event, member=member, verb=ADOPT)
    last = event.recommendations.aggregate(last=Max("number"))["last"] or 0
    row = EventRecommendation(
        event=event, number=last + 1, text=text.strip(), themes=_themes(themes), addressee=addressee
    )
    check(row)
    log(ADOPT, object_id=event.id)
    return save(row)
