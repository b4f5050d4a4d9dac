"""The five-minute form of a concern: signs in the words of each profession, and what to do at once."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from palermo.vocabulary.errors import Refusal
from palermo.vocabulary.indicators import load_items
from palermo.vocabulary.lists import load_professions

NAME = "concerns.toml"


@dataclass(frozen=True, slots=True)
class Sign:
    """What somebody may have seen: the code of a vocabulary item, in the words of a profession."""

    item: str
    words: str


@dataclass(frozen=True, slots=True)
class ConcernForm:
    """One profession's form; `place` is an example of how to say where and when."""

    code: str
    title: str
    lead: str
    place: str
    advice: tuple[str, ...]
    signs: tuple[Sign, ...]


@dataclass(frozen=True, slots=True)
class ConcernForms:
    """All forms by profession, and the advice that everybody gets.

    Attributes:
        version: of the data file.
        emergency: the number to call when there is danger now.
        do_now: what to do.
        do_not: what never to do.
        child: what to know when it may be a child.
    """

    version: str
    emergency: str
    do_now: tuple[str, ...]
    do_not: tuple[str, ...]
    child: tuple[str, ...]
    forms: Mapping[str, ConcernForm]

    def words(self, profession: str, item: str) -> str:
        """A sign in the words of a profession; in the vocabulary's where that form no longer has it."""
        form = self.forms.get(profession)
        said = {sign.item: sign.words for sign in form.signs} if form else {}
        known = load_items().get(item)
        return said.get(item) or (f"The person {known.label}" if known else item)


@cache
def load_concern_forms() -> ConcernForms:
    """The forms that ship with Palermo (`protection/forms/concerns.toml`)."""
    text = files("palermo.protection").joinpath("forms", NAME).read_text(encoding="utf-8")
    return parse_concern_forms(text)


def parse_concern_forms(text: str) -> ConcernForms:
    """Read the forms of a data file.

    Raises:
        Refusal: no TOML, a missing field, an unknown profession, or a sign whose item the vocabulary does not know.
    """
    try:
        data = tomllib.loads(text)
        forms = {row["code"]: _form(row) for row in data["profession"]}
        return ConcernForms(
            version=data["version"],
            emergency=data["emergency"],
            do_now=tuple(data["do_now"]),
            do_not=tuple(data["do_not"]),
            child=tuple(data["child"]),
            forms=forms,
        )
    except tomllib.TOMLDecodeError as error:
        raise Refusal(f"This is not TOML: {error}.", where=NAME, remedy="Mend the line that it names.") from error
    except KeyError as error:
        raise Refusal(f"The field {error} is missing.", where=NAME, remedy="Add it.") from error


def _form(row: Mapping[str, Any]) -> ConcernForm:
    code = row["code"]
    if code not in load_professions():
        raise Refusal(
            f"There is no profession {code!r}.", where=NAME, remedy="Use a code of vocabulary/data/professions.tsv."
        )
    signs = tuple(Sign(sign["item"], sign["words"]) for sign in row["signs"])
    strange = [sign.item for sign in signs if sign.item not in load_items()]
    if strange:
        raise Refusal(
            f"There is no item {strange[0]!r}.",
            where=f"{NAME}, {code}",
            remedy="Use a code of vocabulary/data/items.tsv.",
        )
    return ConcernForm(code, row["title"], row["lead"], row["place"], tuple(row["advice"]), signs)
