"""One decimal amount as a person gives it, in whole minor units; columns of amounts are read by `formats.exact`."""

import re

from palermo.prosecution.methods.minor_units import exponent, whole_digits
from palermo.vocabulary.errors import Refusal


def one_amount(text: str, currency: str, *, where: str) -> int:
    """Decimal text (``"1234.50"``) in minor units, as a person gives it to a command or a form; no float on the way.

    Raises:
        Refusal: it is no exact amount of the currency (the same amounts as `exact.minor_units` takes; a test compares).
    """
    digits, most = exponent(currency), whole_digits(currency)
    found = re.fullmatch(rf"(-?)([0-9]{{1,{most}}})(?:\.([0-9]{{0,{digits}}})0*)?", text, re.ASCII)
    if found is None:
        raise Refusal(
            f"{text!r} is no exact amount in {currency} (at most {most} digits and {digits} decimals, a point).",
            where=where,
            remedy=f"Write it like {1234.5:.{digits}f}, without signs for thousands or the currency.",
        )
    sign, whole, part = found.groups()
    minor: int = int(whole) * 10**digits + int((part or "").ljust(digits, "0") or "0")
    return -minor if sign else minor
