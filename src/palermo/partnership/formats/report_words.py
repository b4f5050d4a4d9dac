"""The words of a report in six languages: bounds, dates, numbers, headings, names of States.

The tables are ours (`data/report_words.tsv`; of figures `data/figure_words.tsv`). Names of States are those of the
vocabulary in English and of ISO 3166-1, as pycountry translates them, in the other languages.
"""

import datetime as dt
import gettext
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path

from palermo.vocabulary.errors import Refusal
from palermo.vocabulary.states import load_states
from palermo.vocabulary.tables import parse_table

LANGUAGES = ("en", "fr", "de", "it", "ru", "es")
_TABLES = Path(__file__).parent.parent / "data"
#: Spaces that cannot be seen in the table.
_SIGNS = {"U+00A0": "\u00a0", "U+202F": "\u202f"}


@dataclass(frozen=True)
class Words:
    """The words of one language."""

    language: str
    table: dict[str, str]
    #: `label` and `definition` of figures by (name, which), in English and in this language.
    figures: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)

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

    def label(self, name: str) -> str:
        """What a figure is called in a few words; the words of its name where the table has none."""
        known = self.figures.get((name, "label"))
        return known[1] if known else name.rpartition(".")[2].replace("_", " ").replace("-", " ")

    def definition(self, name: str, english: str) -> str:
        """A figure's definition in this language; in English where that has changed since it was translated."""
        known = self.figures.get((name, "definition"))
        return known[1] if known and known[0] == english else english

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
    table = {row["key"]: row[language] for row in _rows("report_words.tsv")}
    figures = {(row["figure"], row["what"]): (row["en"], row[language]) for row in _rows("figure_words.tsv")}
    return Words(language, table | {"thousands": _SIGNS.get(table["thousands"], table["thousands"])}, figures)


def _rows(name: str) -> list[dict[str, str]]:
    return [row for _, row in parse_table((_TABLES / name).read_text(encoding="utf-8"), where=name)]
