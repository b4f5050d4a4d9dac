"""Telephone and document numbers, money and dates come to one form or are refused."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.vocabulary.dates import PartialDate, Precision
from palermo.vocabulary.documents import normalise_document
from palermo.vocabulary.errors import Refusal
from palermo.vocabulary.money import Money, currency_digits
from palermo.vocabulary.phones import normalise_phone


@pytest.mark.parametrize("text", ["+39 0444 123456", "0039 (0444) 12-34-56", "٠٠٣٩٠٤٤٤١٢٣٤٥٦"])
def test_phone(text):
    assert normalise_phone(text) == "+390444123456"


def test_national_phone_needs_its_region():
    assert normalise_phone("0444 123456", region="IT") == "+390444123456"
    with pytest.raises(Refusal):
        normalise_phone("0444 123456")


@pytest.mark.parametrize("text", ["", "abc", "+39 1", "+999 123456"])
def test_a_phone_that_cannot_be_is_refused_without_repeating_it(text):
    with pytest.raises(Refusal) as refused:
        normalise_phone(text)
    assert refused.value.where == "phone"
    assert not text or text not in str(refused.value)


def test_document():
    assert normalise_document("ab 12-34/5") == "AB12345"
    assert normalise_document("АВ ۱۲۳۴۵") == "AB12345"
    with pytest.raises(Refusal):
        normalise_document(" - ")


@given(st.text())
def test_document_is_stable(text):
    try:
        once = normalise_document(text)
    except Refusal:
        return
    assert normalise_document(once) == once


def test_money():
    assert Money.parse("1250.5", "EUR") == Money(125050, "EUR")
    assert Money.parse("-12", "JPY") == Money(-12, "JPY")
    assert str(Money(1, "KWD")) == "0.001 KWD"
    assert Money(5, "EUR") + Money(7, "EUR") - Money(2, "EUR") == -Money(-10, "EUR")
    assert Money(125, "EUR").decimal() == Decimal("1.25")
    assert currency_digits("CLF") == 4


@pytest.mark.parametrize(
    ("text", "currency"),
    [("1,000", "EUR"), ("0.001", "EUR"), ("1.5", "JPY"), ("NaN", "EUR"), ("1", "ZZZ"), ("Infinity", "EUR")],
)
def test_money_is_refused(text, currency):
    with pytest.raises(Refusal):
        Money.parse(text, currency)


def test_currencies_do_not_mix():
    with pytest.raises(Refusal):
        Money(1, "EUR") + Money(1, "USD")


@given(st.integers(-(10**15), 10**15), st.sampled_from(["EUR", "JPY", "KWD", "CLF"]))
def test_money_reads_what_it_writes(minor, currency):
    money = Money(minor, currency)
    assert Money.parse(str(money).split()[0], currency) == money


@pytest.mark.parametrize(
    ("text", "precision", "earliest", "latest"),
    [
        ("2021", Precision.YEAR, (2021, 1, 1), (2021, 12, 31)),
        ("2020-02", Precision.MONTH, (2020, 2, 1), (2020, 2, 29)),
        ("2020-02-29", Precision.DAY, (2020, 2, 29), (2020, 2, 29)),
    ],
)
def test_partial_date(text, precision, earliest, latest):
    date = PartialDate.parse(text)
    assert (str(date), date.precision) == (text, precision)
    assert (date.earliest, date.latest) == (dt.date(*earliest), dt.date(*latest))


@pytest.mark.parametrize(
    "text",
    ["", "21", "2021-13", "2021-00", "2021-02-29", "2021-02-00", "2021-2-3", "03.02.2021", "0000", "２０２１"],
)
def test_a_date_that_cannot_be_is_refused(text):
    with pytest.raises(Refusal) as refused:
        PartialDate.parse(text)
    assert refused.value.where == "date"


def test_a_day_needs_its_month():
    with pytest.raises(Refusal):
        PartialDate(2021, None, 3)


def test_dates_are_ordered_only_where_they_can_be():
    year, march, day = (PartialDate.parse(text) for text in ("2021", "2021-03", "2021-04-01"))
    assert march.before(day) is True
    assert day.before(march) is False
    assert year.before(march) is None
    assert year.may_equal(march)
    assert not march.may_equal(day)


dates = st.builds(lambda d, p: PartialDate(d.year, *(d.month, d.day)[:p]), st.dates(), st.integers(0, 2))


@given(dates, dates)
def test_before_agrees_with_its_reverse(one, other):
    if one.before(other):
        assert other.before(one) is False
        assert not one.may_equal(other)
