"""Figures as people give them in a file: whole numbers, "over 350", "almost one in four"."""

import datetime as dt
import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from palermo.office.figures import Bound

#: What the file calls a bound, and what it is: "min" was said as "over" or "more than", "max" as "almost" or "up to".
BOUNDS = {
    "min": Bound.OVER,
    "max": Bound.UP_TO,
    "at_least": Bound.AT_LEAST,
    "about": Bound.ABOUT,
    "exact": Bound.EXACT,
}
MOST = 10**15
_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
_SHARE = re.compile(r"(?:(almost|nearly|over|more than|about|some)\s+)?(\w+)\s+(?:in|out of)\s+(\w+)", re.ASCII)
_SAID = {
    "almost": Bound.UP_TO,
    "nearly": Bound.UP_TO,
    "over": Bound.OVER,
    "more than": Bound.OVER,
    "about": Bound.ABOUT,
    "some": Bound.ABOUT,
    None: Bound.EXACT,
}


@dataclass(frozen=True)
class FileFigure:
    """A figure that a file gives; it can be quoted, not recounted."""

    value: Decimal
    bound: Bound
    period: str = ""
    name: str = ""
    definition: str = ""
    unit: str = ""
    source: str = ""

    def called(self, name: str, definition: str, unit: str) -> "FileFigure":
        """The same with its name, what it is of in words, and its unit."""
        return replace(self, name=name, definition=definition, unit=self.unit or unit)


def _whole(value: Any) -> Decimal | None:
    good = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST
    return Decimal(value) if good else None


def as_figure(value: Any, *, period: str = "") -> FileFigure | None:
    """A whole number, or a table with `count` and perhaps `bound` and `period`; None for anything else."""
    if not isinstance(value, dict):
        number = _whole(value)
        return None if number is None else FileFigure(number, Bound.EXACT, period)
    number = _whole(value.get("count"))
    bound = BOUNDS.get(value.get("bound", "exact")) if isinstance(value.get("bound", ""), str) else None
    own = value.get("period", period)
    if number is None or bound is None or not isinstance(own, str) or not set(value) <= {"count", "bound", "period"}:
        return None
    return FileFigure(number, bound, own[:120])


def context_figure(name: str, definition: str, row: dict[str, Any]) -> FileFigure | None:
    """A figure cited from others: a number, or a share in words ("almost one in four": up to 25 per cent)."""
    source, as_of, unit = row.get("source", ""), row.get("as_of", ""), row.get("unit", "")
    bound = BOUNDS.get(row.get("bound", "exact")) if isinstance(row.get("bound", ""), str) else None
    if not isinstance(source, str) or not isinstance(unit, str) or bound is None:
        return None
    if not isinstance(as_of, str | dt.date):
        return None
    period = f"as of {as_of}" if as_of else ""
    value = row["value"]
    if isinstance(value, str):
        share = _share(value)
        if share is None:
            return None
        number, bound = share
        return FileFigure(number, bound, period, name, f"{definition}: {value}", "per cent", source)
    found = _whole(value)
    return None if found is None else FileFigure(found, bound, period, name, definition, unit, source)


def _share(words: str) -> tuple[Decimal, Bound] | None:
    found = _SHARE.fullmatch(words.strip().casefold())
    if not found:
        return None
    part, whole = (
        _WORDS.get(word) or (int(word) if word.isdecimal() and len(word) < 9 else 0) for word in found.group(2, 3)
    )
    if not part or not whole or part > whole:
        return None
    return (Decimal(100 * part) / Decimal(whole)).quantize(Decimal("0.01")), _SAID[found[1]]
