"""Where people arrive: the simulated States, and the reception facilities of one imaginary region."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from palermo.world.figures import assumed, read_table
from palermo.world.streams import Streams

ROUTES = ("central", "eastern", "overland", "air")
FACILITY_KINDS = ("arrival_point", "reception_centre", "city_shelter", "childrens_home")
TILES = 8
"""The region is a square of 8 × 8 tiles of 25 km, columns A to H from west to east, rows 1 to 8 from south to north."""
TILE_KM = 25.0


@dataclass(frozen=True, slots=True)
class Country:
    """An invented State: a user-assigned ISO 3166 code, so that no real nationality is drawn as this or that."""

    code: str
    name: str
    region: str
    table: str
    languages: tuple[tuple[str, float], ...]
    routes: tuple[float, ...]


@cache
def countries() -> tuple[Country, ...]:
    """The States people come from (``world/data/countries.tsv``)."""
    return tuple(
        Country(
            row["code"],
            row["name"],
            row["region"],
            row["table"],
            tuple((part.split(":")[0], float(part.split(":")[1])) for part in row["languages"].split()),
            tuple(float(row[route]) for route in ROUTES),
        )
        for row in read_table("countries.tsv")
    )


@cache
def country_weights() -> NDArray[np.float64]:
    """Shares of the States on each route: routes × countries, rows adding up to one."""
    weights = np.array([country.routes for country in countries()]).T
    return np.asarray(weights / weights.sum(axis=1, keepdims=True), dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Facilities:
    """Reception facilities as arrays, in the order of their codes; coordinates in km from the region's corner."""

    kind: NDArray[np.int8]
    route: NDArray[np.int8]
    x_km: NDArray[np.float32]
    y_km: NDArray[np.float32]
    capacity: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.kind)

    @property
    def tile(self) -> list[str]:
        """The tile of each facility, such as ``C4``."""
        return [
            f"{chr(65 + int(x // TILE_KM))}{1 + int(y // TILE_KM)}" for x, y in zip(self.x_km, self.y_km, strict=True)
        ]


def make_facilities(streams: Streams, people: int, days: int) -> Facilities:
    """Facilities enough for the people: each route has its own, and there is always a home for children alone."""
    rng = streams("facilities")
    per, least, most = (assumed("arrivals", k) for k in ("people_per_facility", "facilities_min", "facilities_max"))
    count = int(np.clip(round(people / per), least, most))
    kind = np.where(rng.random(count) < 0.4, 1, np.where(rng.random(count) < 0.4, 2, 0)).astype(np.int8)
    kind[: len(ROUTES)] = 0
    kind[len(ROUTES) :: 6] = 3
    route = np.resize(np.arange(len(ROUTES)), count).astype(np.int8)
    size = rng.lognormal(0.0, 0.5, count)
    staying = people * min(1.0, assumed("arrivals", "stay_days") / days)
    home, part = kind == 3, assumed("arrivals", "beds_for_children_alone")
    share = np.where(home, part * size / size[home].sum(), (1 - part) * size / size[~home].sum())
    capacity = np.maximum(20, 10 * np.ceil(staying * share / 10)).astype(np.int32)
    return Facilities(
        kind,
        route,
        rng.uniform(0, TILES * TILE_KM, count).astype(np.float32),
        rng.uniform(0, TILES * TILE_KM, count).astype(np.float32),
        capacity,
    )
