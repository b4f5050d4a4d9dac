"""Who holds accounts: residents, people of the world, members of networks, businesses; with contacts and homes."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from palermo.world.figures import assumed
from palermo.world.money.words import CASH_SECTORS, SECTORS
from palermo.world.networks import Hold, Networks
from palermo.world.people import People
from palermo.world.places import TILES
from palermo.world.streams import Flags, Ints, Streams, happens

RESIDENT, ARRIVED, MEMBER, MULE, BUSINESS = range(5)
_CODES = {"phone": 10_000_000, "address": 1_000_000, "device": 100_000_000}


@dataclass
class Cast:
    """One entry an account; businesses come last. ``who`` is the position among people or members, or −1.

    ``income`` is what a person earns a month in minor units, ``begins`` and ``ends`` the seconds between which the
    holder uses the account, ``phone``, ``address`` and ``device`` numbers that stand for one.
    """

    kind: NDArray[np.int8]
    who: Ints
    network: Ints
    sector: Ints
    tile: Ints
    opened_day: Ints
    income: Ints
    employer: Ints
    owner: Ints
    staff: Ints
    opens: Ints
    closes: Ints
    begins: Ints
    ends: Ints
    phone: Ints
    address: Ints
    device: Ints
    controlled: Flags
    by_sector: dict[int, Ints] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.kind)

    @property
    def persons(self) -> Ints:
        """Positions of accounts of persons."""
        return np.flatnonzero(self.kind != BUSINESS)

    def of(self, *names: str) -> Ints:
        """Positions of businesses of some sectors."""
        return np.concatenate([self.by_sector[SECTORS.index(name)] for name in names])


def active_networks(people: People, hold: Hold) -> tuple[Ints, Ints]:
    """Networks that exploit somebody in the region, and the positions in ``hold`` of those people."""
    here = np.flatnonzero((hold.stage == 2) & (people.days_in_region[hold.person] > 0))
    return np.unique(hold.network[here]).astype(np.int64), here


def make_cast(streams: Streams, people: People, networks: Networks, hold: Hold, span: tuple[int, int]) -> Cast:
    """Draw all holders. ``span`` is the ledger's first day relative to the world's first, and its length in days."""
    rng = streams("money cast")
    active, held = active_networks(people, hold)
    residents = int(max(assumed("money", "residents_least"), len(people) * assumed("money", "residents_per_person")))
    arrived = _arrived(rng, people, hold, held)
    member = np.flatnonzero(np.isin(networks.member_network, active) & np.isin(networks.member_role, (0, 1, 3, 4, 5)))
    mules = rng.poisson(assumed("money_network", "mules_per_network"), len(active))
    per = int(assumed("money", "residents_per_business"))
    businesses = max(2 * len(SECTORS), residents // per)
    sizes = (residents, len(arrived), len(member), int(mules.sum()), businesses)
    kind = np.repeat(np.arange(5, dtype=np.int8), sizes)
    who = np.full(len(kind), -1, dtype=np.int64)
    who[kind == ARRIVED], who[kind == MEMBER] = arrived, member
    network = np.full(len(kind), -1, dtype=np.int64)
    network[kind == MEMBER] = networks.member_network[member]
    network[kind == MULE] = np.repeat(active, mules)
    cast = _blank(kind, who, network)
    _trade(rng, cast)
    _homes(rng, cast)
    _earn(rng, cast)
    _time(rng, cast, people, span)
    _contacts(rng, cast)
    _controlled(rng, cast, hold, held)
    return cast


def _arrived(rng: np.random.Generator, people: People, hold: Hold, held: Ints) -> Ints:
    """People of the world with an account: some of those in the region, and some of those held there."""
    grown = (people.age >= 16) & (people.days_in_region >= 14)
    has = grown & happens(rng, assumed("money", "account_if_in_region"), len(people))
    victim = hold.person[held]
    has[hold.person] = False
    has[victim] = grown[victim] & happens(rng, assumed("money_network", "account_of_victim"), len(victim))
    return np.flatnonzero(has)


def _blank(kind: NDArray[np.int8], who: Ints, network: Ints) -> Cast:
    def zero(value: int = 0) -> Ints:
        return np.full(len(kind), value, dtype=np.int64)

    return Cast(kind, who, network, zero(-1), zero(), zero(), zero(), zero(-1), zero(-1), zero(), zero(), zero(24),
                zero(), zero(), zero(), zero(), zero(), np.zeros(len(kind), dtype=np.bool_))  # fmt: skip


def _trade(rng: np.random.Generator, cast: Cast) -> None:
    business = np.flatnonzero(cast.kind == BUSINESS)
    sectors = np.concatenate([np.arange(len(SECTORS)), rng.integers(0, len(SECTORS), len(business) - len(SECTORS))])
    cast.sector[business] = sectors
    cast.by_sector = {code: business[sectors == code] for code in range(len(SECTORS))}
    late = np.isin(sectors, [SECTORS.index("nightclub"), SECTORS.index("taxi"), SECTORS.index("takeaway")])
    cast.opens[business] = np.where(late, 11, rng.integers(7, 10, len(business)))
    cast.closes[business] = np.where(late, 24, rng.integers(17, 22, len(business)))


def _homes(rng: np.random.Generator, cast: Cast) -> None:
    """People live in the middle tiles more than at the edges; networks and their mules near each other."""
    middle = rng.binomial(TILES - 1, 0.5, (2, len(cast)))
    cast.tile[:] = middle[0] * TILES + middle[1]
    tied = np.flatnonzero(cast.network >= 0)
    cast.tile[tied] = (cast.network[tied] * 37) % (TILES * TILES)


def _earn(rng: np.random.Generator, cast: Cast) -> None:
    person = cast.persons
    wage = assumed("money", "wage_median") * np.exp(assumed("money", "wage_sigma") * rng.standard_normal(len(person)))
    resident = np.isin(cast.kind[person], (RESIDENT, MULE))
    share = np.where(resident, assumed("money", "employed_resident"), assumed("money", "employed_other"))
    works = happens(rng, share, len(person))
    cast.income[person] = np.where(works, np.round(wage) * 100, 0).astype(np.int64)
    business = np.flatnonzero(cast.kind == BUSINESS)
    weight = rng.exponential(1.0, len(business)) + 0.2
    chosen = np.searchsorted(np.cumsum(weight), rng.random(len(person)) * weight.sum(), side="right")
    cast.employer[person] = np.where(works, business[np.minimum(chosen, len(business) - 1)], -1)
    staff = np.bincount(cast.employer[person][works], minlength=len(cast))
    cast.staff[business] = staff[business]
    cast.owner[business] = rng.choice(np.flatnonzero(cast.kind == RESIDENT), len(business))


def _time(rng: np.random.Generator, cast: Cast, people: People, span: tuple[int, int]) -> None:
    first, days = span
    age = np.where(cast.kind == BUSINESS, rng.integers(200, 9000, len(cast)), rng.integers(60, 6000, len(cast)))
    cast.opened_day[:] = -age
    cast.ends[:] = days * 86_400
    arrived = np.flatnonzero(cast.kind == ARRIVED)
    who = cast.who[arrived]
    comes = people.arrived_minute[who] // 1440 - people.days_in_region[who] - first
    opened = comes + rng.integers(3, 12, len(who))
    cast.opened_day[arrived] = opened
    cast.begins[arrived] = np.clip(opened, 0, days - 1) * 86_400


def _contacts(rng: np.random.Generator, cast: Cast) -> None:
    """Phones, addresses, devices: mostly one's own; halls share an address, some households a phone."""
    count = len(cast)
    for name, size in _CODES.items():
        getattr(cast, name)[:] = rng.integers(0, size, count)
    hall = happens(
        rng,
        np.where(
            cast.kind == ARRIVED,
            assumed("money", "hall_other"),
            np.where(cast.kind == RESIDENT, assumed("money", "hall_resident"), 0.0),
        ),
        count,
    )
    members = np.flatnonzero(hall)
    size = int(assumed("money", "hall_size"))
    halls = -1 - np.arange(len(members)) // size
    cast.address[members] = halls
    front_desk = happens(rng, 0.1, len(members))
    cast.phone[members[front_desk]] = halls[front_desk]
    person = np.flatnonzero(cast.kind == RESIDENT)
    second = person[1:][happens(rng, assumed("money", "household_phone"), len(person) - 1)]
    for name in _CODES:
        getattr(cast, name)[second] = getattr(cast, name)[second - 1]


