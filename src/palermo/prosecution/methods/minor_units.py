"""How many decimals a currency has, and amounts as text; the engine itself only sees whole minor units.

Source of the exponents: ISO 4217 list one (currencies whose minor unit is not 2), and the smallest recorded
unit of each listed crypto-asset, cut to what fits 64 bits (ether is kept in gwei, 9 decimals).
"""

_EXPONENTS = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
    6: "USDT USDC",
    8: "BTC BCH LTC DOGE",
    9: "ETH",
    12: "XMR",
}
_EXPONENT = {code: exponent for exponent, codes in _EXPONENTS.items() for code in codes.split()}


def exponent(currency: str) -> int:
    """Decimals of a currency's minor unit; 2 where the standard names no other."""
    return _EXPONENT.get(currency, 2)


def as_text(minor: int, currency: str) -> str:
    """An amount in minor units as a decimal string: ``as_text(-5, "EUR") == "-0.05"``."""
    digits = exponent(currency)
    sign = "-" if minor < 0 else ""
    if not digits:
        return f"{minor}"
    whole, part = divmod(abs(minor), 10**digits)
    return f"{sign}{whole}.{part:0{digits}d}"
