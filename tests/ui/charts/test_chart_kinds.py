"""Figures before they are drawn: rows, tables, digests."""

from datetime import date

import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.ui.charts import kinds
from palermo.ui.charts.figure import Figure, number
from palermo.vocabulary.errors import Refusal

ROWS = [{"form": "labour", "persons": 3}, {"form": "begging", "persons": None}]
hours = st.floats(0, 2000, allow_nan=False)


def chart(rows=ROWS, title="Presumed"):
    return kinds.bars(rows, category="form", value="persons", title=title, labels={"form": "Form"})


def test_rows_frames_and_arrow_give_the_same_figure():
    assert chart(pl.DataFrame(ROWS)) == chart() == chart(pa.Table.from_pylist(ROWS))


def test_the_table_says_the_same_as_the_drawing():
    figure = chart()
    assert (figure.columns, figure.table) == (("Form", "persons"), (("labour", 3), ("begging", None)))


def test_equal_data_has_an_equal_digest_and_other_data_another():
    assert chart().digest == chart().digest
    assert len({chart().digest, chart(title="Referred").digest, chart(ROWS[:1]).digest}) == 3


def test_a_note_does_not_change_the_drawing():
    with_source = kinds.bars(
        ROWS, category="form", value="persons", title="Presumed", labels={"form": "Form"}, source="x"
    )
    assert with_source.digest == chart().digest


def test_a_missing_column_is_named():
    with pytest.raises(Refusal, match=r"row 1: The chart needs a column 'count'\. There is: form, persons\."):
        kinds.bars(ROWS, category="form", value="count", title="x")


def test_a_column_name_cannot_carry_an_expression():
    with pytest.raises(Refusal, match="cannot name a column"):
        kinds.bars([{"a']": 1, "b": 2}], category="b", value="a']", title="x")


def test_a_time_that_is_no_date_is_named():
    with pytest.raises(Refusal, match=r"row 2, day: '2026-13' is not a date\. Write it as 2026-11-24\."):
        kinds.lines([{"day": "2026-01-02", "n": 1}, {"day": "2026-13", "n": 1}], time="day", value="n", title="x")


def test_more_parts_than_can_be_told_apart_are_refused():
    rows = [{"a": "x", "part": n, "n": 1, "day": "2026-01-01"} for n in range(7)]
    with pytest.raises(Refusal, match="part: 7 parts cannot be told apart"):
        kinds.stacked(rows, category="a", value="n", part="part", title="x")
    with pytest.raises(Refusal, match="at most 6"):
        kinds.lines(rows, time="day", value="n", series="part", title="x")
    assert len(kinds.stacked(rows[:6], category="a", value="n", part="part", title="x").data) == 6


def test_dates_become_iso_text():
    figure = kinds.lines([{"day": date(2026, 1, 2), "n": 1}], time="day", value="n", title="x")
    assert figure.data == ({"day": "2026-01-02", "n": 1},)


def test_the_funnel_gives_the_share_of_the_stage_before():
    figure = kinds.funnel([("Arrived", 200), ("Screened", 150), ("Presumed", 0), ("Referred", 0)], title="x")
    assert [row[1:] for row in figure.table] == [(200, ""), (150, "75%"), (0, "0%"), (0, "")]


def test_waiting_bins_by_hand():
    figure = kinds.waiting([0, 6, 6.1, 24, 24.1, 47.9], deadline=24, bins=8, title="x")
    assert figure.table == (
        (0, 6, 2), (6, 12, 1), (12, 18, 0), (18, 24, 1), (24, 30, 1), (30, 36, 0), (36, 42, 0), (42, 48, 1),
    )  # fmt: skip
    assert [row["late"] for row in figure.data] == [False] * 4 + [True] * 4


@given(st.lists(hours, max_size=60), st.floats(0.5, 500), st.integers(1, 30))
def test_every_wait_is_counted_once_and_on_its_side_of_the_deadline(waits, deadline, bins):
    figure = kinds.waiting(waits, deadline=deadline, bins=bins, title="x")
    in_time = sum(row["count"] for row in figure.data if not row["late"])
    assert sum(row["count"] for row in figure.data) == len(waits)
    assert in_time == sum(wait <= deadline for wait in waits) == figure.options["in_time"]


@pytest.mark.parametrize("wrong", [-1, float("nan"), float("inf")])
def test_an_unreal_wait_is_refused(wrong):
    with pytest.raises(Refusal, match="waiting time 2"):
        kinds.waiting([1, wrong], deadline=24, title="x")


def test_a_deadline_of_nought_is_refused():
    with pytest.raises(Refusal, match="not a positive number"):
        kinds.waiting([1], deadline=0, title="x")


def test_numbers_for_people():
    assert [number(n) for n in (0, 12, 1284, 1234567, 2.5, 1234.567)] == [
        "0",
        "12",
        "1\u202f284",
        "1\u202f234\u202f567",
        "2.5",
        "1\u202f234.57",
    ]


def test_a_figure_cannot_be_changed_under_its_digest():
    with pytest.raises(AttributeError):
        chart().title = "other"
    assert isinstance(chart(), Figure)
