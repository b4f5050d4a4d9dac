"""What everybody reads of the shared calendar, without signing in."""

from django.db import connection

from palermo.partnership.enums import Certainty, EventStatus, VisitStatus
from palermo.partnership.methods.calendar import Entry
from palermo.partnership.methods.spans import Span
from palermo.partnership.queries.calendar_sources import VISIT_CERTAINTY
from palermo.partnership.queries.event_calendar import CERTAINTY


def public_entries(span: Span) -> list[Entry]:
    """Entries that are cleared for the public and meet a span of at most two years, by day. One statement."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM partnership_public_calendar(%s, %s)", [span.first, span.after])
        return [_entry(*row) for row in cursor.fetchall()]


def _entry(uid, source, title, starts, ends, kind, structure, states, themes, status, sequence, changed_at) -> Entry:  # type: ignore[no-untyped-def]  # noqa: ANN001 -- a row
    return Entry(
        uid=uid,
        source=source,
        title=title,
        span=Span(starts, ends),
        kind=kind,
        structure=structure,
        states=tuple(states),
        themes=tuple(themes),
        certainty=_certainty(source, status),
        clearance="public",
        sequence=sequence,
        changed_at=changed_at,
    )


def _certainty(source: str, status: str) -> str:
    if source == "visit":
        return str(VISIT_CERTAINTY.get(VisitStatus(status), Certainty.DONE))
    return str(CERTAINTY[EventStatus(status)]) if source == "event" else status
