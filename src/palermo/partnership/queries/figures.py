"""What a figure is now: counted anew under the pass of whoever asks, or read from what somebody declared."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from palermo.office.figures import Bound, Counted, Figure, Period, figure_of, figures
from palermo.partnership.methods.digest import digest_of
from palermo.partnership.models import DeclaredFigure
from palermo.vocabulary.errors import Refusal

DECLARED = "declared:"
FIRST_YEAR, LAST_YEAR = 1990, 2100


@dataclass(frozen=True)
class Value:
    """A figure with its value, as a report prints it and a frozen one keeps it."""

    name: str
    version: int
    definition: str
    unit: str
    period: Period
    counted: Counted
    source: str = ""

    @property
    def digest(self) -> str:
        """What the value is known by."""
        return digest_of(
            name=self.name,
            version=self.version,
            start=self.period.start,
            end=self.period.end,
            value=self.counted.value,
            bound=self.counted.bound,
            declared=self.counted.declared,
            ids=self.counted.ids,
        )


def year_of(year: int) -> Period:
    """The days of a calendar year."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refusal(f"{year} is no year of a report", where="year", remedy=f"Use {FIRST_YEAR} to {LAST_YEAR}.")
    return Period(dt.date(year, 1, 1), dt.date(year + 1, 1, 1))


def _registered(figure: Figure, period: Period) -> Value:
    return Value(figure.name, figure.version, figure.definition, figure.unit, period, figure.count(period))


def _declared(row: DeclaredFigure) -> Value:
    counted = Counted(row.value, bound=Bound(row.bound), declared=True)
    name, source = DECLARED + row.name, ", ".join(part for part in (row.source, row.period) if part)
    return Value(name, 0, row.definition, row.unit, year_of(row.year), counted, source)


def declared_in(year: int) -> list[Value]:
    """What was declared for a year, by name. One statement.

    Where two offices declared the same name, the first entered stands.
    """
    rows = DeclaredFigure.objects.filter(year=year).order_by("name", "created_at")
    return [_declared(row) for row in {row.name: row for row in reversed(rows)}.values()][::-1]


def value_of(name: str, year: int) -> Value:
    """One figure now.

    Raises:
        Refusal: nobody registered or declared it.
    """
    if not name.startswith(DECLARED):
        return _registered(figure_of(name=name), year_of(year))
    row = DeclaredFigure.objects.filter(year=year, name=name.removeprefix(DECLARED)).order_by("created_at").first()
    if row is None:
        raise Refusal(
            f"nothing was declared for {year} as “{name.removeprefix(DECLARED)}”", remedy="See the list of figures."
        )
    return _declared(row)


def values_of(year: int, *, step: Callable[[str], None] = lambda _: None) -> list[Value]:
    """Every registered figure of all rooms for a year, by name.

    Args:
        step: told the name of each figure before it is counted.
    """
    found = []
    for name, figure in figures().items():
        step(name)
        found.append(_registered(figure, year_of(year)))
    return found
