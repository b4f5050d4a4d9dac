"""The happenings as a dated table: one row an event, in the order of people and kinds."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from palermo.world.answers import BLOCK
from palermo.world.columns import coded
from palermo.world.figures import assumed
from palermo.world.happenings import ELEMENTS, PLACES, Happenings, kinds
from palermo.world.networks import Hold
from palermo.world.people import People
from palermo.world.places import ROUTES
from palermo.world.streams import Flags, Ints, Reals, Streams

OF_THE_NETWORK = ("act", "means", "purpose")
LONGEST = 700


def make_events(
    streams: Streams,
    people: People,
    hold: Hold,
    happened: Happenings,
    *,
    person_ids: pa.StringArray,
    network_ids: pa.StringArray,
) -> pa.Table:
    """Every event with its day (0 is the day of arrival at the facility, all days are before or on it) and place.

    What happens "in the region" happened on the way to those who had not been in the region, and to those whom the
    network exploited before they came.
    """
    held = np.full(len(people), -1, dtype=np.int32)
    held[hold.person] = hold.network
    outside = people.days_in_region == 0
    outside[hold.person[hold.stage == 1]] = True
    longest = np.array([assumed("journey_days", route) for route in ROUTES])[people.route]
    journey = np.minimum(1 + streams("journey lengths").exponential(longest), LONGEST)
    parts = []
    for block, start in enumerate(range(0, len(people), BLOCK)):
        person, kind = np.nonzero(np.ascontiguousarray(happened.flags[:, start : start + BLOCK].T))
        person += start
        place = _places(kind, outside[person])
        draw = streams("event days", block).random(len(person))
        day = -_days_back(place, draw, people.days_in_region[person].astype(np.float64), journey[person])
        network = np.where(_of_network()[kind], held[person], np.int32(-1))
        parts.append((person.astype(np.int32), kind.astype(np.int16), place, day.astype(np.int16), network))
    person, kind, place, day, network = (np.concatenate([part[number] for part in parts]) for number in range(5))
    element = np.array([ELEMENTS.index(kind.element) for kind in kinds().values()], dtype=np.int8)
    return pa.table(
        {
            "person_id": person_ids.take(pa.array(person)),
            "kind": coded(kind.astype(np.int16), list(kinds())),
            "element": coded(element[kind], ELEMENTS),
            "place": coded(place, PLACES),
            "day": pa.array(day),
            "network_id": coded(network.astype(np.int32), network_ids, network >= 0),
        }
    )


def _places(kind: Ints, outside: Flags) -> NDArray[np.int8]:
    home = np.array([PLACES.index(kind.place) for kind in kinds().values()], dtype=np.int8)
    place = home[kind]
    return np.where((place == 2) & outside, np.int8(1), place)


def _of_network() -> Flags:
    return np.array([kind.element in OF_THE_NETWORK for kind in kinds().values()], dtype=np.bool_)


def _days_back(place: NDArray[np.int8], draw: Reals, since: Reals, journey: Reals) -> Ints:
    """Days before arrival: within the stay in the region, within the journey before it, or some time before that."""
    within = np.where(place == 2, draw * since, since + draw * journey)
    before = since + journey + draw * assumed("journey_days", "origin_days")
    return np.floor(np.where(place == 0, before, within)).astype(np.int64)
