"""The shared calendar as cells of a table, which needs no script and prints: weeks of a month, rows of a year."""

import calendar
import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from palermo.partnership.methods.spans import Span, monday_of


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in the calendar, whatever record it comes from.

    Attributes:
        uid: stable for as long as the record lives, whatever changes in it.
        source: which part of the house it comes from ("visit", "initiative", …).
        structure: code of the structure, or name of the office that keeps the record.
        certainty: code of how sure it is ("rumour", "planned", "announced", "done", "cancelled").
        sequence: rises with every change (RFC 5545, 3.8.7.4).
    """

    uid: str
    source: str
    title: str
    span: Span
    kind: str
    structure: str
    states: tuple[str, ...]
    themes: tuple[str, ...]
    certainty: str
    clearance: str
    sequence: int
    changed_at: dt.datetime
    url: str = ""
    #: Whether people come together for it somewhere; a campaign or a report clashes with nothing.
    presence: bool = True


#: States that are named one by one before a calendar's title; of more their number is told.
MOST_NAMED = 3


def place(entry: Entry, names: Mapping[str, str]) -> str:
    """The States of an entry in words, as long as its title does not name them; empty where there is nothing to add."""
    states = [names.get(code, code) for code in entry.states]
    if not states or all(state.casefold() in entry.title.casefold() for state in states):
        return ""
    return ", ".join(states) if len(states) <= MOST_NAMED else f"{len(states)} States"


def headline(entry: Entry, names: Mapping[str, str]) -> str:
    """What a calendar writes on an entry: where, and what."""
    return ": ".join(part for part in (place(entry, names), entry.title) if part)


@dataclass(frozen=True, slots=True)
class Cell:
    """Some columns of a row of the table: an entry's bar, or a gap."""

    width: int
    entry: Entry | None = None
    #: The bar comes from before the table's first column, or goes on after its last.
    opens_before: bool = False
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class Week:
    """A week of a month: its seven days and the bars in it, one lane under the other."""

    days: tuple[dt.date, ...]
    lanes: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a year: whose, and the bars in its twelve months."""

    key: str
    lanes: tuple[tuple[Cell, ...], ...]


def lanes(placed: Iterable[tuple[int, int, Entry]], columns: int) -> tuple[tuple[Cell, ...], ...]:
    """Bars put into as few lanes as can be, gaps filled, so that each lane is exactly `columns` wide.

    Args:
        placed: first and last column (from nought, may lie outside) and the entry.
        columns: how many columns there are.
    """
    rows: list[list[tuple[int, int, Entry]]] = []
    for first, last, entry in sorted(placed, key=lambda bar: (bar[0], -bar[1], bar[2].title, bar[2].uid)):
        if last < 0 or first >= columns:
            continue
        row = next((row for row in rows if row[-1][1] < max(first, 0)), None)
        if row is None:
            rows.append([(first, last, entry)])
        else:
            row.append((first, last, entry))
    return tuple(_filled(row, columns) for row in rows)


def _filled(row: Sequence[tuple[int, int, Entry]], columns: int) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    at = 0
    for first, last, entry in row:
        begin, end = max(first, 0), min(last, columns - 1)
        if begin > at:
            cells.append(Cell(begin - at))
        cells.append(Cell(end - begin + 1, entry, opens_before=first < 0, goes_on=last >= columns))
        at = end + 1
    return (*cells, Cell(columns - at)) if at < columns else tuple(cells)


def month_span(year: int, month: int) -> Span:
    """The whole weeks, from Monday, that hold the month."""
    last = dt.date(year, month, calendar.monthrange(year, month)[1])
    return Span(monday_of(dt.date(year, month, 1)), monday_of(last) + dt.timedelta(days=6))


def month_weeks(year: int, month: int, entries: Iterable[Entry]) -> list[Week]:
    """The weeks of a month with the bars of `entries` in them."""
    whole, known = month_span(year, month), list(entries)
    weeks = []
    for number in range((whole.after - whole.first).days // 7):
        monday = whole.first + dt.timedelta(days=7 * number)
        bars = [((e.span.first - monday).days, (e.span.last - monday).days, e) for e in known]
        weeks.append(Week(tuple(monday + dt.timedelta(days=n) for n in range(7)), lanes(bars, 7)))
    return weeks


def year_rows(year: int, entries: Iterable[Entry], keys: Callable[[Entry], Iterable[str]]) -> list[Row]:
    """A row for each key (a structure, a State), with the bars of its entries over the twelve months."""
    grouped: dict[str, list[Entry]] = {}
    for entry in entries:
        for key in keys(entry):
            grouped.setdefault(key, []).append(entry)

    def month(day: dt.date) -> int:
        return (day.year - year) * 12 + day.month - 1

    return [
        Row(key, lanes([(month(e.span.first), month(e.span.last), e) for e in found], 12))
        for key, found in sorted(grouped.items())
    ]
