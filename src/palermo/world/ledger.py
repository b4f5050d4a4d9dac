"""The seam for who pays whom: where the world's ledger of money plugs in.

Money itself is not made here. What this module gives is what the ledger must agree with: the dated events in which
money changed hands between known people, members of networks and outsiders, *amounts unknown*. A maker of ledgers
takes a world, reads :func:`money_events` and the tables ``truth.networks`` and ``truth.members`` (who may own
accounts, in which role), decides amounts, accounts, methods of hiding, and ordinary life round it, and returns a
:class:`Ledger`. It must explain every money event by transfers, and give the truth of every unit.
"""

from typing import Protocol

import pyarrow as pa
import pyarrow.compute as pc

from palermo.world.happenings import kinds
from palermo.world.world import World

MEMBER_ROLES = ("organiser", "recruiter", "exploiter")
"""Payers and payees that are members of the network; every other role is outside it."""


class Ledger(Protocol):
    """What a maker of ledgers returns. No implementation is part of this room yet."""

    def accounts(self) -> pa.Table:
        """``account owner_id`` (a person, a member or an outsider) and ``opening`` in minor units."""
        ...

    def transfers(self) -> pa.Table:
        """``id time source target amount currency``; amounts in minor units, in order of time."""
        ...

    def truth(self) -> pa.Table:
        """``id network_id event`` for each transfer that stems from a money event; all others are ordinary life."""
        ...


def money_events(world: World) -> pa.Table:
    """Events in which money changed hands: ``person_id network_id kind day payer_role payee_role payer_id payee_id``.

    Ids are given where the payer or payee is the person or the member who recruited or held the person, and null
    otherwise. ``day`` is relative to the person's arrival. Amounts are the ledger's to decide.
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
