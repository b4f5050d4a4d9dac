"""Lists out of their record: counts of capture histories, together and by group."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from palermo.prevention.models import ListTable

if TYPE_CHECKING:
    from palermo.prevention.methods.estimation import Lists
    from palermo.prevention.methods.estimation.strata import Group


def lists_of(table: ListTable) -> "Lists":
    """All groups together. No statement."""
    from palermo.prevention.methods.estimation import Lists  # noqa: PLC0415 -- heavy

    whole = np.zeros(1 << len(table.lists))
    for _, counts in table.groups:
        whole[1:] += counts
    return Lists(tuple(table.lists), whole)


def groups_of(table: ListTable) -> "dict[Group, Lists]":
    """Each group by its values. No statement."""
    from palermo.prevention.methods.estimation import Lists  # noqa: PLC0415 -- heavy

    return {tuple(group): Lists(tuple(table.lists), np.array([0.0, *counts])) for group, counts in table.groups}


def groups_json(groups: "Iterable[tuple[Group, Lists]]") -> list[tuple[list[str], list[int]]]:
    """Groups as a record keeps them: the cell of those on no list is left out."""
    return [(list(group), [int(n) for n in lists.counts[1:]]) for group, lists in groups]
