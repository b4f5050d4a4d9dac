"""The participating States of the OSCE and its Partners for Co-operation, and what each is bound to."""

from dataclasses import dataclass
from functools import cache

from palermo.vocabulary.dates import PartialDate
from palermo.vocabulary.tables import read_data


@dataclass(frozen=True, slots=True)
class State:
    """A participating State or Partner.

    Attributes:
        kind: ``participating_state``, ``partner_mediterranean`` or ``partner_asian``.
        joined: when it was admitted or became a Partner, as exactly as it was read.
        coe_convention_party: whether the Council of Europe Convention (and so its article 13) binds it.
    """

    iso2: str
    iso3: str
    name: str
    kind: str
    joined: PartialDate
    coe_convention_party: bool


@dataclass(frozen=True, slots=True)
class ReflectionPeriod:
    """How long the recovery and reflection period lasts at least; ``known`` is False where the minimum stands in."""

    days: int
    known: bool
    source: str
    grade: str
    note: str


@cache
def load_states() -> dict[str, State]:
    """Every State and Partner by ISO 3166-1 alpha-2 code."""
    return {
        row["iso2"]: State(
            row["iso2"],
            row["iso3"],
            row["name"],
            row["kind"],
            PartialDate.parse(row["joined"]),
            row["coe_convention_party"] == "yes",
        )
        for row in read_data("osce_states.tsv")
    }


def reflection_period(iso2: str) -> ReflectionPeriod:
    """The recovery and reflection period of a State, never under the Convention's 30 days.

    A State of which nothing is known here, of the region or not, has the minimum, and the note says so.
    """
    rows = {row["iso2"]: row for row in read_data("reflection_periods.tsv")}
    minimum = rows[""]
    row = rows.get(iso2)
    if row is None:
        note = "The State's own length is not known, the minimum applies."
        return ReflectionPeriod(
            int(minimum["days"]), known=False, source=minimum["source"], grade=minimum["grade"], note=note
        )
    days = max(int(row["days"]), int(minimum["days"]))
    return ReflectionPeriod(days, known=True, source=row["source"], grade=row["grade"], note=row["note"])
