"""Our calendar written: what a client needs to subscribe, the same bytes for the same entries."""

import datetime as dt

import icalendar

from palermo.partnership.formats.calendar_ics import Busy, Names, runs, write_busy, write_calendar
from palermo.partnership.formats.events_ics import read_ics
from palermo.partnership.formats.plan_rows import initiative_row
from palermo.partnership.methods.calendar import Entry
from palermo.partnership.methods.spans import Span

MOMENT = dt.datetime(2026, 1, 2, 3, 4, tzinfo=dt.UTC)
NAMES = Names(states={"MD": "Moldova"}, themes={"child": "Children"}, kinds={"visit": "Visit"})
ENTRY = Entry(
    uid="visit-1",
    source="visit",
    title="Visit; with, marks\nand lines",
    span=Span(dt.date(2026, 5, 12), dt.date(2026, 5, 14)),
    kind="visit",
    structure="OSR/CTHB",
    states=("MD",),
    themes=("child",),
    certainty="announced",
    clearance="office",
    sequence=3,
    changed_at=MOMENT,
    url="/partnership/visits/1/",
)


def written(**values):
    return write_calendar([ENTRY], title="Ours", names=NAMES, **values)


def test_an_entry_as_a_client_reads_it():
    (event,) = icalendar.Calendar.from_ical(written(base="https://example.org")).walk("VEVENT")
    assert {
        "UID": str(event["UID"]),
        "SEQUENCE": event["SEQUENCE"],
        "span": (event.decoded("DTSTART"), event.decoded("DTEND")),
        "SUMMARY": str(event["SUMMARY"]),
        "STATUS": event["STATUS"],
        "CATEGORIES": [str(cat) for cat in event["CATEGORIES"].cats],
        "LOCATION": event["LOCATION"],
        "CLASS": event["CLASS"],
        "URL": event["URL"],
    } == {
        "UID": "visit-1@palermo.invalid",
        "SEQUENCE": 3,
        "span": (dt.date(2026, 5, 12), dt.date(2026, 5, 15)),
        "SUMMARY": "Moldova: Visit; with, marks\nand lines",
        "STATUS": "CONFIRMED",
        "CATEGORIES": ["Visit", "Children"],
        "LOCATION": "Moldova",
        "CLASS": "PRIVATE",
        "URL": "https://example.org/partnership/visits/1/",
    }
    assert b"VALARM" not in written()
    assert b"TRIGGER:-P7D" in written(remind_days=7)
    assert b"DTSTART;VALUE=DATE:20260512\r\n" in written()


def test_the_same_entries_give_the_same_bytes():
    assert written() == written()


def test_what_we_write_we_can_import():
    (said,) = read_ics(written())
    row = initiative_row(said)
    assert (said.fields["title"], row.structure, row.states, row.span, row.certainty, row.kind) == (
        "Visit; with, marks and lines",
        "OSR/CTHB",
        ("MD",),
        ENTRY.span,
        "announced",
        "visit",
    )


def test_free_busy_says_state_week_and_organisation_and_nothing_else():
    mondays = [dt.date(2026, 5, 11), dt.date(2026, 5, 18), dt.date(2026, 6, 1)]
    weeks = [Busy("MD", monday, "Our Office") for monday in mondays]
    window = Span(dt.date(2026, 5, 1), dt.date(2026, 6, 30))
    data = write_busy(weeks, title="Busy", moment=MOMENT, window=window, names=NAMES)
    (busy,) = icalendar.Calendar.from_ical(data).walk("VFREEBUSY")
    assert sorted(busy) == ["COMMENT", "CONTACT", "DTEND", "DTSTAMP", "DTSTART", "FREEBUSY", "UID"]
    assert str(busy["COMMENT"]) == "Our Office: Moldova"
    assert (busy.decoded("DTSTART").date(), busy.decoded("DTEND").date()) == (window.first, window.after)
    assert data.count(b"\r\nFREEBUSY;") == 2
    assert b"20260511T000000Z/20260525T000000Z" in data.replace(b"\r\n ", b"")


def test_weeks_that_follow_each_other_are_one_run():
    mondays = [dt.date(2026, 5, 11), dt.date(2026, 5, 18), dt.date(2026, 6, 1)]
    assert [str(span) for span in runs(mondays)] == ["11 to 24 May 2026", "1 to 7 June 2026"]


def test_nothing_is_told_of_days_outside_the_window():
    weeks = [Busy("MD", dt.date(2026, 4, 27), "Our Office")]
    window = Span(dt.date(2026, 5, 1), dt.date(2026, 5, 2))
    data = write_busy(weeks, title="Busy", moment=MOMENT, window=window, names=NAMES)
    assert b"20260501T000000Z/20260503T000000Z" in data.replace(b"\r\n ", b"")
