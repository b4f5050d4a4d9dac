"""How many decimals a unit of account has, and amounts as text; the engine itself only sees whole minor units.

Currencies are those of ISO 4217 in `vocabulary.money`. Crypto-assets come beside them, to their smallest recorded
unit, or what of it fits 64 bits (ether to nine decimals).
"""

from functools import cache

from palermo.vocabulary.money import currency_digits

_CRYPTO = {"USDT": 6, "USDC": 6, "BTC": 8, "BCH": 8, "LTC": 8, "DOGE": 8, "ETH": 9, "XMR": 12}


@cache
def exponent(currency: str) -> int:
    """Decimals of a currency's minor unit.

    Raises:
        Refusal: the code is unknown.
    """
    return _CRYPTO[currency] if currency in _CRYPTO else currency_digits(currency)


def whole_digits(currency: str) -> int:
    """How many digits an amount may have before its point: 15, and fewer where minor units would not fit 64 bits."""
    return min(15, 18 - exponent(currency))


def as_text(minor: int, currency: str) -> str:
    """An amount in minor units as a decimal string: ``as_text(-5, "EUR") == "-0.05"``."""
    digits = exponent(currency)
    sign = "-" if minor < 0 else ""
    if not digits:
        return f"{minor}"
    whole, part = divmod(abs(minor), 10**digits)
    return f"{sign}{whole}.{part:0{digits}d}"
