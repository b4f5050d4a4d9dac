"""Dated rates of exchange, and an amount owed in one currency that is shared in another."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from palermo.prosecution.methods.minor_units import exponent

Rates = Mapping[tuple[str, str], Sequence[tuple[dt.date, Fraction]]]
"""By (from, to), dated rates: how many units of the second for one of the first."""


@dataclass(frozen=True)
class Rate:
    """The rate of a day.

    Attributes:
        sold, bought: currencies.
        day: of the rate.
        given: as it was given: units of `given_to` for one of `given_of`.
        given_of, given_to: its currencies; turned round where only the inverse was given.
    """

    sold: str
    bought: str
    day: dt.date
    given: Fraction
    given_of: str
    given_to: str

    @property
    def value(self) -> Fraction:
        """Units bought with one unit sold."""
        return self.given if self.given_of == self.sold else 1 / self.given

    @property
    def minor(self) -> Fraction:
        """Minor units bought with one minor unit sold."""
        return self.value * Fraction(10) ** (exponent(self.bought) - exponent(self.sold))

    def __str__(self) -> str:
        figure = Decimal(self.given.numerator) / Decimal(self.given.denominator)
        return f"1 {self.given_of} = {figure.normalize():f} {self.given_to}"


def rate_on(rates: Rates, sold: str, bought: str, day: dt.date) -> Rate | None:
    """The last rate on or before a day; the inverse where only that is known; None without any."""
    for of, to in ((sold, bought), (bought, sold)):
        known = [one for one in rates.get((of, to), ()) if one[0] <= day]
        if known:
            when, given = max(known)
            return Rate(sold, bought, when, given, of, to)
    return None


def owed_in(minor: int, rate: Rate) -> int:
    """What is owed, in minor units of the other currency; a part of one counts whole, so that nobody loses by it."""
    exact = minor * rate.minor
    return -(-exact.numerator // exact.denominator)


def settled_by(share: int, cap: int, owed: int, rate: Rate) -> int:
    """How much a share settles, in minor units of what is owed: all if it is the whole, else rounded down.

    Args:
        share: minor units of the currency that is shared.
        cap: what `owed_in` gave.
        owed: minor units.
        rate: from what is owed to what is shared.
    """
    if share >= cap:
        return owed
    exact = share / rate.minor
    return min(exact.numerator // exact.denominator, owed)