def _controlled(rng: np.random.Generator, cast: Cast, hold: Hold, held: Ints) -> None:
    """Accounts of people held are run by the network: no wage of their own, often its phone, address and device."""
    network = np.full(int(hold.person.max(initial=0)) + 1, -1, dtype=np.int64)
    network[hold.person[held]] = hold.network[held]
    arrived = np.flatnonzero(cast.kind == ARRIVED)
    arrived = arrived[cast.who[arrived] < len(network)]
    theirs = arrived[network[cast.who[arrived]] >= 0]
    cast.network[theirs] = network[cast.who[theirs]]
    cast.controlled[theirs] = True
    cast.opened_day[theirs] -= 14
    cast.income[theirs], cast.employer[theirs] = 0, -1
    tied = np.flatnonzero(cast.network >= 0)
    shares = np.zeros(int(cast.network.max(initial=-1)) + 1, dtype=np.bool_)
    active = np.unique(cast.network[tied])
    shares[active] = happens(rng, assumed("money_network", "shared_contact"), len(active))
    together = tied[shares[cast.network[tied]] & ((cast.kind[tied] == MULE) | cast.controlled[tied])]
    for name in _CODES:
        uses = together[happens(rng, 0.7, len(together))]
        getattr(cast, name)[uses] = -1_000_000 - cast.network[uses]
    cast.opened_day[np.flatnonzero(cast.kind == MULE)] = rng.integers(-40, 20, int((cast.kind == MULE).sum()))


def cash_heavy(cast: Cast) -> Ints:
    """Businesses that are paid in cash."""
    return cast.of(*CASH_SECTORS)


def part(rng: np.random.Generator, among: Ints, share: float) -> Ints:
    """Some of the positions, each with the same chance."""
    return among[happens(rng, share, len(among))]


def spread_amounts(rng: np.random.Generator, median: float | NDArray[Any], sigma: float, size: int) -> Ints:
    """Log-normal amounts in minor units; half of them in whole units, as people pay."""
    drawn = np.round(np.asarray(median) * 100 * np.exp(sigma * rng.standard_normal(size))).astype(np.int64)
    whole = np.maximum(drawn // 100 * 100, 100)
    return np.where(rng.random(size) < 0.3, whole, np.maximum(drawn, 1))
