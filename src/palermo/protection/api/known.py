"""Codes in a request that must be on the lists, as the choices of the pages are."""

from palermo.vocabulary.errors import Refusal
from palermo.vocabulary.places import countries, languages


def on_the_lists(*, language: str = "", citizenship: str = "") -> None:
    """Refuse a language that is not in ISO 639-3, or a citizenship that is not in ISO 3166-1; empty is not known."""
    if language and language not in languages():
        raise Refusal("there is no such language", where="language", remedy="Use the three letters of ISO 639-3.")
    if citizenship and citizenship not in countries():
        raise Refusal("there is no such country", where="citizenship", remedy="Use the two letters of ISO 3166-1.")
