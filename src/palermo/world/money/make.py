"""``make_money``: holders, ordinary life, networks; then balances that carry it, and tables with the truth beside."""

from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from palermo.world.columns import coded, ids
from palermo.world.figures import assumed
from palermo.world.money.cast import ARRIVED, BUSINESS, MEMBER, MULE, RESIDENT, Cast, make_cast
from palermo.world.money.gang import Gang, pour
from palermo.world.money.gangs import roles_of, run_networks
from palermo.world.money.life import live
from palermo.world.money.odd import odd_lives
from palermo.world.money.rows import Rows, money, tiles, transfers, truth_of_rows
from palermo.world.money.words import ROLES, SECTORS
from palermo.world.networks import Hold, Networks
from palermo.world.people import People
from palermo.world.streams import Ints, Streams

Tables = dict[str, pa.Table]


def make_money(
    streams: Streams, people: People, networks: Networks, hold: Hold, *, start: date, days: int
) -> tuple[Tables, Tables]:
    """The ledger of a world.

    Args:
        streams: the world's; money draws from streams of its own.
        people, networks, hold: as drawn by the rest of the world.
        start: the world's first day; the ledger begins ``lead_days`` (an assumption) before it.
        days: over how many days people arrive; the ledger ends with them.

    Returns:
        Visible tables ``accounts`` and ``transfers``, and tables of the truth ``transfers``, ``accounts``, ``purses``.
        Columns: ``docs/rooms/world.md``. No account is ever overdrawn.
    """
    lead = int(assumed("money", "lead_days"))
    span = (-lead, lead + days)
    cast = make_cast(streams, people, networks, hold, span)
    gangs = run_networks(streams, people, networks, hold, cast, span)
    rows = Rows()
    rows.parts += live(streams, cast, span[1]).parts + odd_lives(streams, cast, span[1]).parts
    pour(gangs, rows)
    columns = rows.whole(span[1] * 86_400)
    begin = np.datetime64(start) - np.timedelta64(lead, "D")
    accounts, holders = ids("A", len(cast), 7), _holders(cast)
    person_ids = ids("P", len(people), 7)
    opening = _opening(streams("money openings"), cast, columns)
    network_ids = ids("N", len(networks), 5)
    names = pa.concat_arrays([holders, person_ids])
    visible = {
        "accounts": _accounts(cast, accounts, holders, opening, begin),
        "transfers": transfers(columns, begin, accounts, names),
    }
    truth = {
        "transfers": truth_of_rows(columns, network_ids, person_ids),
        "accounts": _roles(gangs, accounts, network_ids),
        "purses": _purses(gangs, network_ids),
    }
    return visible, truth


def _holders(cast: Cast) -> pa.StringArray:
    """Ids: arrived people and members keep theirs, others get one of their own."""
    position = np.arange(len(cast))
    out = []
    for kind, prefix, width in ((RESIDENT, "R", 7), (ARRIVED, "P", 7), (MEMBER, "M", 6), (MULE, "R", 7),
                                (BUSINESS, "B", 6)):  # fmt: skip
        here = position[cast.kind == kind]
        number = cast.who[here] + 1 if kind in (ARRIVED, MEMBER) else here + 1
        digits = pc.utf8_lpad(pa.array(number).cast(pa.string()), width, "0")
        out.append(pc.binary_join_element_wise(pa.scalar(prefix), digits, ""))
    return pa.concat_arrays(out)


