"""Arithmetic of figures that people gave with a bound: "over 350" is never added up as if it were 350."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from palermo.vocabulary.errors import Refusal

EXACT, AT_LEAST, OVER, ABOUT, UP_TO = "exact", "at_least", "over", "about", "up_to"


@dataclass(frozen=True)
class Quantity:
    """A count and how it binds what it stands for; values are not negative."""

    value: Decimal
    bound: str = EXACT

    def allows(self, truth: Decimal) -> bool:
        """Whether the true number may be this one. Of "about" nothing is sure."""
        if self.bound == EXACT:
            return truth == self.value
        if self.bound == AT_LEAST:
            return truth >= self.value
        if self.bound == OVER:
            return truth > self.value
        return self.bound == ABOUT or truth <= self.value


def total(parts: Iterable[Quantity]) -> Quantity:
    """The sum of counts, with the bound that holds for it.

    Raises:
        Refusal: no one bound holds: "about" is among several, or an upper meets a lower bound or an exact count
            (between 10 and 60 is neither).
    """
    several = list(parts)
    if len(several) == 1:
        return several[0]
    value = sum((one.value for one in several), Decimal(0))
    bounds = {one.bound for one in several}
    if ABOUT in bounds:
        raise Refusal("an “about” cannot be added up", where="bound", remedy="Name the parts beside each other.")
    if UP_TO in bounds:
        others = [one for one in several if one.bound != UP_TO and (one.bound, one.value) != (EXACT, Decimal(0))]
        if others:
            raise Refusal(
                "“up to” cannot be added to what binds from below",
                where="bound",
                remedy="Name the parts beside each other.",
            )
        return Quantity(value, UP_TO)
    bound = OVER if OVER in bounds else AT_LEAST if AT_LEAST in bounds else EXACT
    return Quantity(value, bound)
