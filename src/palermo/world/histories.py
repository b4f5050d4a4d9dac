"""Capture histories: which lists hold each person, if linkage were perfect. What an estimate is measured against."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from palermo.world.contacts import AGENCIES
from palermo.world.world import World


def capture_histories(world: World, *, only_victims: bool = False) -> pa.Table:
    """People whom one agency or more presumes to be victims, by the true links between list rows and persons.

    Args:
        world: any world.
        only_victims: leave out those presumed wrongly.

    Returns:
        ``person_id`` and one uint8 column of 0 and 1 an agency, in the order of people. The number to be estimated is
        the sum of ``truth.persons.victim``.
    """
    persons, lists = world.truth["persons"], world.tables["lists"]
    presumed = lists["presumed"]
    person = pc.index_in(
        world.truth["list_links"]["person_id"].filter(presumed), value_set=persons["person_id"].combine_chunks()
    ).to_numpy()
    agency = lists["agency"].filter(presumed).combine_chunks().indices.to_numpy()
    on = np.zeros((len(AGENCIES), len(persons)), dtype=np.uint8)
    on[agency, person] = 1
    kept = on.any(axis=0)
    if only_victims:
        kept &= persons["victim"].to_numpy()
    columns = {name: pa.array(on[number, kept]) for number, name in enumerate(AGENCIES)}
    return pa.table({"person_id": persons["person_id"].filter(pa.array(kept))} | columns)
