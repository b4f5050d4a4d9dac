"""An identity: what would name a person, and the normalised keys by which the same person is found again."""

import json
from dataclasses import asdict, dataclass, field

from palermo.vocabulary.documents import normalise_document
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
