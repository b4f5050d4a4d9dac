"""Lists out of their record: counts of capture histories, together and by group."""

from collections.abc import Iterable

import numpy as np

from palermo.prevention.methods.estimation import Lists
from palermo.prevention.methods.estimation.strata import Group
from palermo.prevention.models import ListTable


def lists_of(table: ListTable) -> Lists:
    """All groups together. No statement."""
    whole = np.zeros(1 << len(table.lists))
    for _, counts in table.groups:
        whole[1:] += counts
    return Lists(tuple(table.lists), whole)


def groups_of(table: ListTable) -> dict[Group, Lists]:
    """Each group by its values. No statement."""
    return {tuple(group): Lists(tuple(table.lists), np.array([0.0, *counts])) for group, counts in table.groups}


def groups_json(groups: Iterable[tuple[Group, Lists]]) -> list[tuple[list[str], list[int]]]:
    """Groups as a record keeps them: the cell of those on no list is left out."""
    return [(list(group), [int(n) for n in lists.counts[1:]]) for group, lists in groups]
