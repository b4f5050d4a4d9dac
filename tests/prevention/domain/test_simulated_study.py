"""The study of the demonstration: what it pours in is read by the readers that everybody's files go through."""

import datetime as dt

from palermo.prevention.domain.simulated import TOGETHER, cases_of, lists_of, simulated_weeks
from palermo.prevention.formats.lists import read_strata
from palermo.prevention.formats.series import by_week, read_dates
from palermo.world import make_world
from palermo.world.histories import capture_histories


def test_lists_hold_every_known_victim_once_and_no_name():
    world = make_world(people=2_000, seed=5)
    groups = read_strata(lists_of(world), by=["age"])
    known = capture_histories(world, only_victims=True).num_rows
    assert sum(lists.observed for lists in groups.values()) == known
    assert next(iter(groups.values())).names == tuple(TOGETHER)
    rows = cases_of(world).decode().splitlines()
    assert rows[0] == "sex,age,form"
    assert len(rows) - 1 == int(world.truth["persons"]["victim"].to_numpy().sum())


def test_weeks_have_a_known_change_of_detection_and_end_in_this_week():
    until = dt.date(2026, 11, 24)
    [series] = by_week(read_dates(simulated_weeks(until=until, seed=3), name="weeks"))
    assert (len(series.weeks), series.known, series.weeks[-1]) == (260, (156,), dt.date(2026, 11, 23))
