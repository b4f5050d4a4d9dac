"""Telephone numbers as E.164."""

import phonenumbers

from palermo.vocabulary.digits import ascii_digits
from palermo.vocabulary.errors import Refusal


def normalise_phone(text: str, *, region: str | None = None) -> str:
    """The number in E.164, e.g. ``"+390444123456"``.

    Args:
        text: as written; ``00`` for ``+``, spaces, brackets and non-Latin digits are understood.
        region: ISO 3166-1 alpha-2 code of the country whose national numbers are meant, if there is no ``+``.

    Raises:
        Refusal: it is not a number that can exist.
    """
    written = ascii_digits(text.strip())
    if written.startswith("00"):
        written = "+" + written[2:]
    try:
        number = phonenumbers.parse(written, region)
    except phonenumbers.NumberParseException as error:
        raise _refusal() from error
    if not phonenumbers.is_possible_number(number):
        raise _refusal()
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def _refusal() -> Refusal:
    # The number itself stays out of the message: messages reach logs.
    return Refusal(
        "This is not a telephone number that can exist.",
        where="phone",
        remedy="Write it with the country code, for example +39 0444 123456.",
    )
