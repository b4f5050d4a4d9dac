"""OSCE commitments on trafficking in human beings: what each commits States to, and what it tasks structures with."""

import datetime as dt
from dataclasses import dataclass
from functools import cache

from palermo.vocabulary.tables import read_data

#: What the grades of confidence mean; shown wherever a grade is.
GRADES = {
    "A": "the source text was read",
    "B": "read in part, or through another text",
    "C": "not seen: check before anything official is printed",
}


@dataclass(frozen=True, slots=True)
class Commitment:
    """A decision or declaration; the summaries are ours, short, and never its official text.

    Attributes:
        states: what it commits participating States to; empty where it addresses structures alone.
        structures: what it tasks OSCE structures with; empty where it addresses States alone.
        themes: codes of ``themes.load_themes``.
        grade: a key of ``GRADES``; ``note`` says what is still to be checked.
    """

    symbol: str
    date: dt.date
    body: str
    meeting: str
    title: str
    states: str
    structures: str
    themes: tuple[str, ...]
    source: str
    grade: str
    note: str


@cache
def load_commitments() -> dict[str, Commitment]:
    """Every commitment by its symbol, in the order of their dates."""
    found = [
        Commitment(
            row["symbol"],
            dt.date.fromisoformat(row["date"]),
            row["body"],
            row["meeting"],
            row["title"],
            row["states"],
            row["structures"],
            tuple(row["themes"].split(";")),
            row["source"],
            row["grade"],
            row["note"],
        )
        for row in read_data("osce_commitments.tsv")
    ]
    return {one.symbol: one for one in sorted(found, key=lambda one: one.date)}
