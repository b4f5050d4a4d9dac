"""Who is bound by the Council of Europe Convention (and so visited by GRETA) on a day."""

import datetime as dt
from dataclasses import dataclass
from functools import cache

from palermo.vocabulary.tables import read_data


@dataclass(frozen=True, slots=True)
class Party:
    """A party to the Convention on Action against Trafficking in Human Beings (CETS 197).

    Attributes:
        since: the day on which the Convention entered into force for it.
        until: the first day on which it is no longer bound; None while it is.
        grade: B read in part, C from general knowledge (check at the Treaty Office before relying on the day).
    """

    iso2: str
    since: dt.date
    until: dt.date | None
    coe_member: bool
    source: str
    grade: str

    def bound_on(self, day: dt.date) -> bool:
        """Whether the Convention binds it on that day."""
        return self.since <= day and (self.until is None or day < self.until)


@cache
def load_parties() -> dict[str, Party]:
    """Every State that is or was a party, by ISO 3166-1 alpha-2 code."""
    return {
        row["iso2"]: Party(
            row["iso2"],
            dt.date.fromisoformat(row["since"]),
            dt.date.fromisoformat(row["until"]) if row["until"] else None,
            row["coe_member"] == "yes",
            row["source"],
            row["grade"],
        )
        for row in read_data("greta_parties.tsv")
    }


def bound_by_convention(state: str, day: dt.date) -> bool:
    """Whether the Convention binds a State (ISO 3166-1 alpha-2) on that day, so that GRETA can come at all."""
    party = load_parties().get(state)
    return party is not None and party.bound_on(day)


def parties_on(day: dt.date) -> frozenset[str]:
    """Codes of the States that the Convention binds on that day."""
    return frozenset(code for code, party in load_parties().items() if party.bound_on(day))
