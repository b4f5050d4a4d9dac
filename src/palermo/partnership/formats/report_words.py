"""The words of a report in six languages: bounds, dates, numbers, headings, names of States.

The table is ours (`data/report_words.tsv`); names of States are those of the vocabulary in English and of ISO 3166-1,
as pycountry translates them, in the other languages.
"""

import datetime as dt
import gettext
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from palermo.vocabulary.errors import Refusal
from palermo.vocabulary.states import load_states
from palermo.vocabulary.tables import parse_table

LANGUAGES = ("en", "fr", "de", "it", "ru", "es")
_TABLE = Path(__file__).parent.parent / "data" / "report_words.tsv"
#: Spaces that cannot be seen in the table.
_SIGNS = {"U+00A0": "\u00a0", "U+202F": "\u202f"}


@dataclass(frozen=True)
class Words:
    """The words of one language."""

    language: str
    table: dict[str, str]

    def say(self, key: str, **values: object) -> str:
        """The words for a key, with values put in."""
        return self.table[key].format(**values)

    def number(self, value: Decimal) -> str:
        """A number as the language writes it: at most two places, thousands apart (English from 1,000, else 10,000)."""
        rounded = round(value, 2)
        whole, _, part = f"{abs(rounded):f}".partition(".")
        part = part.rstrip("0")
        if len(whole) > (3 if self.language == "en" else 4):
            whole = f"{int(whole):,}".replace(",", self.table["thousands"])
        sign = "-" if rounded < 0 else ""
        return sign + whole + (self.table["decimal"] + part if part else "")

    def figure(self, value: Decimal, bound: str, *, declared: bool = False, unit: str = "") -> str:
        """A figure with its bound: "over 350 (declared)"."""
        said = self.number(value)
        if bound != "exact":
            said = self.say(bound, n=said)
        said += f" {unit}" if unit else ""
        return f"{said} ({self.table['declared']})" if declared else said

    def day(self, day: dt.date) -> str:
        """A day as the language writes it."""
        return self.say("day", d=day.day, month=self.table[f"month{day.month}"], y=day.year)

    def state(self, code: str) -> str:
        """The name of a State by its ISO code; the code where it is unknown."""
        known = load_states().get(code)
        if self.language == "en" and known:
            return known.name
        import pycountry  # noqa: PLC0415 -- slow to import

        country = pycountry.countries.get(alpha_2=code)
        if country is None:
            return code
        return country.name if self.language == "en" else _translations(self.language).gettext(country.name)


@cache
def _translations(language: str) -> gettext.NullTranslations:
    import pycountry  # noqa: PLC0415 -- slow to import

    return gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=[language], fallback=True)


@cache
def words_of(language: str) -> Words:
    """The words of a language.

    Raises:
        Refusal: it is none of the six.
    """
    if language not in LANGUAGES:
        raise Refusal(f"there are no words in “{language}”", where="language", remedy=f"Use {', '.join(LANGUAGES)}.")
    rows = parse_table(_TABLE.read_text(encoding="utf-8"), where=_TABLE.name)
    table = {row["key"]: row[language] for _, row in rows}
    return Words(language, table | {"thousands": _SIGNS.get(table["thousands"], table["thousands"])})
