"""The calendar's tables: every lane is full, no bar is lost, none stands on another; clashes and gaps are found."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from palermo.partnership.methods.calendar import Entry, headline, lanes, month_weeks, year_rows
from palermo.partnership.methods.coverage import clashes, gaps
from palermo.partnership.methods.spans import Span

MOMENT = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)


def entry(uid, first, last=None, **values):
    first = dt.date.fromisoformat(first)
    last = dt.date.fromisoformat(last) if last else first
    base = {"source": "initiative", "title": uid, "kind": "training", "structure": "ODIHR", "states": ("MD",)}
    base |= {"themes": (), "certainty": "planned", "clearance": "office", "sequence": 0, "changed_at": MOMENT}
    return Entry(uid=uid, span=Span(first, last), **(base | values))


@given(st.lists(st.tuples(st.integers(-9, 16), st.integers(0, 12)), max_size=25))
def test_lanes_are_full_and_lose_nothing(bars):
    placed = [(first, first + length, entry(str(n), "2025-01-01")) for n, (first, length) in enumerate(bars)]
    found = lanes(placed, 7)
    assert [sum(cell.width for cell in lane) for lane in found] == [7] * len(found)
    inside = {str(n) for n, (first, length) in enumerate(bars) if first + length >= 0 and first < 7}
    assert sorted(cell.entry.uid for lane in found for cell in lane if cell.entry) == sorted(inside)
    together = [sum(f <= day <= f + length for f, length in bars) for day in range(7)]
    assert len(found) == (max(together) if inside else 0)


def test_a_month_shows_whole_weeks_and_bars_that_go_on():
    weeks = month_weeks(2025, 5, [entry("a", "2025-05-09", "2025-05-13"), entry("b", "2025-05-31")])
    assert (weeks[0].days[0], weeks[-1].days[-1]) == (dt.date(2025, 4, 28), dt.date(2025, 6, 1))
    cells = [
        [(c.width, c.entry and c.entry.uid, c.opens_before, c.goes_on) for lane in w.lanes for c in lane] for w in weeks
    ]
    assert cells == [
        [],
        [(4, None, False, False), (3, "a", False, True)],
        [(2, "a", True, False), (5, None, False, False)],
        [],
        [(5, None, False, False), (1, "b", False, False), (1, None, False, False)],
    ]


def test_a_year_has_a_row_for_each_key():
    one = entry("a", "2024-12-20", "2025-01-05", states=("MD", "RO"))
    two = entry("b", "2025-03-01", "2025-04-02", states=("RO",))
    rows = year_rows(2025, [one, two], lambda e: e.states)
    assert [(r.key, [[(c.width, c.entry and c.entry.uid) for c in lane] for lane in r.lanes]) for r in rows] == [
        ("MD", [[(1, "a"), (11, None)]]),
        ("RO", [[(1, "a"), (1, None), (2, "b"), (8, None)]]),
    ]


def test_clashes_are_between_structures_in_one_state_and_week():
    a = entry("a", "2025-05-12", "2025-05-13", themes=("asylum",))
    same_days = entry("b", "2025-05-13", structure="OSR/CTHB")
    same_theme = entry("c", "2025-05-16", structure="OSR/CTHB", themes=("asylum",))
    own = entry("d", "2025-05-12")
    elsewhere = entry("e", "2025-05-12", structure="OSR/CTHB", states=("RO",))
    gone = entry("f", "2025-05-12", structure="OSR/CTHB", certainty="cancelled")
    later = entry("g", "2025-05-19", structure="OSR/CTHB")
    found = clashes([a, same_days, same_theme, own, elsewhere, gone, later])
    assert [(c.one.uid, c.other.uid, c.themes, c.same_days) for c in found] == [
        ("a", "c", ("asylum",), False),
        ("a", "b", (), True),
        ("d", "b", (), False),
        ("d", "c", (), False),
    ]


def test_a_theme_with_nothing_ahead_is_a_gap():
    day = dt.date(2025, 5, 1)
    known = [
        entry("a", "2025-04-30", themes=("asylum",)),
        entry("b", "2026-04-30", themes=("data",)),
        entry("c", "2026-05-01", themes=("gender",)),
        entry("d", "2025-06-01", themes=("media",), certainty="cancelled"),
    ]
    found = gaps(known, ["asylum", "data", "gender", "media"], day=day)
    assert [(gap.theme, gap.last) for gap in found] == [
        ("gender", None),
        ("media", None),
        ("asylum", dt.date(2025, 4, 30)),
    ]


def test_a_headline_says_where_unless_the_title_does():
    names = {"MD": "Moldova", "RO": "Romania", "UA": "Ukraine", "GE": "Georgia"}
    said = {
        "Training of judges": ("MD",),
        "Visit to Moldova": ("MD",),
        "Survey": ("MD", "RO", "UA", "GE"),
        "Meeting": ("MD", "RO"),
        "Plenary": (),
    }
    assert [headline(entry(title, "2025-01-01", states=states), names) for title, states in said.items()] == [
        "Moldova: Training of judges",
        "Visit to Moldova",
        "4 States: Survey",
        "Moldova, Romania: Meeting",
        "Plenary",
    ]
