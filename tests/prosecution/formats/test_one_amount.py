"""One amount is read as a column of amounts is: the same minor units, or the same refusal."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palermo.prosecution.formats.amount import one_amount
from palermo.prosecution.formats.exact import minor_units
from palermo.vocabulary.errors import Refusal

TEXTS = st.from_regex(r"\A-?[0-9]{0,17}(\.[0-9]{0,6}0{0,3})?\Z") | st.text(max_size=8)


@given(TEXTS, st.sampled_from(["EUR", "JPY", "KWD", "BTC"]))
@settings(deadline=None, max_examples=300)
def test_one_amount_equals_a_column_of_one(text, currency):
    lines = pl.Series([1])

    def outcome(read):
        try:
            return read()
        except Refusal as refusal:
            return refusal.message, refusal.remedy

    column = pl.Series("amount", [text])
    assert outcome(lambda: one_amount(text, currency, where="amount")) == outcome(
        lambda: int(minor_units(column, currency, lines=lines, where="form")[0])
    )


@pytest.mark.parametrize(("text", "minor"), [("-0.05", -5), ("12", 1200), ("1.5", 150), ("2.", 200), ("3.4500", 345)])
def test_amounts_as_people_write_them(text, minor):
    assert one_amount(text, "EUR", where="amount") == minor
