"""A sum of bounded counts holds for every truth that its parts allow."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.partnership.methods.bounds import ABOUT, AT_LEAST, EXACT, OVER, UP_TO, Quantity, total
from palermo.vocabulary.errors import Refusal

COUNT = st.integers(0, 500).map(Decimal)


def with_truth(value, bound, away):
    """A quantity, and a true number that it allows."""
    truth = {EXACT: value, AT_LEAST: value + away, OVER: value + away + 1, UP_TO: max(value - away, Decimal(0))}[bound]
    return Quantity(value, bound), truth


TRUE = st.builds(with_truth, COUNT, st.sampled_from([EXACT, AT_LEAST, OVER, UP_TO]), COUNT)


@given(st.lists(TRUE, max_size=5))
def test_a_sum_allows_every_truth_that_its_parts_allow_or_is_refused(parts):
    try:
        whole = total([one for one, _ in parts])
    except Refusal:
        bounds = {one.bound for one, _ in parts}
        assert UP_TO in bounds
        assert len(bounds) > 1
        return
    assert all(one.allows(truth) for one, truth in parts)
    assert whole.allows(sum((truth for _, truth in parts), Decimal(0)))
    if {one.bound for one, _ in parts} <= {EXACT}:
        assert whole.bound == EXACT


@given(COUNT, COUNT)
def test_over_is_never_added_up_as_if_exact(first, second):
    assert total([Quantity(first, OVER), Quantity(second)]) == Quantity(first + second, OVER)


def test_about_is_not_added_up():
    with pytest.raises(Refusal, match="an “about” cannot be added up"):
        total([Quantity(Decimal(400), ABOUT), Quantity(Decimal(3))])
    assert total([Quantity(Decimal(400), ABOUT)]) == Quantity(Decimal(400), ABOUT)
