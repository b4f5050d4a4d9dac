"""What age a birth date leaves open."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.office.methods.identity import ages
from palermo.vocabulary.errors import Refusal

TODAY = dt.date(2026, 11, 24)


@pytest.mark.parametrize(
    ("born", "open_"),
    [
        ("2008-11-24", (18, 18)),
        ("2008-11-25", (17, 17)),
        ("2008-11", (17, 18)),
        ("2008", (17, 18)),
        ("2011-05", (15, 15)),
        ("2026", (0, 0)),
        ("٢٠٠٨-١١", (17, 18)),
    ],
)
def test_least_and_greatest(born, open_):
    assert ages(born, TODAY) == open_


@pytest.mark.parametrize(("born", "why"), [("2007-13", "no date"), ("2007-02-30", "no date"), ("2027", "to come")])
def test_what_is_no_birth_date_is_refused(born, why):
    with pytest.raises(Refusal, match=why) as caught:
        ages(born, TODAY)
    assert caught.value.where == "birth_date"


@given(st.dates(dt.date(1900, 1, 1), TODAY))
def test_the_less_is_known_the_wider(born):
    day, month, year = (ages(born.isoformat()[:length], TODAY) for length in (10, 7, 4))
    assert day[0] == day[1]
    assert year[0] <= month[0] <= day[0] <= month[1] <= year[1] <= year[0] + 1
