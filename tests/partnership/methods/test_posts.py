"""The rules of time for posts, by themselves."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from palermo.partnership.enums import SINGLE_POSTS
from palermo.partnership.methods.posts import SINGLE, Tenure, holders

DAYS = [dt.date(2017, 1, 1) + dt.timedelta(days=n) for n in range(12)]
KINDS = {"AA": "participating_state", "BB": "participating_state", "CC": "partner_asian"}


@st.composite
def tenures(draw):
    since = draw(st.sampled_from(DAYS))
    until = draw(st.none() | st.sampled_from([day for day in DAYS if day >= since]))
    return Tenure(
        id=draw(st.uuids()).hex,
        contact=draw(st.sampled_from("xyz")),
        post=draw(st.sampled_from(["co_ordinator", "rapporteur", "focal_point"])),
        seat=draw(st.sampled_from([*KINDS, "an organisation"])),
        since=since,
        until=until,
        shared=draw(st.booleans()),
    )


@given(tenures(), tenures())
def test_two_tenures_meet_exactly_when_a_day_has_both(one, other):
    last = DAYS[-1] + dt.timedelta(days=1)
    days = [*DAYS, last]
    together = [day for day in days if one.held_on(day) and other.held_on(day)]
    assert one.meets(other) is other.meets(one) is bool(together)


@given(tenures(), tenures())
def test_only_a_single_post_of_one_seat_excludes_and_sharing_takes_two(one, other):
    same = (one.post, one.seat) == (other.post, other.seat) and one.post != "focal_point"
    assert one.excludes(other) is (same and one.meets(other) and not (one.shared and other.shared))


@given(st.lists(tenures(), max_size=12, unique_by=lambda one: one.id), st.sampled_from(DAYS))
def test_holders_are_counted_once_and_kinds_add_up(found, day):
    together = holders(found, KINDS, day, SINGLE)
    parts = [holders(found, KINDS, day, [post]) for post in SINGLE]
    assert set(together.tenures) == {one for part in parts for one in part.tenures}
    assert len(together.tenures) == sum(len(part.tenures) for part in parts)
    assert set(together.contacts) == {one for part in parts for one in part.contacts}
    assert set(together.states) == {one.seat for one in found if one.id in together.tenures}
    assert set(together.participating) <= {"AA", "BB"}
    assert set(together.partners) <= {"CC"}


def test_a_post_is_held_on_its_first_and_its_last_day():
    one = Tenure("1", "x", "rapporteur", "AA", DAYS[1], DAYS[3])
    assert [one.held_on(day) for day in DAYS[:5]] == [False, True, True, True, False]


def test_a_year_without_confirmation_counts_from_the_last_or_from_the_beginning():
    begun = Tenure("1", "x", "rapporteur", "AA", dt.date(2016, 1, 1), None)
    asked = Tenure("1", "x", "rapporteur", "AA", dt.date(2016, 1, 1), None, confirmed_on=dt.date(2016, 12, 31))
    assert begun.unconfirmed_on(dt.date(2016, 12, 31)) is False
    assert begun.unconfirmed_on(dt.date(2017, 1, 1)) is True
    assert asked.unconfirmed_on(dt.date(2017, 12, 31)) is False
    assert asked.unconfirmed_on(dt.date(2018, 1, 1)) is True


def test_methods_and_records_name_the_same_single_posts():
    assert set(SINGLE) == set(SINGLE_POSTS)
