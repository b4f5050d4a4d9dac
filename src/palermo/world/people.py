"""People in mixed movements, in the order of their arrival: who they are, with whom they come, when and where."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from palermo.world.figures import assumed, published
from palermo.world.places import ROUTES, Facilities, countries, country_weights
from palermo.world.streams import Flags, Streams, happens, pick

PARTY_KINDS = ("alone", "family", "companions")
FEMALE, MALE = 0, 1
MINUTES_A_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class People:
    """One entry a person, ordered by arrival. ``age`` is true, in full years on arrival; times are minutes or days."""

    party: NDArray[np.int32]
    party_kind: NDArray[np.int8]
    head: Flags
    route: NDArray[np.int8]
    country: NDArray[np.int8]
    language: NDArray[np.int8]
    interpreter: Flags
    sex: NDArray[np.int8]
    age: NDArray[np.int16]
    age_said: NDArray[np.int16]
    age_known: Flags
    born_days_before: NDArray[np.int32]
    arrived_minute: NDArray[np.int32]
    days_in_region: NDArray[np.int16]
    facility: NDArray[np.int16]

    def __len__(self) -> int:
        return len(self.party)

    @property
    def child(self) -> Flags:
        """Truly under 18."""
        return np.asarray(self.age < 18, dtype=np.bool_)

    @property
    def alone(self) -> Flags:
        """Travels alone, or is a child in a party without a parent."""
        return np.asarray((self.party_kind == 0) | (self.child & (self.party_kind == 2)), dtype=np.bool_)

    @property
    def region(self) -> NDArray[np.str_]:
        """The world region of citizenship."""
        return np.array([country.region for country in countries()])[self.country]


def make_people(streams: Streams, count: int, days: int, facilities: Facilities) -> People:
    """Draw ``count`` people over ``days`` days. The last party may be cut so that the count is exact."""
    rng = streams("parties")
    kind, size = _parties(rng, count)
    party = np.repeat(np.arange(len(size), dtype=np.int32), size)[:count]
    kind, size = kind[: party[-1] + 1], size[: party[-1] + 1]
    head = np.ones(count, dtype=np.bool_)
    head[1:] = party[1:] != party[:-1]
    position = np.arange(count) - np.flatnonzero(head)[party]
    route_p, minute_p = _landings(streams("landings"), len(size), days)
    sex, age = _sex_and_age(streams("sex and age"), kind[party], head, position, party)
    country = _countries(streams("countries"), route_p)[party]
    language, interpreter = _languages(streams("languages"), country, party)
    said, known = _age_said(streams("ages said"), age)
    alone_child = (age < 18) & (kind[party] != 1)
    before = _days_in_region(streams("days in region"), len(size))
    return People(
        party=party,
        party_kind=kind[party],
        head=head,
        route=route_p[party],
        country=country,
        language=language,
        interpreter=interpreter,
        sex=sex,
        age=age,
        age_said=said,
        age_known=known,
        born_days_before=(age * 365.2425 + streams("birthdays").integers(2, 364, count)).astype(np.int32),
        arrived_minute=minute_p[party],
        days_in_region=before[party],
        facility=_facility(streams("beds"), facilities, route_p, party, alone_child),
    )


def _parties(rng: np.random.Generator, count: int) -> tuple[NDArray[np.int8], NDArray[np.int64]]:
    """Kind and size of parties enough for ``count`` people."""
    number = count + 1
    kind = pick(rng, [assumed("parties", name) for name in PARTY_KINDS], number).astype(np.int8)
    spouse = happens(rng, assumed("parties", "family_spouse"), number)
    children = rng.poisson(assumed("parties", "family_children_mean"), number)
    friends = 1 + rng.poisson(assumed("parties", "companions_mean"), number)
    family = np.maximum(2, 1 + spouse + children)
    size = np.where(kind == 1, np.minimum(family, 8), np.where(kind == 2, np.minimum(1 + friends, 6), 1))
    needed = int(np.searchsorted(np.cumsum(size), count)) + 1
    return kind[:needed], size[:needed]


def _landings(rng: np.random.Generator, parties: int, days: int) -> tuple[NDArray[np.int8], NDArray[np.int32]]:
    """Route and minute of arrival of each party; a landing brings several, times rise from party to party."""
    mean = assumed("arrivals", "landing_parties")
    starts = happens(rng, 1 / mean, parties)
    starts[0] = True
    landing = np.cumsum(starts) - 1
    count = int(landing[-1]) + 1
    hour_chance = np.full(24, assumed("arrivals", "night_share") / 10)
    hour_chance[6:20] = (1 - assumed("arrivals", "night_share")) / 14
    minute = (
        rng.integers(0, days, count) * MINUTES_A_DAY + pick(rng, hour_chance, count) * 60 + rng.integers(0, 60, count)
    )
    return _routes(rng, count)[landing], np.sort(minute).astype(np.int32)[landing]


def _routes(rng: np.random.Generator, count: int) -> NDArray[np.int8]:
    """Routes; Central and Eastern Mediterranean in the ratio that DTM's shares of both routes imply (C474 to C476)."""
    both, central, eastern = (published(f"dtm.{key}") for key in ("both", "central", "eastern"))
    sea, land = assumed("arrivals", "dtm_routes"), assumed("arrivals", "overland_share")
    first = (both - eastern) / (central - eastern)
    return pick(rng, [sea * first, sea * (1 - first), (1 - sea) * land, (1 - sea) * (1 - land)], count).astype(np.int8)


