"""Spans of whole days: first and last day, both included. Times of day play no part in a plan of visits."""

import datetime as dt
from dataclasses import dataclass
from typing import Self

from palermo.vocabulary.errors import Refusal

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From the first day to the last, both included."""

    first: dt.date
    last: dt.date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise Refusal("it ends before it begins", where="ends", remedy="Give the last day after the first.")

    @property
    def after(self) -> dt.date:
        """The day after the last one, as iCalendar and SQL ranges want it."""
        return self.last + dt.timedelta(days=1)

    def meets(self, other: Self) -> bool:
        """Whether they share a day."""
        return self.first <= other.last and other.first <= self.last

    def days_apart(self, other: Self) -> int:
        """Days from the end of the earlier to the beginning of the later; nought where they share a day."""
        return max(0, (other.first - self.last).days, (self.first - other.last).days)

    def weeks(self) -> range:
        """The ISO weeks that it touches, counted from the first Monday of the calendar (ISO 8601, 3.1.1.23)."""
        return range((self.first.toordinal() - 1) // 7, (self.last.toordinal() - 1) // 7 + 1)

    def shares_week(self, other: Self) -> bool:
        """Whether a week from Monday to Sunday holds days of both."""
        mine, theirs = self.weeks(), other.weeks()
        return mine.start < theirs.stop and theirs.start < mine.stop

    def __str__(self) -> str:
        """As a sentence says it: "12 to 16 May 2025"."""
        a, b = self.first, self.last
        end = f"{b.day} {MONTHS[b.month - 1]} {b.year}"
        if a == b:
            return end
        if (a.year, a.month) == (b.year, b.month):
            return f"{a.day} to {end}"
        if a.year == b.year:
            return f"{a.day} {MONTHS[a.month - 1]} to {end}"
        return f"{a.day} {MONTHS[a.month - 1]} {a.year} to {end}"


def monday_of(day: dt.date) -> dt.date:
    """The Monday of its week."""
    return day - dt.timedelta(days=day.weekday())
