"""Deconfliction: each level by its rule, none where the Convention does not reach, and rules as rules."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.partnership.methods.deconfliction import Level, Plan, Stage, deconflict
from palermo.partnership.methods.spans import Span
from palermo.vocabulary.errors import Refusal


def day(text):
    return dt.date.fromisoformat(text)


def span(first, last):
    return Span(day(first), day(last))


def plan(first="2025-05-12", last="2025-05-16", **values):
    base = {
        "source": "visit:me",
        "state": "MD",
        "body": "Our office",
        "title": "visit",
        "stage": Stage.OPEN,
        "own": True,
    }
    return Plan(span=span(first, last), **(base | values))


def other(first, last, **values):
    base = {"source": "step:1", "body": "GRETA", "title": "country visit", "greta": True, "own": False}
    return plan(first, last, **(base | {"stage": Stage.FIRM} | values))


def everywhere(_state, _day):
    return True


def levels(mine, *others, party=everywhere):
    return [warning.level for warning in deconflict(mine, others, party=party)]


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2025-05-16", "2025-05-20", [Level.RED]),  # shares a day
        ("2025-05-17", "2025-05-18", [Level.RED]),  # the weekend of the same week
        ("2025-05-19", "2025-05-23", [Level.AMBER]),  # the Monday after
        ("2025-08-14", "2025-08-15", [Level.AMBER]),  # 90 days after the last day
        ("2025-08-15", "2025-08-16", []),  # 91
        ("2025-02-10", "2025-02-11", [Level.AMBER]),  # 90 before
        ("2024-12-01", "2024-12-05", []),
    ],
)
def test_week_and_quarter(first, last, expected):
    assert levels(plan(), other(first, last)) == expected


def test_a_warning_has_reason_source_and_step():
    (warning,) = deconflict(plan(), [other("2025-05-14", "2025-05-22", certainty="announced")], party=everywhere)
    assert warning.reason == "GRETA (announced): country visit, 14 to 22 May 2025, at the same time."
    assert warning.step == "Ask GRETA which of the two moves, or make it one joint visit."
    assert (warning.about.source, warning.days_apart) == ("step:1", 0)


def test_a_rumour_is_confirmed_first():
    (warning,) = deconflict(plan(), [other("2025-06-02", "2025-06-06", certainty="rumour")], party=everywhere)
    assert warning.reason == "GRETA (rumour): country visit, 2 to 6 June 2025, 17 days after yours."
    assert warning.step.startswith("Have it confirmed first; it is rumour. Tell GRETA your dates")


def test_pending_reports_and_follow_ups_of_earlier_visits_are_blue():
    old = {"source": "visit:2", "body": "Our office", "own": True, "greta": False}
    pending = other("2024-03-04", "2024-03-08", stage=Stage.REPORT_PENDING, **old)
    assert [w.step for w in deconflict(plan(), [pending], party=everywhere)] == [
        "Finish that report first: the State waits for it."
    ]
    assert levels(plan(), other("2024-03-04", "2024-03-08", stage=Stage.FOLLOW_UP_PENDING)) == [Level.BLUE]
    assert levels(plan(), other("2023-05-12", "2023-05-12", stage=Stage.REPORT_PENDING)) == []
    assert levels(plan(), other("2024-03-04", "2024-03-08", stage=Stage.OVER)) == []


def test_a_shared_theme_within_twelve_months_is_an_opportunity():
    mine = plan(themes=frozenset({"child", "supply-chain"}))
    near = other("2025-11-03", "2025-11-07", themes=frozenset({"supply-chain", "data"}))
    (warning,) = deconflict(mine, [near], party=everywhere)
    assert (warning.level, warning.step) == (Level.GREEN, "Propose a joint visit to GRETA.")
    assert warning.reason.endswith("on the same theme (supply chains and procurement) within twelve months.")
    past = other("2024-09-02", "2024-09-06", themes=frozenset({"supply-chain"}), stage=Stage.OVER)
    assert [w.step for w in deconflict(mine, [past], party=everywhere)] == ["Propose to GRETA to share findings."]
    assert levels(mine, other("2026-06-01", "2026-06-02", themes=frozenset({"supply-chain"}))) == []


def test_a_report_is_no_presence():
    assert levels(plan(), other("2025-05-12", "2025-05-12", presence=False)) == []


@given(
    st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1)),
    st.integers(0, 30),
    st.sampled_from(list(Stage)),
    st.frozensets(st.sampled_from(["data", "asylum"])),
    st.booleans(),
)
def test_outside_the_convention_no_greta_warning_can_arise(first, length, stage, themes, presence):
    """Whatever is claimed, in a State that is no party on that day GRETA raises nothing."""
    claim = Plan(
        "step:x", "KZ", Span(first, first + dt.timedelta(length)), "GRETA", "x", stage, presence, themes, greta=True
    )
    mine = plan(state="KZ", themes=themes)
    assert deconflict(mine, [claim], party=lambda state, _: state != "KZ") == []


def test_a_party_counts_from_the_day_on_which_it_is_bound():
    later = {"MD": day("2025-05-15")}
    bound = lambda state, on: on >= later[state]  # noqa: E731
    assert levels(plan(), other("2025-05-13", "2025-05-14"), party=bound) == []
    assert levels(plan(), other("2025-05-15", "2025-05-16"), party=bound) == [Level.RED]


@given(st.integers(-400, 400), st.integers(0, 20), st.integers(0, 20))
def test_clashes_see_both_sides_alike(shift, mine, theirs):
    base = day("2025-01-06")
    one = plan().__class__("a", "MD", Span(base, base + dt.timedelta(mine)), "A", "t", Stage.FIRM)
    start = base + dt.timedelta(shift)
    two = plan().__class__("b", "MD", Span(start, start + dt.timedelta(theirs)), "B", "t", Stage.FIRM)
    assert levels(one, two) == levels(two, one)


def test_the_plan_itself_and_other_states_are_passed_over():
    assert levels(plan(), plan(), other("2025-05-12", "2025-05-13", state="RO")) == []


def test_the_most_pressing_comes_first():
    others = [
        other("2025-07-01", "2025-07-02", source="step:late"),
        other("2025-05-26", "2025-05-27", source="step:near"),
        other("2024-05-12", "2024-05-13", source="step:report", stage=Stage.REPORT_PENDING),
        other("2025-05-14", "2025-05-14", source="step:now"),
    ]
    found = [(w.level, w.about.source) for w in deconflict(plan(), others, party=everywhere)]
    assert found == [
        (Level.RED, "step:now"),
        (Level.AMBER, "step:near"),
        (Level.AMBER, "step:late"),
        (Level.BLUE, "step:report"),
    ]


def test_a_span_ends_after_it_begins():
    with pytest.raises(Refusal, match="ends before it begins"):
        span("2025-05-02", "2025-05-01")


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2025-05-12", "2025-05-12", "12 May 2025"),
        ("2025-05-30", "2025-06-02", "30 May to 2 June 2025"),
        ("2024-12-30", "2025-01-02", "30 December 2024 to 2 January 2025"),
    ],
)
def test_a_span_in_words(first, last, words):
    assert str(span(first, last)) == words
