"""The co-ordinator's board: counts over all agencies in one statement (sql/board.sql), no row of any person."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, TypeVar

from django.db import connection

Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class Totals:
    """Counts of the period.

    Persons (to `accepted`): those who arrived in it. Referrals: those sent in it. Guardians: children for whom one was
    asked for in it and nobody is appointed now.
    """

    arrived: int
    children: int
    screened: int
    presumed: int
    to_judge: int
    referred: int
    accepted: int
    waiting: int
    overdue: int
    declined: int
    guardians_waiting: int
    guardians_overdue: int


@dataclass(frozen=True, slots=True)
class Day:
    """Persons by the day of their arrival (ISO date)."""

    day: str
    arrived: int
    screened: int
    presumed: int


@dataclass(frozen=True, slots=True)
class SiteCount:
    """Persons who arrived at a place, with its position in the region's tile grid."""

    name: str
    column: int
    row: int
    capacity: int | None
    arrived: int
    screened: int
    presumed: int


@dataclass(frozen=True, slots=True)
class AgencyCount:
    """Referrals that an agency received; `median_hours` is None where it has answered none."""

    name: str
    received: int
    waiting: int
    overdue: int
    in_time: int
    answered: int
    median_hours: float | None


@dataclass(frozen=True, slots=True)
class Wait:
    """How many waited from `hours` on for up to three hours more; the last class, 72, is open."""

    hours: int
    count: int


@dataclass(frozen=True, slots=True)
class Board:
    """Everything that the board shows."""

    since: dt.datetime
    until: dt.datetime
    totals: Totals
    days: tuple[Day, ...]
    sites: tuple[SiteCount, ...]
    agencies: tuple[AgencyCount, ...]
    answers: tuple[Wait, ...]
    screenings: tuple[Wait, ...]

    @property
    def empty(self) -> bool:
        """Whether nothing happened in the period."""
        return not self.totals.arrived and not self.agencies


def board(since: dt.datetime, until: dt.datetime) -> Board:
    """Ask the database; it answers the national co-ordinator alone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT protection_board(%s, %s)", [since, until])
        found = cursor.fetchone()[0]
    data: Mapping[str, Any] = json.loads(found) if isinstance(found, str) else found
    return Board(
        since=since,
        until=until,
        totals=_read(Totals, data["totals"]),
        days=tuple(_read(Day, row) for row in data["days"]),
        sites=tuple(_read(SiteCount, row) for row in data["sites"]),
        agencies=tuple(_read(AgencyCount, row) for row in data["agencies"]),
        answers=tuple(Wait(max(0, row["hours"]), row["referrals"]) for row in data["waiting_hours"]),
        screenings=tuple(Wait(max(0, row["hours"]), row["persons"]) for row in data["screening_hours"]),
    )


def _read(kind: type[Record], row: Mapping[str, Any]) -> Record:
    return kind(**{field.name: row[field.name] for field in fields(kind)})  # type: ignore[arg-type]
