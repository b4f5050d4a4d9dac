"""Codes that people read aloud, note down and type: compared without blanks, hyphens and case."""

import unicodedata

#: Letters before the hyphen of a file's code, such as `7KQ-M4XD`.
_FIRST_GROUP = 3


def bare(code: str) -> str:
    """The letters and digits of a code, in upper case: `193b dbc3 d7d2` and `193B–DBC3–D7D2` are one code.

    Digits of any script become 0 to 9, since a telephone's keyboard may write its own.
    """
    kept = (c for c in unicodedata.normalize("NFKC", code) if c.isalnum())
    return "".join(str(unicodedata.digit(c, c)) for c in kept).upper()


def file_code(code: str) -> str:
    """A file's code, or the beginning of one, as it is kept: `esyyfnt` and `esy yfnt` are `ESY-YFNT`.

    What has neither letter nor digit stays as it is, and so is no file's: emptied, it would be every file's beginning.
    """
    plain = bare(code)
    if not plain:
        return code
    return f"{plain[:_FIRST_GROUP]}-{plain[_FIRST_GROUP:]}" if len(plain) > _FIRST_GROUP else plain