def _opening(rng: np.random.Generator, cast: Cast, columns: dict[str, Ints]) -> Ints:
    """What each account begins with: a drawn cushion, and enough that nothing in it overdraws it."""
    count = len(columns["time"])
    at = np.concatenate([np.arange(count), np.arange(count)])
    account = np.concatenate([columns["source"], columns["target"]])
    change = np.concatenate([-columns["amount"], columns["amount"]])
    order = np.lexsort((at, account))
    account, change = account[order], change[order]
    first = np.searchsorted(account, np.arange(len(cast) + 1))
    total = np.concatenate([[0], np.cumsum(change)])
    lowest = np.zeros(len(cast), dtype=np.int64)
    has = first[1:] > first[:-1]
    running = total[1:]
    low = np.minimum.reduceat(np.append(running, 0), np.minimum(first[:-1], len(running)))
    lowest[has] = np.minimum(low[has] - total[first[:-1]][has], 0)
    cushion = (rng.lognormal(6.0, 1.0, len(cast)) * 100).astype(np.int64)
    cushion[(cast.kind == MULE) | cast.controlled] = 0
    return np.asarray(cushion - lowest, dtype=np.int64)


def _accounts(
    cast: Cast, accounts: pa.StringArray, holders: pa.StringArray, opening: Ints, begin: np.datetime64
) -> pa.Table:
    business = cast.kind == BUSINESS
    known = ~business & (cast.income > 0)
    opened = begin + np.minimum(cast.opened_day, 10_000).astype("timedelta64[D]")
    wide = {name: pa.array(getattr(cast, name)).cast(pa.string()) for name in ("phone", "address", "device")}
    return pa.table(
        {
            "account": accounts,
            "holder": holders,
            "kind": coded(business.astype(np.int8), ("person", "business")),
            "sector": coded(cast.sector.astype(np.int8), SECTORS, business),
            "opening": money(opening),
            "opened": pa.array(opened.astype("datetime64[D]")),
            "place": coded(cast.tile.astype(np.int8), tiles()),
            "owner": holders.take(pa.array(cast.owner, mask=cast.owner < 0)),
            "staff": pa.array(cast.staff.astype(np.int32), mask=~business),
            "opens": pa.array(cast.opens.astype(np.int8), mask=~business),
            "closes": pa.array(cast.closes.astype(np.int8), mask=~business),
            "income": _nullable(cast.income, known),
        }
        | {name: _contact(name, values) for name, values in wide.items()}
    )


def _nullable(values: Ints, known: np.ndarray) -> pa.Array:
    return pc.if_else(pa.array(known), money(values), pa.scalar(None, pa.decimal128(18, 2)))


def _contact(name: str, numbers: pa.Array) -> pa.Array:
    """A telephone number (of a country code that nobody has), an address, a device, by their numbers."""
    prefix = {"phone": "+999 ", "address": "House ", "device": "device-"}[name]
    bare = pc.replace_substring(numbers, "-", "900")
    return pc.binary_join_element_wise(pa.scalar(prefix), bare, "")


def _roles(gangs: list[Gang], accounts: pa.StringArray, network_ids: pa.StringArray) -> pa.Table:
    told = roles_of(gangs)
    account = np.array(list(told), dtype=np.int64)
    role = np.array([ROLES.index(role) for role, _, _ in told.values()], dtype=np.int8)
    network = np.array([network for _, network, _ in told.values()], dtype=np.int32)
    held = np.array([amount for _, _, amount in told.values()], dtype=np.int64)
    return pa.table(
        {
            "account": accounts.take(pa.array(account)),
            "role": coded(role, ROLES),
            "network_id": coded(network, network_ids),
            "proceeds": money(held),
        }
    )


def _purses(gangs: list[Gang], network_ids: pa.StringArray) -> pa.Table:
    """What each network made, spent, holds in accounts and keeps in notes: made = spent + held + notes."""
    number = np.array([gang.number for gang in gangs], dtype=np.int32)
    figures = {
        "made": [gang.made for gang in gangs],
        "spent": [gang.spent for gang in gangs],
        "held": [sum(gang.pot.values()) for gang in gangs],
        "notes": [gang.cash for gang in gangs],
    }
    return pa.table(
        {"network_id": coded(number, network_ids)}
        | {name: money(np.array(values, dtype=np.int64)) for name, values in figures.items()}
    )
