"""The OSCE's executive structures: Secretariat, institutions, field operations; when each existed, as far as known."""

import datetime as dt
from dataclasses import dataclass
from functools import cache

from palermo.vocabulary.dates import PartialDate
from palermo.vocabulary.tables import read_data


@dataclass(frozen=True, slots=True)
class Structure:
    """A structure.

    Attributes:
        kind: ``political``, ``secretariat``, ``institution``, ``assembly`` or ``field_operation``.
        established: as exactly as it was read; None where it is not known.
        ended: None where it goes on, or where nobody knows.
        grade: A source text read, B partly, C from general knowledge.
    """

    code: str
    name: str
    kind: str
    seat: str
    established: PartialDate | None
    basis: str
    ended: PartialDate | None
    note: str
    source: str
    grade: str

    def existed_on(self, day: dt.date) -> bool | None:
        """Whether it existed on that day; None where the dates do not tell."""
        if self.ended and day > self.ended.latest:
            return False
        if self.established is None:
            return None
        if day < self.established.earliest:
            return False
        sure = day >= self.established.latest and (self.ended is None or day < self.ended.earliest)
        return True if sure else None


@cache
def load_structures() -> dict[str, Structure]:
    """Every structure by code."""
    return {
        row["code"]: Structure(
            row["code"],
            row["name"],
            row["kind"],
            row["seat"],
            PartialDate.parse(row["established"]) if row["established"] else None,
            row["basis"],
            PartialDate.parse(row["ended"]) if row["ended"] else None,
            row["note"],
            row["source"],
            row["grade"],
        )
        for row in read_data("osce_structures.tsv")
    }
