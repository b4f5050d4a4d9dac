"""What a drawing is made from. A figure is data: nothing is drawn until a page needs it."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import Any, Literal

# Raise it when the same data would be drawn differently, so that kept drawings are drawn anew.
VERSION = 1

Kind = Literal["bars", "stacked", "lines", "waiting", "funnel", "multiples", "states", "cells"]
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Figure:
    """One chart or map with all that a reader needs to check it.

    Args:
        kind: how it is drawn.
        title: what it shows, as a sentence where possible.
        data: rows that are drawn, plain JSON values only.
        columns: headings of the table that says the same.
        table: rows of that table.
        options: JSON values that the drawing depends on.
        lead: one line under the title.
        source: where the numbers come from.
        summary: what a listener hears instead of the drawing; the title if empty.
        numeric: places of the number columns in the table, counted from one, as "2,3".
    """

    kind: Kind
    title: str
    data: tuple[Row, ...]
    columns: tuple[str, ...]
    table: tuple[tuple[Any, ...], ...]
    options: Mapping[str, Any] = field(default_factory=dict)
    lead: str = ""
    source: str = ""
    summary: str = ""
    numeric: str = "2"

    @property
    def wide(self) -> bool:
        """Whether it needs the full width of a page."""
        return self.kind == "states"

    @cached_property
    def digest(self) -> str:
        """SHA-256 over all that the drawing depends on: equal data and options give the equal drawing."""
        drawn = [VERSION, self.kind, self.title, self.summary, self.data, self.options]
        return sha256(json.dumps(drawn, sort_keys=True, default=str, ensure_ascii=False).encode()).hexdigest()


def rows_of(frame: Any) -> tuple[dict[str, Any], ...]:
    """Rows of a list of mappings, or of anything with `to_dicts` (Polars) or `to_pylist` (Arrow)."""
    if hasattr(frame, "to_dicts"):
        frame = frame.to_dicts()
    elif hasattr(frame, "to_pylist"):
        frame = frame.to_pylist()
    return tuple({str(key): plain(value) for key, value in row.items()} for row in frame)


def plain(value: Any) -> Any:
    """A JSON value: dates as ISO text, translatable text as text, numbers as they are."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def number(value: float) -> str:
    """A number for people: thousands apart by a narrow space, at most two places."""
    return f"{round(value, 2):,}".replace(",", "\u202f") if value % 1 else f"{value:,.0f}".replace(",", "\u202f")


def columns_of(rows: Iterable[Row], names: Sequence[str]) -> tuple[tuple[Any, ...], ...]:
    return tuple(tuple(row.get(name) for name in names) for row in rows)
