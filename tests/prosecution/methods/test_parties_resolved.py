"""Counterparties: certain numbers join, names only suggest, every join has its reason."""

from hypothesis import given, settings
from hypothesis import strategies as st

from palermo.prosecution.methods.parties import kind, resolve

GOOD = "DE89370400440532013000"


def test_one_number_written_in_several_ways_is_one_party_with_reasons():
    found, _ = resolve([GOOD, "DE89 3704 0044 0532 0130 00", "+39 0444 123456", "00390444123456", "Ann"])
    assert [(one.name, len(one.keys), len(one.reasons)) for one in found] == [
        ("+390444123456", 2, 1),
        ("Ann", 1, 0),
        (GOOD, 2, 1),
    ]
    assert "(DE)" in found[2].bank
    assert "the same IBAN" in found[2].reasons[0]


def test_a_number_with_a_wrong_check_digit_is_no_iban():
    assert kind(GOOD) == ("iban", GOOD)
    assert kind(GOOD.replace("89", "88", 1))[0] == "name"


def test_names_are_suggested_and_never_joined():
    found, likely = resolve(["Olga Shevchenko", "Шевченко Ольга", "Olga Bondar", "Ali", "Али"])
    assert len(found) == 5
    assert [(one.left, one.right) for one in likely] == [("Olga Shevchenko", "Шевченко Ольга")]


def test_a_name_joins_the_account_it_always_stands_with_and_no_other():
    pairs = [("Ann Lee", GOOD), ("Bo Tan", "X1"), ("Bo Tan", "X2")]
    found, _ = resolve([], pairs)
    assert {one.name: one.keys for one in found} == {
        GOOD: ("Ann Lee", GOOD),
        "Bo Tan": ("Bo Tan",),
        "X1": ("X1",),
        "X2": ("X2",),
    }


@given(
    st.lists(st.sampled_from([GOOD, "DE89 3704 0044 0532 0130 00", "Ann", " Ann", "Bo", "+390444123456"]), max_size=8)
)
@settings(deadline=None)
def test_every_key_is_in_exactly_one_party_whatever_the_order(keys):
    found, likely = resolve(keys)
    assert sorted(key for one in found for key in one.keys) == sorted(set(keys))
    assert resolve(keys[::-1]) == (found, likely)
