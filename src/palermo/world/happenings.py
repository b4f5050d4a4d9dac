"""What can happen to a person, and what did: one row of flags for each kind of event."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from palermo.world.figures import read_table
from palermo.world.streams import Flags, Ints, happens

ELEMENTS = ("vulnerability", "act", "means", "purpose", "work", "journey", "sign")
PLACES = ("origin", "transit", "region")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of event: the element of the crime it belongs to (or none of them), where it happens, in words.

    ``money`` is ``payer>payee`` where money changes hands, for the ledger (:mod:`palermo.world.ledger`).
    """

    code: str
    element: str
    place: str
    money: str
    words: str


@cache
def kinds() -> dict[str, Kind]:
    """Every kind of event by its code (``world/data/event_kinds.tsv``)."""
    return {
        row["kind"]: Kind(row["kind"], row["element"], row["place"], row["money"], row["words"])
        for row in read_table("event_kinds.tsv")
    }


@cache
def kind_numbers() -> dict[str, int]:
    """The position of each kind."""
    return {code: number for number, code in enumerate(kinds())}


class Happenings:
    """Which kinds of event happened to whom: ``flags[kind, person]``, one byte each."""

    def __init__(self, people: int) -> None:
        self.flags: NDArray[np.bool_] = np.zeros((len(kinds()), people), dtype=np.bool_)

    def __getitem__(self, kind: str) -> Flags:
        return np.asarray(self.flags[kind_numbers()[kind]], dtype=np.bool_)

    def add(self, kind: str, happened: Flags) -> None:
        """Record ``kind`` for everybody for whom ``happened`` is true."""
        self.flags[kind_numbers()[kind]] |= happened

    def add_at(self, kind: str, rows: Ints, happened: Flags) -> None:
        """Record ``kind`` for those people at ``rows`` for whom ``happened`` is true."""
        self.flags[kind_numbers()[kind], rows[happened]] = True

    def draw(self, rng: np.random.Generator, chances: Mapping[str, float], among: Flags, factor: float = 1.0) -> None:
        """Draw each kind on its own, with its chance, among the people for whom ``among`` is true."""
        for kind, chance in chances.items():
            coin = happens(rng, min(0.95, chance * factor) if factor != 1.0 else chance, len(among))
            self.add(kind, among & coin)

    def draw_at(self, rng: np.random.Generator, chances: Mapping[str, float], rows: Ints, among: Flags) -> None:
        """As :meth:`draw`, for the people at ``rows``; ``among`` has one entry a row."""
        for kind, chance in chances.items():
            self.add_at(kind, rows, among & happens(rng, chance, len(rows)))

    def any_of(self, codes: Iterable[str]) -> Flags:
        """Whether one or more of the kinds happened, for each person."""
        rows = [kind_numbers()[code] for code in codes]
        return np.asarray(np.logical_or.reduce(self.flags[rows], axis=0), dtype=np.bool_)

    def element(self, element: str) -> Flags:
        """Whether any event of an element happened, for each person."""
        return self.any_of(code for code, kind in kinds().items() if kind.element == element)


def trafficked(happened: Happenings, child: Flags) -> Flags:
    """The definition of Article 3: act, means and purpose; for a child act and purpose. Read from events alone.

    Purpose is ``purpose_formed``, which only somebody who acts for exploitation brings about; exploitation without an
    act for it (a bad employer, forced work on the way) is an offence, but not this one.
    """
    act, purpose = happened.element("act"), happened["purpose_formed"]
    return np.asarray(act & purpose & (happened.element("means") | child), dtype=np.bool_)
