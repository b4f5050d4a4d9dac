"""Proceedings take their steps in order and show where time went; a chain of custody shows its breaks."""

import datetime as dt

import pytest

from palermo.prosecution.enums import StepKind
from palermo.prosecution.methods.course import LIBERTY, NEXT, Interval, Taken, allowed_next, intervals
from palermo.prosecution.methods.custody import HandOver, breaks

DAY = dt.date(2026, 3, 1)


def after(days):
    return DAY + dt.timedelta(days=days)


@pytest.mark.parametrize(
    ("taken", "course"),
    [
        ([], {"charged"}),
        ([("bail", 0)], {"charged"}),
        ([("charged", 0), ("detained", 1)], {"indicted", "discontinued"}),
        ([("charged", 0), ("indicted", 9), ("trial", 90), ("guilty", 99)], {"appealed"}),
    ],
)
def test_what_may_come_next(taken, course):
    assert allowed_next([Taken(kind, after(day)) for kind, day in taken]) - LIBERTY == course


def test_every_step_of_the_list_has_its_place():
    assert {str(kind) for kind in StepKind} == (set(NEXT) - {""}) | LIBERTY


def test_days_between_steps_and_since_when_the_last_is_open():
    taken = [Taken("charged", DAY), Taken("bail", after(2)), Taken("indicted", after(40))]
    assert intervals(taken, today=after(100)) == [
        Interval("charged", "indicted", DAY, after(40), 40),
        Interval("indicted", "", after(40), None, 60),
    ]


def test_nothing_waits_after_a_verdict():
    taken = [Taken("charged", DAY), Taken("indicted", DAY), Taken("trial", DAY), Taken("guilty", after(5))]
    assert intervals(taken, today=after(500))[-1].until == after(5)


def test_a_chain_tells_its_breaks():
    at = dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC)
    whole = [HandOver(at, "Harbour Bank", "Special Unit"), HandOver(at, "special  unit", "Court")]
    assert breaks(whole) == []
    assert breaks([]) == ["No hand-over is recorded."]
    broken = [*whole, HandOver(at - dt.timedelta(1), "Laboratory", "Court", intact=False)]
    assert breaks(broken) == [
        "Hand-over 3 is dated before the one that it follows.",
        "Hand-over 3 comes from Laboratory, but the item was with Court.",
        "At hand-over 3 the seal was broken, or the hash another.",
    ]
