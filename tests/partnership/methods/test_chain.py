"""The chain of a finding: versions follow by the moves, the status is the last assessment."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.partnership.methods.chain import MOVES, PROGRESS, Dated, next_number, setbacks, standing, urgency_of
from palermo.vocabulary.errors import Refusal

STAGES = sorted({stage for after in MOVES.values() for stage in after})
ASSESSED = st.lists(
    st.builds(
        Dated,
        st.dates(dt.date(2015, 1, 1), dt.date(2015, 2, 1)),
        st.integers(0, 99),
        st.sampled_from([*PROGRESS, "overtaken"]),
    ),
    unique_by=lambda one: one.entered,
)


@given(st.lists(st.sampled_from(STAGES), max_size=12))
def test_versions_are_numbered_in_order_and_every_step_is_a_move(wanted):
    kept = []
    for stage in wanted:
        last = kept[-1][1] if kept else ""
        if stage in MOVES[last]:
            kept.append((next_number(kept[::-1], stage), stage))
        else:
            with pytest.raises(Refusal, match=f"“{stage}” cannot follow"):
                next_number(kept, stage)
    assert [number for number, _ in kept] == list(range(1, len(kept) + 1))
    if "published" in [stage for _, stage in kept]:
        assert kept[-1][1] == "published"


@given(ASSESSED)
def test_the_status_is_that_of_the_last_day_whatever_the_order_of_entry(assessments):
    now = standing(assessments)
    assert now == standing(assessments[::-1])
    if assessments:
        last = max(one.on for one in assessments)
        assert now in {one.status for one in assessments if one.on == last}


@given(ASSESSED, st.sampled_from(PROGRESS))
def test_a_later_assessment_decides_and_an_earlier_one_changes_nothing(assessments, status):
    later = Dated(dt.date(2016, 1, 1), 1000, status)
    earlier = Dated(dt.date(2014, 1, 1), 1001, status)
    assert standing([*assessments, later]) == status
    if assessments:
        assert standing([*assessments, earlier]) == standing(assessments)


def test_a_setback_is_seen():
    days = [dt.date(2016, month, 1) for month in (1, 2, 3, 4)]
    course = [
        Dated(day, n, status)
        for n, (day, status) in enumerate(zip(days, ("partly", "overtaken", "under_way", "fully"), strict=True))
    ]
    assert setbacks(course) == (course[2],)


@pytest.mark.parametrize(
    ("text", "urgency"),
    [
        ("The office urges the authorities to adopt a law.", "immediate"),
        ("GRETA considers that the authorities should train labour inspectors.", "high"),
        ("GRETA strongly recommends training.", "high"),
        ("The authorities are invited to continue.", "normal"),
        ("It invites the State to go on, and urges nothing else.", "normal"),
        ("A promising practice.", "normal"),
    ],
)
def test_urgency_is_read_from_the_verb(text, urgency):
    assert urgency_of(text) == urgency
