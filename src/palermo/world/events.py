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
from palermo.world.streams import Streams

OF_THE_NETWORK = ("act", "means", "purpose")
LONGEST = 700


def make_events(
    streams: Streams, people: People, hold: Hold, happened: Happenings, person_ids: pa.StringArray, networks: pa.Array
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
    parts = [
        _block(streams, block, slice(start, start + BLOCK), happened, people.days_in_region, journey, outside, held)
        for block, start in enumerate(range(0, len(people), BLOCK))
    ]
    person, kind, place, day, network = (np.concatenate([part[number] for part in parts]) for number in range(5))
    element = np.array([ELEMENTS.index(kind.element) for kind in kinds().values()], dtype=np.int8)
    return pa.table(
        {
            "person_id": person_ids.take(pa.array(person)),
            "kind": coded(kind.astype(np.int16), list(kinds())),
            "element": coded(element[kind], ELEMENTS),
            "place": coded(place.astype(np.int8), PLACES),
            "day": pa.array(day.astype(np.int16)),
            "network_id": coded(network, networks, network >= 0),
        }
    )


def _block(
    streams: Streams,
    block: int,
    part: slice,
    happened: Happenings,
    before: NDArray[np.int16],
    journey: NDArray[np.float64],
    outside: NDArray[np.bool_],
    held: NDArray[np.int32],
) -> tuple[NDArray[np.int32], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int32]]:
    person, kind = np.nonzero(np.ascontiguousarray(happened.flags[:, part].T))
    person += part.start
    home = np.array([PLACES.index(kind.place) for kind in kinds().values()])
    place = home[kind]
    place = np.where((place == 2) & outside[person], 1, place)
    draw = streams("event days", block).random(len(person))
    since = before[person].astype(np.float64)
    back = np.where(
        place == 2,
        draw * since,
        np.where(place == 1, since + draw * journey[person], since + journey[person]),
    )
    back = np.where(place == 0, back + draw * assumed("journey_days", "origin_days"), back)
    of_network = np.array([kind.element in OF_THE_NETWORK for kind in kinds().values()])
    network = np.where(of_network[kind], held[person], -1)
    return person.astype(np.int32), kind, place, -np.floor(back).astype(np.int64), network.astype(np.int32)
