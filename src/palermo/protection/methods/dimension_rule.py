"""When a dimension is positive (ILO/EC, Operational indicators, 2009): the rule, for one person and for arrays."""

from enum import StrEnum

import numpy as np
import numpy.typing as npt

Counts = npt.NDArray[np.uint8]
Flags = npt.NDArray[np.bool_]


class DimensionRule(StrEnum):
    """Which of the four conditions makes a dimension positive; the first that holds is given."""

    TWO_STRONG = "at least two strong"
    ONE_STRONG_AND_ANOTHER = "one strong and at least one medium or weak"
    THREE_MEDIUM = "at least three medium"
    TWO_MEDIUM_AND_WEAK = "two medium and at least one weak"


def dimension_rule(strong: int, medium: int, weak: int) -> DimensionRule | None:
    """The condition that makes a dimension positive with these numbers of indicators; None if it is not positive."""
    if strong >= 2:
        return DimensionRule.TWO_STRONG
    if strong == 1 and medium + weak >= 1:
        return DimensionRule.ONE_STRONG_AND_ANOTHER
    if medium >= 3:
        return DimensionRule.THREE_MEDIUM
    if medium == 2 and weak >= 1:
        return DimensionRule.TWO_MEDIUM_AND_WEAK
    return None


def dimensions_positive(strong: Counts, medium: Counts, weak: Counts) -> Flags:
    """Whether each dimension is positive: the same rule over arrays of counts, of any one shape."""
    others = medium + weak
    by_strong = (strong >= 2) | ((strong >= 1) & (others >= 1))
    by_medium = (medium >= 3) | ((medium >= 2) & (weak >= 1))
    return np.asarray(by_strong | by_medium, dtype=np.bool_)
