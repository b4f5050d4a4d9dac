"""The ILO/EC rule on the whole truth table of 0–4 strong, medium and weak indicators."""

import itertools

import numpy as np
import pytest

from palermo.protection.methods.dimension_rule import DimensionRule, dimension_rule, dimensions_positive

TABLE = list(itertools.product(range(5), repeat=3))


def published(strong: int, medium: int, weak: int) -> set[DimensionRule]:
    """The four conditions as the brochure lists them, each by itself."""
    return {
        rule
        for rule, holds in (
            (DimensionRule.TWO_STRONG, strong >= 2),
            (DimensionRule.ONE_STRONG_AND_ANOTHER, strong >= 1 and medium + weak >= 1),
            (DimensionRule.THREE_MEDIUM, medium >= 3),
            (DimensionRule.TWO_MEDIUM_AND_WEAK, medium >= 2 and weak >= 1),
        )
        if holds
    }


def test_truth_table():
    for counts in TABLE:
        found, expected = dimension_rule(*counts), published(*counts)
        assert (found in expected) if expected else (found is None), counts
    assert len(TABLE) == 125


@pytest.mark.parametrize(
    ("counts", "rule"),
    [
        ((0, 0, 4), None),
        ((1, 0, 0), None),
        ((0, 2, 0), None),
        ((0, 1, 4), None),
        ((2, 0, 0), DimensionRule.TWO_STRONG),
        ((1, 1, 0), DimensionRule.ONE_STRONG_AND_ANOTHER),
        ((1, 0, 1), DimensionRule.ONE_STRONG_AND_ANOTHER),
        ((0, 3, 0), DimensionRule.THREE_MEDIUM),
        ((0, 2, 1), DimensionRule.TWO_MEDIUM_AND_WEAK),
    ],
)
def test_by_hand(counts, rule):
    assert dimension_rule(*counts) is rule


def test_arrays_follow_the_same_rule():
    strong, medium, weak = np.array(TABLE, dtype=np.uint8).T
    assert dimensions_positive(strong, medium, weak).tolist() == [dimension_rule(*c) is not None for c in TABLE]
