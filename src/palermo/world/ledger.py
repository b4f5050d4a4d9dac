"""Who pays whom among what happened to people: the dated events in which money changed hands, amounts left open.

The ledger of the region (:mod:`palermo.world.money`) turns those of people held in the region into payments; those at
home and on the way are outside what any bank of the region sees.
"""

import pyarrow as pa
import pyarrow.compute as pc

from palermo.world.happenings import kinds
from palermo.world.world import World

MEMBER_ROLES = ("organiser", "recruiter", "exploiter")
"""Payers and payees that are members of the network; every other role is outside it."""


def money_events(world: World) -> pa.Table:
    """Events in which money changed hands: ``person_id network_id kind day payer_role payee_role payer_id payee_id``.

    Ids are given where the payer or payee is the person or the member who recruited or held the person, and null
    otherwise. ``day`` is relative to the person's arrival. Amounts are not given.
    """
    events = world.truth["events"]
    money = {code: kind.money.split(">") for code, kind in kinds().items() if kind.money}
    paid = events.filter(pc.is_in(events["kind"].cast(pa.string()), value_set=pa.array(list(money))))
    held = world.truth["victims"].select(["person_id", "organiser_id", "recruiter_id", "holder_id"])
    paid = paid.select(["person_id", "network_id", "kind", "day"])
    paid = paid.set_column(2, "kind", paid["kind"].cast(pa.string())).set_column(
        1, "network_id", paid["network_id"].cast(pa.string())
    )
    paid = paid.join(held, "person_id", join_type="left outer", use_threads=False)
    paid = paid.sort_by([("person_id", "ascending"), ("day", "ascending"), ("kind", "ascending")])
    codes = paid["kind"].to_pylist()
    for side, name in enumerate(("payer", "payee")):
        paid = paid.append_column(f"{name}_role", pa.array([money[code][side] for code in codes], pa.string()))
        paid = paid.append_column(f"{name}_id", _ids(paid, paid[f"{name}_role"]))
    return paid.drop_columns(["organiser_id", "recruiter_id", "holder_id"])


def _ids(paid: pa.Table, roles: pa.ChunkedArray) -> pa.ChunkedArray:
    columns = {
        "person": "person_id",
        "organiser": "organiser_id",
        "recruiter": "recruiter_id",
        "exploiter": "holder_id",
    }
    found = pa.chunked_array([pa.nulls(len(paid), pa.string())])
    for role, column in columns.items():
        found = pc.if_else(pc.equal(roles, role), paid[column].cast(pa.string()), found)
    return found
