"""An identity: what would name a person, and the normalised keys by which the same person is found again."""

import datetime as dt
import json
from dataclasses import asdict, dataclass, field

from palermo.vocabulary.dates import PartialDate
from palermo.vocabulary.digits import ascii_digits
from palermo.vocabulary.documents import normalise_document
from palermo.vocabulary.errors import Refusal
from palermo.vocabulary.names import search_keys as search_keys_of_name
from palermo.vocabulary.phones import normalise_phone


@dataclass(frozen=True)
class Identity:
    """Names in the script in which they were written; dates as ISO 8601, year or year-month where no more is known."""

    given_name: str = ""
    family_name: str = ""
    other_names: tuple[str, ...] = ()
    birth_date: str = ""
    phones: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    #: How the person can be reached without danger, and when not.
    safe_contact: str = ""
    #: Region (ISO 3166-1 alpha-2) in which a telephone number without a country code is read.
    phone_region: str = field(default="", compare=False)

    @property
    def full_name(self) -> str:
        """Given name and family name as one."""
        return " ".join(part for part in (self.given_name, self.family_name) if part)

    def to_json(self) -> str:
        """As sealed."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Identity":
        """As unsealed."""
        values = json.loads(text)
        for name in ("other_names", "phones", "documents"):
            values[name] = tuple(values[name])
        return cls(**values)


def search_keys(identity: Identity) -> set[tuple[str, str]]:
    """Kinds and normalised keys: equal where two spellings of one name, number or document meet.

    Returns:
        Pairs such as ("name", "name:ivan petrov"), ("phone", "phone:+30210…"), ("document", "document:AB123456").

    Raises:
        Refusal: a telephone or document number that cannot be one.
    """
    found: set[tuple[str, str]] = set()
    for name in (identity.full_name, *identity.other_names):
        found |= {("name", f"name:{key}") for key in search_keys_of_name(name)}
    for phone in identity.phones:
        found.add(("phone", f"phone:{normalise_phone(phone, region=identity.phone_region or None)}"))
    for document in identity.documents:
        found.add(("document", f"document:{normalise_document(document)}"))
    return found


def ages(birth_date: str, today: dt.date) -> tuple[int, int]:
    """The least and the greatest age in whole years that a birth date leaves open.

    Args:
        birth_date: ISO 8601: a day, a month or a year.
        today: the day on which the age is asked for.

    Raises:
        Refusal: this is no date, or it is to come.
    """
    try:
        # A telephone's keyboard may write the digits of its own script.
        born = PartialDate.parse(ascii_digits(birth_date))
    except Refusal as error:
        raise Refusal(
            f"{birth_date} is no date", where="birth_date", remedy="Write it as 2007, 2007-03 or 2007-03-21."
        ) from error
    if born.earliest > today:
        raise Refusal(f"{birth_date} is to come", where="birth_date", remedy="Look at the year again.")
    return _years(min(born.latest, today), today), _years(born.earliest, today)


def _years(born: dt.date, today: dt.date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
