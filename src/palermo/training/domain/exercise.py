"""The main job on a world: arrivals, screening, case, referral, answer, all through the very same verbs as people use.

Everything happens at the hour at which somebody is free to do it (teams.py); the verbs write the times, not this file.
"""

import datetime as dt
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import numpy as np
import simpy

from palermo.office import clock
from palermo.office.domain.acting import acting_as
from palermo.office.domain.notices import note_notices
from palermo.office.models import Member
from palermo.protection.domain.escalation import escalate_overdue
from palermo.training.domain.cast import Cast
from palermo.training.domain.teams import Team
from palermo.training.methods.plan import Plan
from palermo.vocabulary.places import language_code
from palermo.world import CODES, World

#: Ranks in a queue: what is urgent first, children next.
URGENT, CHILD, USUAL, LATER = 0, 1, 5, 8

#: Hours after which agencies look through their notices.
NOTED_EVERY = 12

#: How the world's tables code an answer.
WORDS = {code: word for word, code in CODES.items()}


@dataclass
class Exercise:
    """What the acts of a demonstration share: the clock, the queues, the cast, the world and the dice."""

    world: World
    plan: Plan
    cast: Cast
    started_at: dt.datetime
    seed: int
    env: simpy.Environment = field(default_factory=simpy.Environment)
    teams: dict[str, Team] = field(default_factory=dict)
    places: dict[str, int | None] = field(default_factory=dict)
    files: dict[str, UUID] = field(default_factory=dict)
    tell: Callable[[str], None] = lambda _: None

    def __post_init__(self) -> None:
        self.dice = np.random.default_rng([self.seed, 0x7061])
        persons = self.world.tables["people"]
        self.rows: list[dict[str, Any]] = persons.to_pylist()
        self.index = {row["person_id"]: number for number, row in enumerate(self.rows)}
        # One look a person: column → plain list once, not an Arrow scalar a question.
        self._answers = {
            name: {column: table[column].to_pylist() for column in table.column_names if column != "person_id"}
            for name, table in (("intake", self.world.answers), ("interview", self.world.answers_interview))
        }
        self._make_teams()

    def _make_teams(self) -> None:
        per_day = len(self.rows) / self.plan.days
        sites = len(self.cast.sites)
        for facility in self.cast.sites:
            arrivals = sum(row["facility_id"] == facility for row in self.rows) / self.plan.days
            self.teams[facility] = Team(self.env, staff=self.plan.at_work("first_responders", arrivals))
        managers = self.plan.at_work("case_managers", per_day)
        self.teams["managers"] = Team(self.env, staff=max(managers, min(2, sites)), opens=7, closes=22)
        for row in self.plan.agencies:
            staff = max(row.staff, round(row.staff * per_day / 150))
            self.teams[row.key] = Team(self.env, staff=staff, opens=row.opens, closes=row.closes)
            self.places[row.key] = row.places_for(len(self.rows))

    def chance(self, name: str) -> bool:
        """Draw one of the plan's choices."""
        return bool(self.dice.random() < self.plan.choices[name])

    @contextmanager
    def at(self, hour: float, member: Member | None) -> Iterator[None]:
        """Act as a member at an hour of the exercise; None is somebody at the public door."""
        with clock.at(self.started_at + dt.timedelta(hours=hour)), acting_as(member, whole=True):
            yield

    def answers(self, world_id: str, form: str) -> dict[str, str]:
        """What this person answers to each item if asked on this occasion."""
        number = self.index[world_id]
        return {item: WORDS[int(values[number])] for item, values in self._answers[form].items()}

    def later(self, hours: float, act: Callable[[float], None]) -> None:
        """Let something happen after so many hours."""

        def wait() -> Generator[Any, Any, None]:
            yield self.env.timeout(hours)
            act(self.env.now)

        self.env.process(wait())

    def run(self, begin: Callable[["Exercise"], None]) -> None:
        """Run from the first arrival to the end of the follow-up; overdue answers are escalated every hour."""
        begin(self)
        self.env.process(self._watch())
        self.env.run(until=(self.plan.days + self.plan.follow_up_days) * 24)

    def _watch(self) -> Generator[Any, Any, None]:
        while True:
            yield self.env.timeout(1)
            with clock.at(self.started_at + dt.timedelta(hours=self.env.now)):
                escalate_overdue()
            if self.env.now % NOTED_EVERY == 0:
                self._note(self.env.now)
            if self.env.now % 24 == 0:
                self.tell(f"day {int(self.env.now // 24)}")

    def _note(self, hour: float) -> None:
        """Whoever works reads what came in; what came in the last hours waits for a visitor."""
        staff = [self.cast.manager, *self.cast.members.values()]
        for member in staff:
            if not member.agency.enforces_migration:
                with self.at(hour, member):
                    note_notices(member=member, before=clock.now() - dt.timedelta(hours=2))


def language_of(code: str) -> str:
    """ISO 639-3 of a world's language."""
    return language_code(code)
