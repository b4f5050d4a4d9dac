"""Digits, whatever script they are typed in."""

import unicodedata


def ascii_digits(text: str) -> str:
    """The text with the decimal digits of every script as ASCII digits, e.g. ``"٢٠٠٨"`` → ``"2008"``."""
    return "".join(str(unicodedata.decimal(c, c)) for c in text)
