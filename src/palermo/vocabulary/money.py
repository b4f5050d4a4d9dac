"""Amounts of money as whole minor units; never a binary fraction."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache

from palermo.vocabulary.errors import Refusal
from palermo.vocabulary.tables import read_data


@dataclass(frozen=True, slots=True)
class Money:
    """``minor`` minor units of ``currency`` (ISO 4217), e.g. ``Money(1250, "EUR")`` is twelve euro fifty."""

    minor: int
    currency: str

    def __post_init__(self) -> None:
        currency_digits(self.currency)

    @classmethod
    def parse(cls, text: str, currency: str) -> "Money":
        """Reads a plain decimal such as ``"-1250.50"``: a point for the decimals, no thousands' marks.

        Raises:
            Refusal: not a number, more decimals than the currency has, or an unknown currency.
        """
        try:
            shifted = Decimal(text.strip()).scaleb(currency_digits(currency))
        except InvalidOperation as error:
            raise _refusal(
                f"{text!r} is not an amount.", "Expected digits with a point, for example 1250.50."
            ) from error
        if not shifted.is_finite() or shifted != shifted.to_integral_value():
            raise _refusal(
                f"{text!r} has more decimals than {currency} has.", f"{currency} has {currency_digits(currency)}."
            )
        return cls(int(shifted), currency)

    def __add__(self, other: "Money") -> "Money":
        return Money(self.minor + self._same(other).minor, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.minor - self._same(other).minor, self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.minor, self.currency)

    def __str__(self) -> str:
        return f"{self.decimal():f} {self.currency}"

    def decimal(self) -> Decimal:
        """The amount in major units, exact."""
        return Decimal(self.minor).scaleb(-currency_digits(self.currency))

    def _same(self, other: "Money") -> "Money":
        if other.currency != self.currency:
            raise _refusal(
                f"{self.currency} and {other.currency} cannot be added.", "Convert one at a dated rate first."
            )
        return other


def currency_digits(currency: str) -> int:
    """How many decimals the currency has (ISO 4217).

    Raises:
        Refusal: the code is unknown.
    """
    try:
        return _digits()[currency]
    except KeyError as error:
        raise _refusal(f"Unknown currency {currency!r}.", "Expected a three-letter code of ISO 4217.") from error


@cache
def _digits() -> dict[str, int]:
    # pycountry knows the codes, not the decimals: two, but for the exceptions of the table.
    import pycountry  # noqa: PLC0415 -- slow to import

    digits = {currency.alpha_3: 2 for currency in pycountry.currencies}
    return digits | {row["currency"]: int(row["digits"]) for row in read_data("currency_digits.tsv")}


def _refusal(message: str, remedy: str) -> Refusal:
    return Refusal(message, where="amount", remedy=remedy)