def _sex_and_age(
    rng: np.random.Generator, kind: NDArray[np.int8], head: Flags, position: NDArray[np.int64], party: NDArray[np.int32]
) -> tuple[NDArray[np.int8], NDArray[np.int16]]:
    """Sex and age by place in the party; a parent is at least 17 years older than each child in the family."""
    count = len(kind)
    adult_age = np.minimum(18 + rng.gamma(1.3, assumed("parties", "adult_age_mean_over_18") / 1.3, count), 85)
    family, companions = kind == 1, kind == 2
    in_family = rng.integers(0, 18, count)
    spouse = family & (position == 1) & happens(rng, assumed("parties", "family_spouse"), count)
    chance = np.where(companions, assumed("parties", "companion_child"), assumed("parties", "alone_child"))
    on_own = ~family & happens(rng, chance, count)
    unaccompanied = 17 - np.minimum(rng.geometric(0.45, count) - 1, 12)
    child = on_own | (family & ~head & ~spouse)
    age = np.where(on_own, unaccompanied, np.where(child, in_family, adult_age)).astype(np.int16)
    starts = np.flatnonzero(head)
    oldest = np.maximum.reduceat(np.where(child & family, age, 0), starts)
    age = np.where(family & ~child, np.maximum(age, oldest[party] + 17), age).astype(np.int16)
    male = np.where(
        child & ~family,
        assumed("parties", "male_child_alone"),
        np.where(companions, assumed("parties", "male_companion"), assumed("parties", "male_adult_alone")),
    )
    male = np.where(family, np.where(child, 0.51, assumed("parties", "male_head")), male)
    sex = happens(rng, male, count).astype(np.int8)
    spouses = np.flatnonzero(spouse)
    sex[spouses] = 1 - sex[starts[party[spouses]]]
    return sex, age


def _countries(rng: np.random.Generator, route: NDArray[np.int8]) -> NDArray[np.int8]:
    edges = np.cumsum(country_weights(), axis=1)[route]
    return np.asarray((rng.random(len(route))[:, None] > edges[:, :-1]).sum(axis=1), dtype=np.int8)


def languages() -> tuple[str, ...]:
    """Every language of the world (ISO 639-1), in the order of its code in ``People.language``."""
    return tuple(sorted({code for country in countries() for code, _ in country.languages}))


def _languages(
    rng: np.random.Generator, country: NDArray[np.int8], party: NDArray[np.int32]
) -> tuple[NDArray[np.int8], Flags]:
    """Main language (one a party) and whether an interpreter is needed."""
    draw = rng.random(int(party[-1]) + 1)[party]
    spoken = np.zeros(len(country), dtype=np.int8)
    index = {code: position for position, code in enumerate(languages())}
    for number, place in enumerate(countries()):
        here = np.flatnonzero(country == number)
        edges = np.cumsum([share for _, share in place.languages])
        codes = np.array([index[code] for code, _ in place.languages], dtype=np.int8)
        spoken[here] = codes[np.searchsorted(edges, draw[here] * edges[-1], side="right")]
    return spoken, ~happens(rng, assumed("persons", "speaks_a_common_language"), len(country))


def _age_said(rng: np.random.Generator, age: NDArray[np.int16]) -> tuple[NDArray[np.int16], Flags]:
    """The age a person gives, and whether the officer takes it as known; doubt gathers around 18."""
    count = len(age)
    young, minor = (age >= 18) & (age < 22), (age >= 15) & (age < 18)
    down = young & happens(rng, assumed("persons", "adult_says_child"), count)
    up = minor & happens(rng, assumed("persons", "child_says_adult"), count)
    said = np.where(down, 17, np.where(up, 18 + rng.integers(0, 3, count), age)).astype(np.int16)
    near = (said >= 15) & (said < 21)
    doubt = np.where(near, assumed("persons", "age_not_sure_near_18"), assumed("persons", "age_not_sure"))
    return said, ~happens(rng, doubt, count)


def _days_in_region(rng: np.random.Generator, parties: int) -> NDArray[np.int16]:
    """Days a party had been in the region before it came to the facility; 0 for those who have just arrived."""
    before = happens(rng, assumed("arrivals", "in_region_before"), parties)
    days = 1 + rng.exponential(assumed("arrivals", "days_in_region_mean"), parties)
    return np.where(before, np.minimum(days, 700), 0).astype(np.int16)


def _facility(
    rng: np.random.Generator,
    facilities: Facilities,
    route: NDArray[np.int8],
    party: NDArray[np.int32],
    alone_child: Flags,
) -> NDArray[np.int16]:
    """A facility of the party's route, by capacity; a child without a parent goes to a home for children."""
    chosen = np.zeros(len(route), dtype=np.int16)
    for number in range(len(ROUTES)):
        here = np.flatnonzero(route == number)
        weights = facilities.capacity * ((facilities.route == number) & (facilities.kind != 3))
        chosen[here] = pick(rng, weights.astype(np.float64), len(here))
    homes = facilities.capacity * (facilities.kind == 3)
    home = pick(rng, homes.astype(np.float64), len(party)).astype(np.int16)
    return np.where(alone_child, home, chosen[party]).astype(np.int16)
