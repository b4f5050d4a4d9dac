"""Invented names, built from syllables in Latin, Cyrillic, Greek or Arabic script, and the ways they are romanised.

No list of real names is read: a name is a first syllable, perhaps a middle one, and an ending, each with one to three
ways to write it in Latin letters. A person bears the first way; a clerk may write another.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from palermo.world.figures import read_table
from palermo.world.people import People
from palermo.world.places import countries
from palermo.world.streams import Streams

SCRIPTS = {"latin": "Latn", "cyrillic": "Cyrl", "greek": "Grek", "arabic": "Arab"}
NATIVE = 0
ROMANISATIONS = 3
Syllable = tuple[str, ...]
"""The native spelling, then ``ROMANISATIONS`` Latin ones."""


@dataclass(frozen=True, slots=True)
class Names:
    """Which invented name each person bears: positions in :func:`pool`."""

    table: NDArray[np.int8]
    given: NDArray[np.int32]
    family: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Pool:
    """All names of one kind as one flat array of strings, with the start of each table and spelling."""

    strings: pa.StringArray
    start: NDArray[np.int64]
    size: NDArray[np.int64]


@cache
def tables() -> tuple[str, ...]:
    """The names of the syllable tables (``world/data/syllables.tsv``)."""
    return tuple(dict.fromkeys(row["table"] for row in read_table("syllables.tsv")))


def script_of(table: str) -> str:
    """The ISO 15924 code of a table's script."""
    return SCRIPTS[table.split("_", maxsplit=1)[0]]


@cache
def syllables(table: str, slot: str) -> tuple[Syllable, ...]:
    """The syllables of one slot (first, middle, female, male, family) of a table."""
    rows = [row for row in read_table("syllables.tsv") if (row["table"], row["slot"]) == (table, slot)]
    found = []
    for row in rows:
        roman = row["roman"].split()
        found.append((row["native"], *(roman[min(i, len(roman) - 1)] for i in range(ROMANISATIONS))))
    return tuple(found)


@cache
def pool(slot: str) -> Pool:
    """Every name of a slot: ``female`` and ``male`` are given names, ``family`` family names."""
    strings: list[str] = []
    start = np.zeros((len(tables()), 1 + ROMANISATIONS), dtype=np.int64)
    size = np.zeros(len(tables()), dtype=np.int64)
    for number, table in enumerate(tables()):
        middle: list[tuple[Syllable, ...]] = [(), *((one,) for one in syllables(table, "middle"))]
        if slot == "family":
            middle += [(a, b) for a in syllables(table, "middle") for b in syllables(table, "middle") if a != b]
        whole = [(a, *m, z) for m in middle for a in syllables(table, "first") for z in syllables(table, slot)]
        size[number] = len(whole)
        for spelling in range(1 + ROMANISATIONS):
            start[number, spelling] = len(strings)
            strings += ["".join(part[spelling] for part in name) for name in whole]
    return Pool(pa.array(strings), start, size)


def make_names(streams: Streams, people: People) -> Names:
    """A given and a family name for each person; a family shares its family name, some names are frequent."""
    rng = streams("names")
    by_country = np.array([tables().index(country.table) for country in countries()], dtype=np.int8)
    table = by_country[people.country]
    size = np.stack([pool("female").size, pool("male").size])[people.sex, table]
    given = (rng.random(len(people)) ** 2 * size).astype(np.int32)
    draw = rng.random(len(people)) ** 1.5
    shared = draw[np.flatnonzero(people.head)][people.party]
    family = (np.where(people.party_kind == 1, shared, draw) * pool("family").size[table]).astype(np.int32)
    return Names(table, given, family)


def spell_given(
    names: Names, sex: NDArray[np.int8], rows: NDArray[np.int64], spelling: NDArray[np.int64]
) -> pa.StringArray:
    """Given names of the people at ``rows``, each in a spelling (0 native, 1 to 3 romanised)."""
    female, male = pool("female"), pool("male")
    table = names.table[rows]
    position = np.stack([female.start, male.start + len(female.strings)])[sex[rows], table, spelling]
    return pa.concat_arrays([female.strings, male.strings]).take(pa.array(position + names.given[rows]))


def spell_family(names: Names, rows: NDArray[np.int64], spelling: NDArray[np.int64]) -> pa.StringArray:
    """Family names of the people at ``rows``, each in a spelling (0 native, 1 to 3 romanised)."""
    family = pool("family")
    position = family.start[names.table[rows], spelling] + names.family[rows]
    return family.strings.take(pa.array(position))
