"""How a demonstration is staffed, as data (data/demonstration.toml)."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True)
class AgencyPlan:
    """One agency of the demonstration. `places` is how many people it can take in, None for no limit."""

    key: str
    kind: str
    name: str
    offers: str = ""
    phone: str = ""
    has_account: bool = True
    staff: int = 1
    opens: int = 0
    closes: int = 24
    answer_within_hours: int = 24
    places: int | None = None
    places_per_100_people: float | None = None
    user: str = ""

    def places_for(self, people: int) -> int | None:
        """Places in a region where so many people arrive."""
        if self.places_per_100_people is None:
            return self.places
        return max(1, round(self.places_per_100_people * people / 100))


@dataclass(frozen=True)
class Plan:
    """All of data/demonstration.toml; `work` in minutes, `choices` shares or days, `staff` per 100 arrivals a day."""

    days: int
    follow_up_days: int
    work: dict[str, float]
    choices: dict[str, float]
    staff: dict[str, float]
    agencies: tuple[AgencyPlan, ...]

    def at_work(self, role: str, arrivals_a_day: float) -> int:
        """How many persons of a role work where so many arrive a day, never fewer than one."""
        return max(1, round(self.staff[role] * arrivals_a_day / 100))


@cache
def load_plan() -> Plan:
    """The plan as shipped."""
    text = files("palermo.training").joinpath("data", "demonstration.toml").read_text(encoding="utf-8")
    values: dict[str, Any] = tomllib.loads(text)
    agencies = tuple(AgencyPlan(**row) for row in values.pop("agencies"))
    return Plan(agencies=agencies, **values)
