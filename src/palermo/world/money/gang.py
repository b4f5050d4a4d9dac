"""One network's purse: who holds which account, how much in each is proceeds, and the rows it leaves."""

from dataclasses import dataclass, field

import numpy as np

from palermo.world.money.rows import COLUMNS, NONE, Rows
from palermo.world.money.words import PATTERNS, channel, purpose
from palermo.world.streams import Ints

DAY = 86_400
HOUR = 3_600


@dataclass(frozen=True, slots=True)
class Victim:
    """A person held in the region: position among people, form of exploitation, from and to which day, accounts."""

    person: int
    form: str
    begins: int
    ends: int
    controller: int
    account: int
    kept: float


@dataclass
class Gang:
    """A network with its accounts (positions in the cast), its ways, and what it has.

    ``pot`` is how many minor units of proceeds each account holds; ``cash`` is what lies in notes, outside.
    """

    number: int
    rng: np.random.Generator
    organiser: int
    mules: list[int]
    victims: list[Victim]
    client: int
    front: int
    tile: int
    ways: set[str]
    days: int
    roles: dict[int, str] = field(default_factory=dict)
    pot: dict[int, int] = field(default_factory=dict)
    cash: int = 0
    made: int = 0
    spent: int = 0
    lines: list[tuple[int, ...]] = field(default_factory=list)
    machine: dict[int, bool] = field(default_factory=dict)

    def put(
        self,
        time: int,
        source: int,
        target: int,
        amount: int,
        channel_of: str,
        purpose_of: str,
        pattern: str,
        *,
        proceeds: int | None = None,
        place: int = NONE,
        terminal: int = NONE,
        reference: int = NONE,
        person: int = NONE,
    ) -> None:
        """One row; the proceeds in it leave the source's pot (or are made) and reach the target's (or are spent)."""
        if amount <= 0:
            return
        part = amount if proceeds is None else proceeds
        if self.own(source):
            part = min(part, self.has(source))
            self.pot[source] = self.has(source) - part
        else:
            self.made += part
        if self.own(target):
            self.pot[target] = self.pot.get(target, 0) + part
        else:
            self.spent += part
        self.lines.append((time, source, target, amount, channel(channel_of), purpose(purpose_of), place, terminal,
                           reference, part, self.number, PATTERNS.index(pattern), person))  # fmt: skip

    def own(self, account: int) -> bool:
        """Whether the network holds or runs an account; buyers and clients are others."""
        return self.roles.get(account, "buyer") not in ("buyer", "client")

    def has(self, account: int) -> int:
        """Proceeds in an account now."""
        return self.pot.get(account, 0)

    def chance(self, share: float) -> bool:
        """A coin."""
        return bool(self.rng.random() < share)

    def at_machine(self, day: int, share: float) -> bool:
        """Whether the pay of the week that begins on a day is drawn at a machine: all cards together, or none."""
        if day not in self.machine:
            self.machine[day] = self.chance(share)
        return self.machine[day]

    def pick(self, low: int, high: int) -> int:
        """A whole number from ``low`` up to and without ``high``."""
        return int(self.rng.integers(low, high))


def pour(gangs: list[Gang], rows: Rows) -> None:
    """Move the lines of all networks into the collector."""
    lines = [line for gang in gangs for line in gang.lines]
    if lines:
        columns: Ints = np.array(lines, dtype=np.int64)
        rows.parts.append({name: columns[:, number] for number, name in enumerate(COLUMNS)})
