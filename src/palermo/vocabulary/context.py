"""Figures of others that stand beside an office's own: global estimates, detected victims, root causes.

They are read, not computed with: no estimate, release or trend takes one in, and none of them is about a person. Causes
are conditions of places and times, never a score of anybody.
"""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from palermo.vocabulary.tables import read_data

Kind = Literal["estimate", "detected", "cause"]


@dataclass(frozen=True, slots=True)
class ContextFigure:
    """A published figure.

    Attributes:
        name: stable key, e.g. ``"forced_labour"``.
        kind: an estimate, a count of detected persons, or a condition under which trafficking grows.
        subject: what it counts.
        value: as published: a number, or two with a dash.
        unit: ``share`` for a part of one.
        place: what it covers.
        period: the year or years it is about.
        source: who published it, where it was read.
        address: of the page that was read.
        published: the day, or the month, of publication.
        grade: A read in the source, B in an excerpt of it or of its publisher's page, C told by somebody else.
        caveat: what a reader must know; empty if nothing.
    """

    name: str
    kind: Kind
    subject: str
    value: str
    unit: str
    place: str
    period: str
    source: str
    address: str
    published: str
    grade: str
    caveat: str

    @property
    def said(self) -> str:
        """Value and unit as people read them; a share as per cent."""
        if self.unit == "share":
            return f"{float(self.value):.0%}"
        whole = (
            f"{int(self.value):,}".replace(",", "\u202f") if self.value.isdecimal() else self.value.replace("-", "–")
        )
        return f"{whole} {self.unit}"


@cache
def load_context() -> tuple[ContextFigure, ...]:
    """Every figure, in the order of the table."""
    return tuple(
        ContextFigure(
            row["figure"],
            row["kind"],  # type: ignore[arg-type]  # the table holds kinds only, as a test shows
            row["subject"],
            row["value"],
            row["unit"],
            row["place"],
            row["period"],
            row["source"],
            row["address"],
            row["published"],
            row["grade"],
            row["caveat"],
        )
        for row in read_data("context_figures.tsv")
    )
