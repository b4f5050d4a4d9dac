"""The course of proceedings against one person: which step may follow which, and where time went."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

#: Step → the steps that may come next. Steps about liberty (LIBERTY) may come at any time before the end.
NEXT: dict[str, frozenset[str]] = {
    "": frozenset({"charged"}),
    "charged": frozenset({"indicted", "discontinued"}),
    "indicted": frozenset({"trial", "discontinued"}),
    "trial": frozenset({"guilty", "not_guilty", "discontinued"}),
    "guilty": frozenset({"appealed"}),
    "not_guilty": frozenset({"appealed"}),
    "appealed": frozenset({"upheld", "changed", "discontinued"}),
    "upheld": frozenset({"appealed"}),
    "changed": frozenset({"appealed"}),
    "discontinued": frozenset({"charged"}),
}
LIBERTY = frozenset({"detained", "bail", "released"})
#: Steps after which nothing waits for anybody unless somebody appeals.
RESTS = frozenset({"guilty", "not_guilty", "upheld", "changed", "discontinued"})


@dataclass(frozen=True)
class Taken:
    """A step and its day."""

    kind: str
    on: dt.date


@dataclass(frozen=True)
class Interval:
    """How long it took from one step to the next.

    Attributes:
        until: None while it goes on.
        days: to `until`, or to the day of asking.
    """

    before: str
    after: str
    since: dt.date
    until: dt.date | None
    days: int


def allowed_next(taken: Sequence[Taken]) -> frozenset[str]:
    """The steps that may come now. Liberty is decided also before a charge (police bail)."""
    course = [step.kind for step in taken if step.kind not in LIBERTY]
    return NEXT[course[-1] if course else ""] | LIBERTY


def intervals(taken: Sequence[Taken], *, today: dt.date) -> list[Interval]:
    """Days between the steps, and since when the last one is open.

    Args:
        taken: in order; steps about liberty are left out, since nobody waits for them.
        today: the day of asking.
    """
    course = [step for step in taken if step.kind not in LIBERTY]
    found = [
        Interval(before.kind, after.kind, before.on, after.on, (after.on - before.on).days)
        for before, after in pairwise(course)
    ]
    if course and course[-1].kind not in RESTS:
        last = course[-1]
        found.append(Interval(last.kind, "", last.on, None, (today - last.on).days))
    return found
