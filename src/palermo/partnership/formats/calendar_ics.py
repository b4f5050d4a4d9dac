"""Our calendar as iCalendar (RFC 5545): all-day spans, stable UIDs, SEQUENCE, CATEGORIES, STATUS; and VFREEBUSY."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from palermo.partnership.methods.calendar import Entry, headline
from palermo.partnership.methods.spans import Span

PRODID = "-//Palermo//Shared calendar//EN"
DOMAIN = "palermo.invalid"
STATUS = {"rumour": "TENTATIVE", "planned": "TENTATIVE", "announced": "CONFIRMED", "done": "CONFIRMED"}
_CLASS = {"public": "PUBLIC", "organisation": "PRIVATE", "office": "PRIVATE", "named": "CONFIDENTIAL"}


@dataclass(frozen=True, slots=True)
class Busy:
    """All that a partner learns: an organisation is in a State in a week (its Monday)."""

    state: str
    week: dt.date
    organisation: str


@dataclass(frozen=True, slots=True)
class Names:
    """Words for codes, as the calendar's reader should see them; a code without a word stands for itself."""

    states: Mapping[str, str]
    themes: Mapping[str, str]
    kinds: Mapping[str, str]


def write_calendar(
    entries: Iterable[Entry], *, title: str, names: Names, base: str = "", remind_days: int | None = None
) -> bytes:
    """A calendar that clients subscribe to. The same entries give the same bytes.

    Args:
        entries: what stands in it.
        title: how the calendar is called in the client.
        names: words for codes.
        base: scheme and host for links into the house ("https://example.org"), empty for none.
        remind_days: an alarm so many days before each entry begins; None for none.
    """
    import icalendar  # noqa: PLC0415 -- where it is used

    calendar = _calendar(title)
    for entry in sorted(entries, key=lambda one: (one.span, one.uid)):
        event = icalendar.Event()
        event.add("uid", f"{entry.uid}@{DOMAIN}")
        event.add("dtstamp", entry.changed_at.astimezone(dt.UTC))
        event.add("last-modified", entry.changed_at.astimezone(dt.UTC))
        event.add("sequence", entry.sequence)
        event.add("dtstart", entry.span.first)
        event.add("dtend", entry.span.after)
        event.add("summary", headline(entry, names.states))
        event.add("status", "CANCELLED" if entry.certainty == "cancelled" else STATUS.get(entry.certainty, "TENTATIVE"))
        event.add("transp", "TRANSPARENT")
        event.add("class", _CLASS.get(entry.clearance, "PRIVATE"))
        if entry.states:
            event.add("location", ", ".join(names.states.get(code, code) for code in entry.states))
        kind = names.kinds.get(entry.kind, entry.kind)
        event.add("categories", [kind, *(names.themes.get(code, code) for code in entry.themes)])
        event.add("description", f"{entry.structure}: {kind}, {entry.certainty}.")
        for name, value in (
            ("X-PALERMO-TITLE", " ".join(entry.title.split())),
            ("X-PALERMO-STRUCTURE", entry.structure),
            ("X-PALERMO-STATES", " ".join(entry.states)),
            ("X-PALERMO-KIND", entry.kind),
            ("X-PALERMO-CERTAINTY", entry.certainty),
        ):
            if value:
                event.add(name, value)
        if base and entry.url:
            event.add("url", base + entry.url)
        if remind_days is not None:
            alarm = icalendar.Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", headline(entry, names.states))
            alarm.add("trigger", dt.timedelta(days=-remind_days))
            event.add_component(alarm)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def write_busy(weeks: Iterable[Busy], *, title: str, moment: dt.datetime, window: Span, names: Names) -> bytes:
    """Free/busy of other bodies: one VFREEBUSY for each organisation and State, a busy period for each run of weeks.

    Args:
        weeks: what the database tells partners.
        title: how the calendar is called.
        moment: DTSTAMP.
        window: what was asked about; nothing is told of other days.
        names: words for codes.
    """
    import icalendar  # noqa: PLC0415 -- where it is used

    grouped: dict[tuple[str, str], list[dt.date]] = {}
    for one in weeks:
        grouped.setdefault((one.organisation, one.state), []).append(one.week)
    calendar = _calendar(title)
    for (organisation, state), mondays in sorted(grouped.items()):
        busy = icalendar.FreeBusy()
        busy.add("uid", f"busy-{state}-{abs(_stable(organisation)):x}@{DOMAIN}")
        busy.add("dtstamp", moment.astimezone(dt.UTC))
        busy.add("dtstart", _midnight(window.first))
        busy.add("dtend", _midnight(window.after))
        busy.add("contact", organisation)
        busy.add("comment", f"{organisation}: {names.states.get(state, state)}")
        for run in runs(sorted(set(mondays))):
            first, after = max(run.first, window.first), min(run.after, window.after)
            busy.add("freebusy", [(_midnight(first), _midnight(after))], parameters={"FBTYPE": "BUSY-UNAVAILABLE"})
        calendar.add_component(busy)
    return bytes(calendar.to_ical())


def runs(mondays: Sequence[dt.date]) -> list[Span]:
    """Weeks that follow each other put together; `mondays` sorted, each once."""
    found: list[Span] = []
    for monday in mondays:
        sunday = monday + dt.timedelta(days=6)
        if found and found[-1].after == monday:
            found[-1] = Span(found[-1].first, sunday)
        else:
            found.append(Span(monday, sunday))
    return found


def _calendar(title: str):  # type: ignore[no-untyped-def]  # noqa: ANN202 -- the library has no types
    import icalendar  # noqa: PLC0415 -- where it is used

    calendar = icalendar.Calendar()
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", title)
    calendar.add("name", title)
    calendar.add("refresh-interval", dt.timedelta(hours=1), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    return calendar


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), tzinfo=dt.UTC)


def _stable(text: str) -> int:
    import zlib  # noqa: PLC0415 -- only here

    return zlib.crc32(text.encode())
