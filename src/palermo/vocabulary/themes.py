"""The themes under which commitments, visits, findings and initiatives are grouped: one list for all of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from palermo.vocabulary.errors import Refusal
from palermo.vocabulary.tables import read_data


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme; the grouping is our own, ``source`` is the first commitment that it was read from.

    Attributes:
        code: stable key, lower case, e.g. ``"non-punishment"``.
        grade: how well that commitment was read: A source text read, B partly, C not seen.
    """

    code: str
    label: str
    source: str
    grade: str


@cache
def load_themes() -> dict[str, Theme]:
    """Every theme by code, in the order in which the commitments brought them up."""
    return {
        row["theme"]: Theme(row["theme"], row["label"], row["source"], row["grade"]) for row in read_data("themes.tsv")
    }


def theme_codes(codes: Iterable[str]) -> list[str]:
    """The codes in lower case, without doubles, in the order given.

    Raises:
        Refusal: a code that is in no row of ``themes.tsv``.
    """
    kept = list(dict.fromkeys(code.strip().lower() for code in codes))
    for code in kept:
        if code not in load_themes():
            raise Refusal(f"{code!r} is no theme.", where="theme", remedy=f"Use one of: {', '.join(load_themes())}.")
    return kept
