"""Numbers of passports, identity cards and permits, brought to one form."""

import unicodedata

from palermo.vocabulary.digits import ascii_digits
from palermo.vocabulary.errors import Refusal

# Letters that look the same are typed for each other; ICAO 9303 prints only Latin ones.
_LOOK_ALIKES = str.maketrans("АВЕІКМНОРСТУХЅЈΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEIKMHOPCTYXSJABEZHIKMNOPTYX")


def normalise_document(number: str) -> str:
    """The number in capital letters and digits alone, e.g. ``"ab 12-34/5"`` → ``"AB12345"``.

    Digits of every script become ASCII digits; Cyrillic and Greek letters that look Latin become Latin, other letters
    stay.

    Raises:
        Refusal: no letter or digit is left.
    """
    text = unicodedata.normalize("NFKC", number).upper().translate(_LOOK_ALIKES)
    kept = ascii_digits("".join(filter(str.isalnum, text)))
    if not kept:
        raise Refusal("The document number is empty.", where="document", remedy="Copy it as printed, or leave it out.")
    return kept
