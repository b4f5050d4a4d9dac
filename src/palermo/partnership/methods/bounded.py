"""Sums of figures of which some are bounds: never added up as if exact, refused where people may overlap."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from palermo.office.figures import Bound
from palermo.vocabulary.errors import Refusal

#: How a bound is said before a number.
SAID = {Bound.EXACT: "", Bound.AT_LEAST: "at least ", Bound.OVER: "over ", Bound.ABOUT: "about ", Bound.UP_TO: "up to "}
_LOWER = {Bound.AT_LEAST, Bound.OVER}
#: How a sum is said.
_SUMS = {Bound.EXACT: "", Bound.AT_LEAST: "at least ", Bound.ABOUT: "about ", Bound.UP_TO: "at most "}


@dataclass(frozen=True)
class Bounded:
    """A number and how it binds what it stands for."""

    value: Decimal
    bound: Bound = Bound.EXACT

    @property
    def words(self) -> str:
        """The bound and the number, as in “over 350”."""
        return f"{SAID[self.bound]}{_plain(self.value)}"


@dataclass(frozen=True)
class BoundedSum:
    """A sum with its bound and what may be said of it."""

    value: Decimal
    bound: Bound
    words: str


def add(parts: Sequence[Bounded], *, may_overlap: bool) -> BoundedSum:
    """Add figures.

    Args:
        parts: what to add.
        may_overlap: whether the same person or State may be in two of them. Then there is no sum.

    Returns:
        The sum, exact only if every part is; its words name the parts that are bounds:
        "at least 558, of which 350 is “over”".

    Raises:
        Refusal: parts may overlap, or one is bound from below and another from above.
    """
    if may_overlap and len(parts) > 1:
        raise Refusal(
            "the same people may be in more than one of these figures, so they have no sum.",
            remedy="Count persons from attendance, or give the figures one by one.",
        )
    bounds = {part.bound for part in parts}
    if bounds & _LOWER and Bound.UP_TO in bounds:
        raise Refusal(
            "one figure is bound from below and another from above, so their sum is bound from neither side.",
            remedy="Give the figures one by one.",
        )
    total = sum((part.value for part in parts), Decimal(0))
    bound = _bound_of(bounds)
    open_parts = [part for part in parts if part.bound != Bound.EXACT]
    words = f"{_SUMS[bound]}{_plain(total)}"
    if open_parts and len(parts) > 1:
        words += ", of which " + " and ".join(
            f"{_plain(one.value)} is “{SAID[one.bound].strip()}”" for one in open_parts
        )
    elif open_parts:
        return BoundedSum(total, open_parts[0].bound, open_parts[0].words)
    return BoundedSum(total, bound, words)


def _bound_of(bounds: set[Bound]) -> Bound:
    if Bound.ABOUT in bounds:
        return Bound.ABOUT
    if bounds & _LOWER:
        return Bound.AT_LEAST
    return Bound.UP_TO if Bound.UP_TO in bounds else Bound.EXACT


def _plain(value: Decimal) -> str:
    return f"{value:,.0f}" if value == value.to_integral_value() else f"{value:,.2f}"
