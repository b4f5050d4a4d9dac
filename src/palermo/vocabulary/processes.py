"""Regional consultative processes on migration and trafficking, and who takes part in each, by day."""

import datetime as dt
from dataclasses import dataclass
from functools import cache

from palermo.vocabulary.dates import PartialDate
from palermo.vocabulary.tables import read_data


@dataclass(frozen=True, slots=True)
class Membership:
    """A country's part in a process: ``member`` or ``observer``, by ISO 3166-1 alpha-2 code (any country)."""

    iso2: str
    role: str
    since: PartialDate
    until: PartialDate | None
    source: str
    grade: str

    def holds_on(self, day: dt.date) -> bool:
        """Whether it takes part on that day; where only month or year are known, from their first day on."""
        return self.since.earliest <= day and (self.until is None or day < self.until.earliest)


@dataclass(frozen=True, slots=True)
class Process:
    """A regional process with all memberships that are known; ``grade`` as in ``commitments.GRADES``."""

    code: str
    name: str
    established: PartialDate
    run_by: str
    source: str
    grade: str
    memberships: tuple[Membership, ...]

    def taking_part(self, day: dt.date, role: str = "member") -> frozenset[str]:
        """Codes of the countries that take part in that role on that day."""
        return frozenset(one.iso2 for one in self.memberships if one.role == role and one.holds_on(day))


@cache
def load_processes() -> dict[str, Process]:
    """Every process by code."""
    members = read_data("process_members.tsv")
    return {
        row["process"]: Process(
            row["process"],
            row["name"],
            PartialDate.parse(row["established"]),
            row["run_by"],
            row["source"],
            row["grade"],
            tuple(_membership(one) for one in members if one["process"] == row["process"]),
        )
        for row in read_data("regional_processes.tsv")
    }


def _membership(row: dict[str, str]) -> Membership:
    return Membership(
        row["iso2"],
        row["role"],
        PartialDate.parse(row["since"]),
        PartialDate.parse(row["until"]) if row["until"] else None,
        row["source"],
        row["grade"],
    )
