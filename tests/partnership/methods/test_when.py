"""Dates as exactly as they are known."""

import datetime as dt

import pytest

from palermo.partnership.methods.when import dated
from palermo.vocabulary.errors import Refusal


@pytest.mark.parametrize(
    ("when", "ends", "first", "last"),
    [
        ("2017", None, dt.date(2017, 1, 1), dt.date(2017, 12, 31)),
        ("2017-02", None, dt.date(2017, 2, 1), dt.date(2017, 2, 28)),
        ("2017-04-03", dt.date(2017, 4, 4), dt.date(2017, 4, 3), dt.date(2017, 4, 4)),
    ],
)
def test_what_is_known_bounds_the_days(when, ends, first, last):
    assert dated(when, ends_on=ends) == {"when": when, "earliest": first, "latest": last, "date_basis": ""}


def test_words_may_stand_for_a_date():
    assert dated("", basis=" recent ")["date_basis"] == "recent"


@pytest.mark.parametrize(
    ("when", "ends", "where"),
    [
        ("", None, "when"),
        ("soon", None, "when"),
        ("2017-04", dt.date(2017, 4, 4), "ends_on"),
        ("2017-04-05", dt.date(2017, 4, 4), "ends_on"),
    ],
)
def test_what_is_no_date_is_refused(when, ends, where):
    with pytest.raises(Refusal) as caught:
        dated(when, ends_on=ends)
    assert caught.value.where == where
