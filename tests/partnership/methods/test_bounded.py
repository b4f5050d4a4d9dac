"""Sums of bounds are bounds, in words, or refused."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.office.figures import Bound
from palermo.partnership.methods.bounded import Bounded, add
from palermo.vocabulary.errors import Refusal


def parts(*pairs):
    return [Bounded(Decimal(value), bound) for value, bound in pairs]


@pytest.mark.parametrize(
    ("given_parts", "bound", "words"),
    [
        (parts((350, Bound.OVER), (208, Bound.EXACT)), Bound.AT_LEAST, "at least 558, of which 350 is “over”"),
        (parts((20, Bound.EXACT), (31, Bound.EXACT)), Bound.EXACT, "51"),
        (parts((400, Bound.UP_TO), (51, Bound.EXACT)), Bound.UP_TO, "at most 451, of which 400 is “up to”"),
        (
            parts((100, Bound.ABOUT), (51, Bound.OVER)),
            Bound.ABOUT,
            "about 151, of which 100 is “about” and 51 is “over”",
        ),
        (parts((350, Bound.OVER)), Bound.OVER, "over 350"),
        (parts(), Bound.EXACT, "0"),
    ],
)
def test_sums(given_parts, bound, words):
    total = add(given_parts, may_overlap=False)
    assert (total.bound, total.words) == (bound, words)
    assert total.value == sum(part.value for part in given_parts)


def test_people_who_may_overlap_are_not_added():
    with pytest.raises(Refusal, match="have no sum"):
        add(parts((350, Bound.OVER), (208, Bound.EXACT)), may_overlap=True)


def test_bounds_from_both_sides_have_no_sum():
    with pytest.raises(Refusal, match="neither side"):
        add(parts((350, Bound.OVER), (400, Bound.UP_TO)), may_overlap=False)


@given(st.lists(st.tuples(st.integers(0, 10**6), st.sampled_from([Bound.EXACT, Bound.OVER, Bound.AT_LEAST]))))
def test_a_sum_is_exact_only_if_every_part_is(pairs):
    total = add(parts(*pairs), may_overlap=False)
    assert (total.bound == Bound.EXACT) == all(bound == Bound.EXACT for _, bound in pairs)
