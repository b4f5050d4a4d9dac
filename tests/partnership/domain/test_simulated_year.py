"""A simulated year yields its planted figures, and deleting one attendance changes what it supports and nothing else."""

import datetime as dt

import pytest

from palermo.office.figures import Period, figures
from palermo.partnership.domain.attendance import strike_attendance
from palermo.partnership.domain.simulated import pour_year
from palermo.partnership.methods.simulated_year import make_year

YEAR = Period(dt.date(2017, 1, 1), dt.date(2018, 1, 1))


def count(member):
    from palermo.office.domain.acting import acting_as

    with acting_as(member):
        return {name: one.count(YEAR) for name, one in figures().items() if name in PLANTED}


PLANTED = make_year(seed=7, year=2017).planted


@pytest.fixture
def poured(house, do):
    year = make_year(seed=7, year=2017)
    do(house.co_ordinator, pour_year, year=year)
    return year


def test_the_same_seed_makes_the_same_year():
    assert make_year(seed=7, year=2017) == make_year(seed=7, year=2017)
    assert make_year(seed=8, year=2017).planted != PLANTED
    assert min(PLANTED.values()) > 0


def test_planted_figures_are_yielded(poured, house):
    found = count(house.co_ordinator)
    assert {name: int(one.value) for name, one in found.items()} == dict(PLANTED)
    assert {name: len(one.ids) for name, one in found.items()} == dict(PLANTED)


def test_another_office_counts_none_of_it(poured, house):
    assert {int(one.value) for one in count(house.manager).values()} == {0}


def supports(year, event, one):
    """By the data alone: the figures that lose something when this attendance goes."""
    first, last = dt.date(2017, 1, 1), dt.date(2017, 12, 31)
    inside = [e for e in year.events if first <= e.start and e.end <= last]
    rest = [a for e in inside for a in e.attendances if not (e is event and a is one)]
    mine = [a for a in rest if a.person == one.person]
    others = {a.person.state for a in rest}
    lost = {"partnership.attendances": True, "partnership.participants": not mine}
    lost["partnership.participants_women"] = not mine and one.person.gender == "woman"
    lost["partnership.participants_men"] = not mine and one.person.gender == "man"
    lost["partnership.participants_online"] = one.mode == "online" and not any(a.mode == "online" for a in mine)
    earlier = {a.person for e in year.events if e.start < first for a in e.attendances}
    lost["partnership.participants_first_time"] = not mine and one.person not in earlier
    lost["partnership.people_trained"] = one.trained and not any(a.trained for a in mine)
    lost["partnership.trainers_trained"] = one.trained_as_trainer and not any(a.trained_as_trainer for a in mine)
    gone = bool(one.person.state) and one.person.state not in others
    return {name for name, is_lost in lost.items() if is_lost}, gone


def test_deleting_one_attendance_changes_exactly_what_it_supports(poured, house, do):
    from palermo.office.domain.acting import acting_as
    from palermo.partnership.models import Attendance

    training = next(e for e in poured.events if e.kind == "training" and e.start.year == 2017)
    one = next(a for a in training.attendances if a.trained_as_trainer and a.mode == "online")
    expected, state_gone = supports(poured, training, one)
    before = count(house.co_ordinator)
    with acting_as(house.co_ordinator):
        row = Attendance.objects.get(event__reference=training.reference, name=one.person.name)
    do(house.co_ordinator, strike_attendance, attendance=row)
    after = count(house.co_ordinator)
    fell = {name for name in before if after[name].value != before[name].value}
    states = {"partnership.states_represented", "partnership.partners_represented"}
    assert fell - states == expected
    assert bool(fell & states) == state_gone
    assert all(before[name].value - after[name].value == 1 for name in fell)
    assert str(row.pk) not in after["partnership.attendances"].ids
