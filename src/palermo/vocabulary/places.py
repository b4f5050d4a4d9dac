"""Countries and languages by their ISO codes (pycountry)."""

import re
from functools import cache
from typing import Any

from palermo.vocabulary.errors import Refusal


@cache
def countries() -> dict[str, str]:
    """The English name of each country by its ISO 3166-1 alpha-2 code, sorted by name."""
    return dict(sorted(((c.alpha_2, _name(c)) for c in _library().countries), key=lambda pair: pair[1]))


def country_name(code: str) -> str:
    """The English name of a country, or what its code says where ISO 3166-1 leaves it to its users.

    Empty for no code. `AA`, `QM` to `QZ`, `XA` to `XZ` and `ZZ` name no country that exists.
    """
    found = countries().get(code)
    if found or not code:
        return found or ""
    return f"invented country {code}" if re.fullmatch(r"AA|Q[M-Z]|X[A-Z]|ZZ", code) else code


@cache
def languages() -> dict[str, str]:
    """The English name of each language by its ISO 639-3 code, sorted by name."""
    # ISO's names tell eras apart ("Modern Greek (1453-)", "Swahili (macrolanguage)"); those who speak them do not.
    plain = (
        (item.alpha_3, re.sub(r" \(.*\)$|^Modern ", "", re.sub(r" \(.*\)$", "", item.name)))
        for item in _library().languages
    )
    return dict(sorted(plain, key=lambda pair: str(pair[1])))


def country_code(text: str) -> str:
    """The alpha-2 code of a country given by alpha-2, alpha-3 or English name, in any case.

    Raises:
        Refusal: no country has this code or name.
    """
    try:
        return str(_library().countries.lookup(text.strip()).alpha_2)
    except LookupError as error:
        raise Refusal(
            f"{text!r} is no country.", where="country", remedy="Give a code of ISO 3166-1, for example MD or MDA."
        ) from error


def language_code(text: str) -> str:
    """The ISO 639-3 code of a language given by a code of two or three letters or its English name.

    Raises:
        Refusal: no language has this code or name.
    """
    known, asked = _library().languages, text.strip()
    # Codes before names: a language of Viet Nam is called En.
    for code in ("alpha_2", "alpha_3", "bibliographic"):
        if found := known.get(**{code: asked.lower()}):
            return str(found.alpha_3)
    try:
        return str(known.lookup(asked).alpha_3)
    except LookupError as error:
        raise Refusal(
            f"{text!r} is no language.", where="language", remedy="Give a code of ISO 639, for example ro or ron."
        ) from error


def _name(country: Any) -> str:
    return str(getattr(country, "common_name", country.name))


def _library() -> Any:
    import pycountry  # noqa: PLC0415 -- slow to import

    return pycountry
