"""Overlapping lists of people, counted: who was on which lists, and nothing else about them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations

import numpy as np

from palermo.prevention.methods.estimation.cells import Floats, Ints, members, superset_sums
from palermo.vocabulary.errors import Refusal

FEWEST_LISTS = 3
MOST_LISTS = 12
FEWEST_SHARED = 3


@dataclass(frozen=True, slots=True, eq=False)
class Lists:
    """Counts of every capture history.

    Args:
        names: the lists, in the order of the bits of a cell.
        counts: (2^lists,) persons with exactly that history; cell 0, on no list, holds 0.
    """

    names: tuple[str, ...]
    counts: Floats

    @property
    def size(self) -> int:
        """How many lists."""
        return len(self.names)

    @property
    def observed(self) -> int:
        """Persons on at least one list."""
        return int(self.counts.sum())

    @property
    def shared(self) -> int:
        """Persons on two or more lists: everything an estimate rests on."""
        return int(sum(n for cell, n in enumerate(self.counts) if cell.bit_count() > 1))

    @property
    def margins(self) -> Floats:
        """(2^lists,) persons on at least the lists of each cell."""
        return superset_sums(self.counts, self.size)

    def label(self, effect: int) -> tuple[str, ...]:
        """The names of the lists in an effect."""
        return tuple(self.names[bit] for bit in members(effect))

    def without(self, name: str) -> "Lists":
        """The same persons with one list never seen; those on it alone drop out."""
        at = self.names.index(name)
        kept = [bit for bit in range(self.size) if bit != at]
        return self._regrouped([self.names[bit] for bit in kept], [[bit] for bit in kept])

    def merged(self, first: str, second: str) -> "Lists":
        """Two lists as one, as if they were kept by one agency."""
        a, b = self.names.index(first), self.names.index(second)
        groups = [[a, b] if bit == a else [bit] for bit in range(self.size) if bit != b]
        return self._regrouped(["+".join(self.names[bit] for bit in group) for group in groups], groups)

    def _regrouped(self, names: Sequence[str], groups: Sequence[Sequence[int]]) -> "Lists":
        counts = np.zeros(1 << len(names))
        for cell, n in enumerate(self.counts):
            counts[sum(1 << k for k, group in enumerate(groups) if any(cell >> bit & 1 for bit in group))] += n
        counts[0] = 0.0
        return Lists(tuple(names), counts)


def from_histories(names: Sequence[str], histories: Ints, counts: Ints) -> Lists:
    """Lists from capture histories.

    Args:
        names: (t,) names of the lists.
        histories: (rows, t) 0 or 1.
        counts: (rows,) persons with that history; rows with the same history add up, histories not given count 0.

    Raises:
        Refusal: more than 12 lists, or a history of zeros with a count.
    """
    if len(names) > MOST_LISTS:
        raise Refusal(
            f"There are {len(names)} lists; at most {MOST_LISTS} can be estimated together.",
            remedy="Merge the lists of agencies that work as one.",
        )
    cells = histories @ (1 << np.arange(len(names), dtype=np.int64))
    table = np.bincount(cells, weights=counts, minlength=1 << len(names)).astype(np.float64)
    if table[0] > 0:
        raise Refusal(
            f"{table[0]:.0f} persons are on no list.", remedy="Leave them out: they are what the estimate is about."
        )
    return Lists(tuple(names), table)


def require_usable(lists: Lists) -> None:
    """Refuse lists from which no number of unseen persons can be learnt, with the reason.

    Raises:
        Refusal: fewer than three lists, an empty list, lists that share nobody, or a list inside another.
    """
    margins = lists.margins
    if lists.size < FEWEST_LISTS:
        raise Refusal(
            f"{lists.size} lists cannot show whether they depend on each other; three are the least.",
            remedy="Add lists of other agencies, or publish the count of known persons only.",
        )
    for bit, name in enumerate(lists.names):
        if margins[1 << bit] == 0:
            raise Refusal(f"Nobody is on the list {name!r}.", where=name, remedy="Leave the list out.")
    for a, b in permutations(range(lists.size), 2):
        if margins[1 << a] == margins[(1 << a) | (1 << b)]:
            raise Refusal(
                f"Everybody on {lists.names[a]!r} is also on {lists.names[b]!r}: it is a part or a copy of it.",
                where=lists.names[a],
                remedy=f"Merge {lists.names[a]!r} into {lists.names[b]!r} or leave it out.",
            )
    if lists.shared == 0:
        raise Refusal(
            "No person is on two lists, so nothing tells how many are on none.",
            remedy="Check the linkage; if it is right, publish the count of known persons only.",
        )
    if lists.shared < FEWEST_SHARED:
        raise Refusal(
            f"Only {lists.shared} persons are on two lists or more; any number could be behind them.",
            remedy="Publish the count of known persons only, or gather lists over a longer time.",
        )
