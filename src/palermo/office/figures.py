"""Figures that rooms register, so that a report calls them by name and nobody types a number.

A figure is a name, a definition in words and a count that also says what it counted. Who asks sees what their pass lets
them see: a figure is counted inside `acting_as`.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from palermo.vocabulary.errors import Refusal


class Bound(StrEnum):
    """How a figure binds what it stands for. What people gave as "over 350" is never added up as if exact."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    OVER = "over"
    ABOUT = "about"
    UP_TO = "up_to"


@dataclass(frozen=True)
class Period:
    """Days from `start` to before `end`."""

    start: dt.date
    end: dt.date


@dataclass(frozen=True)
class Counted:
    """A value, and the sorted ids of what was counted (none where it was declared and cannot be recounted)."""

    value: Decimal
    ids: tuple[str, ...] = ()
    bound: Bound = Bound.EXACT
    declared: bool = False

    @classmethod
    def of(cls, ids: Iterable[object]) -> "Counted":
        """As many as there are different ids, sorted."""
        kept = tuple(sorted({str(one) for one in ids}))
        return cls(Decimal(len(kept)), kept)


@dataclass(frozen=True)
class Figure:
    """A registered figure.

    Args:
        name: `room.what_is_counted`, as a report calls it.
        definition: in one sentence, what is counted and what is not.
        count: counts it for a period, under the pass of whoever asks.
        version: raised when the definition changes, so that an old value is not compared with a new meaning.
        unit: what the number is of ("States", "persons", "EUR").
    """

    name: str
    definition: str
    count: Callable[[Period], Counted]
    version: int = 1
    unit: str = ""


_FIGURES: dict[str, Figure] = {}


def register_figure(figure: Figure) -> Figure:
    """Add a figure; a name stands for one figure only (registering the same again is harmless)."""
    known = _FIGURES.setdefault(figure.name, figure)
    if known != figure:
        raise RuntimeError(f"two figures are called {figure.name}")
    return figure


def figures() -> dict[str, Figure]:
    """All registered figures by name."""
    return dict(sorted(_FIGURES.items()))


def figure_of(*, name: str) -> Figure:
    """The figure of that name."""
    if name not in _FIGURES:
        raise Refusal(f"there is no figure “{name}”", remedy="See the list of figures on the reports' page.")
    return _FIGURES[name]
