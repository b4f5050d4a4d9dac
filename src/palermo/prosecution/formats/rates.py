"""Dated rates as a person gives them: rows of a file, or lines of text."""

import datetime as dt
import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from palermo.prosecution.methods.rates import Rates
from palermo.vocabulary.errors import Refusal

_CELLS = 4


def rates_of(rows: Iterable[tuple[int, str, str, str, str]], *, where: str) -> Rates:
    """Rows of line, date, from, to, rate (how many units of `to` for one of `from`, a decimal with a point).

    Raises:
        Refusal: a date or rate that is none.
    """
    out: dict[tuple[str, str], list[tuple[dt.date, Fraction]]] = {}
    for line, day, sold, bought, rate in rows:
        try:
            value = Fraction(Decimal(rate))
            when = dt.date.fromisoformat(day)
        except (ValueError, TypeError, OverflowError, InvalidOperation):
            value = Fraction(0)
        if value <= 0:
            raise Refusal(
                f"{day!r} and {rate!r} are no date and rate.",
                where=f"{where}, row {line}",
                remedy="Write them like 2026-01-31 and 1.0842.",
            )
        out.setdefault((sold, bought), []).append((when, value))
    return out


def rates_in(text: str, *, where: str) -> Rates:
    """The same of lines of text, cells parted by commas, semicolons, tabs or blanks; a heading may stand first.

    Raises:
        Refusal: as `rates_of`; a line that has not four cells.
    """
    rows: list[tuple[int, str, str, str, str]] = []
    for line, said in enumerate(text.splitlines(), 1):
        cells = [cell for cell in re.split(r"[,;\t ]+", said.strip()) if cell]
        if not cells or [cell.lower() for cell in cells] == ["date", "from", "to", "rate"]:
            continue
        if len(cells) != _CELLS:
            raise Refusal(
                f"{said.strip()[:60]!r} is no date, two currencies and a rate.",
                where=f"{where}, row {line}",
                remedy="Write it like 2026-01-31, USD, EUR, 0.9223.",
            )
        rows.append((line, cells[0], cells[1].upper(), cells[2].upper(), cells[3]))
    return rates_of(rows, where=where)
