"""What is owed in one currency and shared in another: exact rates, and rounding that takes nothing from a victim."""

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.prosecution.formats.rates import rates_in
from palermo.prosecution.methods.rates import Rate, owed_in, rate_on, settled_by
from palermo.vocabulary.errors import Refusal

DAY = dt.date(2026, 5, 1)
TEXT = """date, from, to, rate
2026-04-30, usd, EUR, 0.90
2026-05-02;USD;EUR;0.80

2026-01-01 EUR JPY 160
"""


def test_the_last_rate_on_or_before_the_day_counts_and_the_inverse_where_only_that_is_known():
    rates = rates_in(TEXT, where="rates")
    straight, turned = rate_on(rates, "USD", "EUR", DAY), rate_on(rates, "JPY", "EUR", DAY)
    assert (straight.day, straight.value, str(straight)) == (dt.date(2026, 4, 30), Fraction(9, 10), "1 USD = 0.9 EUR")
    assert (turned.value, turned.minor, str(turned)) == (Fraction(1, 160), Fraction(100, 160), "1 EUR = 160 JPY")
    assert rate_on(rates, "USD", "EUR", dt.date(2026, 4, 29)) is None
    assert rate_on(rates, "CHF", "EUR", DAY) is None


@pytest.mark.parametrize(
    ("line", "said"),
    [("2026-05-01, USD, EUR", "no date, two"), ("2026-05-01, USD, EUR, 0", "no date and rate"), ("May,A,B,1", "May")],
)
def test_a_line_that_is_none_is_refused_with_its_number(line, said):
    with pytest.raises(Refusal, match=said) as refused:
        rates_in(f"2026-05-01,USD,EUR,0.9\n{line}", where="rates")
    assert refused.value.where == "rates, row 2"


@given(
    st.integers(1, 10**9), st.fractions(Fraction(1, 1000), 1000), st.sampled_from(["EUR", "JPY"]), st.integers(0, 100)
)
def test_what_is_shared_settles_no_more_than_it_is_worth_and_all_of_it_settles_all(owed, figure, unit, percent):
    rate = Rate("USD", unit, DAY, figure, "USD", unit)
    cap = owed_in(owed, rate)
    assert owed * rate.minor <= cap < owed * rate.minor + 1
    share = cap * percent // 100
    settled = settled_by(share, cap, owed, rate)
    assert settled == owed if share == cap else settled * rate.minor <= share
    assert settled <= owed
