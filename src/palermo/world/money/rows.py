"""Rows of the ledger while they are made: arrays in parts, then one table in order of time."""

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
from numpy.typing import ArrayLike, NDArray

from palermo.world.columns import coded, ids
from palermo.world.money.words import ABROAD, CHANNELS, PATTERNS, PURPOSES, channel, purpose
from palermo.world.places import TILES
from palermo.world.streams import Ints

NONE = -1
FOREIGN = TILES * TILES
"""Code of the place abroad; 0 to 63 are tiles, −1 is no place (a transfer has none)."""
CURRENCY = "EUR"
COLUMNS = (
    "time", "source", "target", "amount", "channel", "purpose", "place", "terminal", "reference", "proceeds",
    "network", "pattern", "person",
)  # fmt: skip


def tiles() -> list[str]:
    """Names of places by code: ``A1`` to ``H8``, then abroad."""
    return [f"{chr(65 + x)}{1 + y}" for x in range(TILES) for y in range(TILES)] + [ABROAD]


@dataclass
class Rows:
    """A collector. Every call of :meth:`add` gives arrays (or one value for all) of the same length.

    ``time`` is in seconds from midnight of the ledger's first day; ``source`` and ``target`` are account positions
    (−1 outside); ``amount`` and ``proceeds`` are minor units.
    """

    parts: list[dict[str, Ints]] = field(default_factory=list)

    def add(
        self,
        time: ArrayLike,
        source: ArrayLike,
        target: ArrayLike,
        amount: ArrayLike,
        *,
        channel_of: str,
        purpose_of: str,
        place: ArrayLike = NONE,
        terminal: ArrayLike = NONE,
        reference: ArrayLike = NONE,
        proceeds: ArrayLike = 0,
        network: ArrayLike = NONE,
        pattern: ArrayLike = NONE,
        person: ArrayLike = NONE,
    ) -> None:
        """Add rows of one channel and purpose."""
        given = (time, source, target, amount, channel(channel_of), purpose(purpose_of), place, terminal, reference,
                 proceeds, network, pattern, person)  # fmt: skip
        size = int(np.broadcast_shapes((1,), *(np.shape(value) for value in given))[0])
        whole = {
            name: np.broadcast_to(np.asarray(value, dtype=np.int64), size)
            for name, value in zip(COLUMNS, given, strict=True)
        }
        if size:
            self.parts.append(whole)

    def whole(self, last: int) -> dict[str, Ints]:
        """All rows within the ledger's time (seconds), in order of time; what is worth nothing is left out."""
        columns = {name: np.concatenate([part[name] for part in self.parts]) for name in COLUMNS}
        kept = (columns["time"] >= 0) & (columns["time"] < last) & (columns["amount"] > 0)
        order = np.flatnonzero(kept)[np.argsort(columns["time"][kept], kind="stable")]
        return {name: values[order] for name, values in columns.items()}


def money(minor: NDArray[np.int64]) -> pa.Array:
    """Minor units as an Arrow decimal with two places, exactly."""
    wide = np.empty((len(minor), 2), dtype=np.int64)
    wide[:, 0], wide[:, 1] = minor, minor >> 63
    return pa.Array.from_buffers(pa.decimal128(18, 2), len(minor), [None, pa.py_buffer(wide.tobytes())])


def transfers(columns: dict[str, Ints], begin: np.datetime64, accounts: pa.StringArray, people: pa.Array) -> pa.Table:
    """The ledger as anybody who holds the statements sees it."""
    count = len(columns["time"])

    def named(name: str, values: pa.StringArray) -> pa.Array:
        return values.take(pa.array(columns[name], mask=columns[name] < 0))

    when = (begin.astype("datetime64[s]") + columns["time"].astype("timedelta64[s]")).astype("datetime64[us]")
    return pa.table(
        {
            "id": ids("T", count, 9),
            "time": pa.array(when),
            "source": named("source", accounts),
            "target": named("target", accounts),
            "amount": money(columns["amount"]),
            "currency": pa.DictionaryArray.from_arrays(pa.array(np.zeros(count, np.int8)), [CURRENCY]),
            "channel": coded(columns["channel"].astype(np.int8), CHANNELS),
            "purpose": coded(columns["purpose"].astype(np.int8), PURPOSES),
            "place": coded(columns["place"].astype(np.int8), tiles(), columns["place"] >= 0),
            "terminal": _terminals(columns["terminal"]),
            "reference": people.take(pa.array(columns["reference"], mask=columns["reference"] < 0)),
        }
    )


def _terminals(codes: Ints) -> pa.Array:
    names = ids("K", int(codes.max(initial=0)) + 1, 4, first=0)
    return names.take(pa.array(codes, mask=codes < 0))


def truth_of_rows(columns: dict[str, Ints], network_ids: pa.StringArray, person_ids: pa.StringArray) -> pa.Table:
    """What each row is: how much of it is proceeds, whose network, what it does, whose exploitation it came from."""
    network, person, pattern = columns["network"], columns["person"], columns["pattern"]
    return pa.table(
        {
            "id": ids("T", len(network), 9),
            "proceeds": money(columns["proceeds"]),
            "network_id": coded(network.astype(np.int32), network_ids, network >= 0),
            "pattern": coded(pattern.astype(np.int8), PATTERNS, pattern >= 0),
            "person_id": person_ids.take(pa.array(person, mask=person < 0)),
        }
    )
