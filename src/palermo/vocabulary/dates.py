"""Dates as people give them: a year, a month or a day."""

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum

from palermo.vocabulary.errors import Refusal

_FORM = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


class Precision(StrEnum):
    """How exactly a date is known."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date known to the year, the month or the day (ISO 8601 reduced precision).

    Two of them are ordered only where one lies wholly before the other: use :meth:`before` and :meth:`may_equal`.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.day is not None and self.month is None:
            raise _refusal(f"day {self.day} without a month")
        # None is not told; nought is a month or a day that no calendar has.
        month, day = (1 if part is None else part for part in (self.month, self.day))
        try:
            dt.date(self.year, month, day)
        except ValueError as error:
            raise _refusal(f"{self.year:04d}-{month:02d}-{day:02d}") from error

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Reads ``2021``, ``2021-02`` or ``2021-02-03``.

        Raises:
            Refusal: another form, or a day that no calendar has.
        """
        match = _FORM.fullmatch(text.strip())
        if match is None:
            raise _refusal(text)
        year, month, day = (int(part) if part else None for part in match.groups())
        return cls(year or 0, month, day)

    @property
    def precision(self) -> Precision:
        if self.day is not None:
            return Precision.DAY
        return Precision.YEAR if self.month is None else Precision.MONTH

    @property
    def earliest(self) -> dt.date:
        """The first day that it can be."""
        return dt.date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> dt.date:
        """The last day that it can be."""
        month = self.month or 12
        return dt.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def before(self, other: "PartialDate") -> bool | None:
        """Whether it lies before ``other``; None where the precision does not tell."""
        if self.latest < other.earliest:
            return True
        return False if self.earliest >= other.latest else None

    def may_equal(self, other: "PartialDate") -> bool:
        """Whether both can be the same day."""
        return self.earliest <= other.latest and other.earliest <= self.latest

    def __str__(self) -> str:
        parts = (f"{self.year:04d}", *(f"{part:02d}" for part in (self.month, self.day) if part is not None))
        return "-".join(parts)


def _refusal(text: str) -> Refusal:
    return Refusal(
        f"{text!r} is not a date.", where="date", remedy="Expected YYYY, YYYY-MM or YYYY-MM-DD, with a day that exists."
    )
