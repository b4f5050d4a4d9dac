"""Amounts and dates as banks of many countries write them, read exactly or not at all."""

import datetime as dt
import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from palermo.prosecution.methods.minor_units import exponent
from palermo.vocabulary.errors import Refusal

_ORDERS = {
    "dmy": re.compile(r"^(?P<d>\d{1,2})[./-](?P<m>\d{1,2})[./-](?P<y>\d{4}|\d{2})$"),
    "mdy": re.compile(r"^(?P<m>\d{1,2})[./-](?P<d>\d{1,2})[./-](?P<y>\d{4}|\d{2})$"),
    "ymd": re.compile(r"^(?P<y>\d{4})[./-]?(?P<m>\d{2})[./-]?(?P<d>\d{2})(?:[T ].*)?$"),
}
_CENTURY = 2000


def amount(text: str, currency: str, *, where: str, decimal: str = "") -> int:
    """A local amount in minor units: ``1.234,56``, ``1,234.56``, ``1 234,56-``, ``(12.00)``, ``€ 5``.

    Args:
        text: the cell.
        currency: its currency, which may stand beside the figure.
        where: file, row and column, for the error.
        decimal: the mark before decimals, if the column is known to use one.

    Raises:
        Refusal: no exact amount, or one that can be read in two ways.
    """
    bare = text.strip().replace("\u2212", "-").replace("\u00a0", "").replace("\u202f", "").replace(currency, "")
    bare = re.sub(r"[\s'’€$£¥₽₴]", "", bare)
    negative = bare.startswith("(") and bare.endswith(")")
    bare = bare.strip("()")
    if bare.endswith("-") or bare.startswith("-"):
        negative, bare = not negative, bare.strip("-")
    bare = bare.removeprefix("+")
    mark = decimal or _mark(bare, text, where)
    other = "," if mark == "." else "."
    if not re.fullmatch(rf"\d{{1,3}}(?:\{other}?\d{{3}})*(?:\{mark}\d*)?|\d+(?:\{mark}\d*)?", bare):
        raise _no_amount(text, currency, where)
    try:
        scaled = Decimal(bare.replace(other, "").replace(mark, ".")).scaleb(exponent(currency))
    except InvalidOperation:
        raise _no_amount(text, currency, where) from None
    if scaled != scaled.to_integral_value() or scaled >= 2**62:
        raise _no_amount(text, currency, where)
    return -int(scaled) if negative else int(scaled)


def _mark(bare: str, text: str, where: str) -> str:
    """The mark before decimals: the last of two kinds; a single one is it unless three digits follow."""
    last = max(bare.rfind("."), bare.rfind(","))
    if last < 0:
        return "."
    mark = bare[last]
    if bare.count(mark) > 1:
        return "," if mark == "." else "."
    two_kinds = "." in bare and "," in bare
    if not two_kinds and len(bare) - last - 1 == 3:
        raise Refusal(
            f"{text!r} can be read in two ways.",
            where=where,
            remedy="Say which mark stands before decimals (--decimal).",
        )
    return mark


def decimal_mark(cells: Sequence[str]) -> str:
    """The mark before decimals that a whole column shows, empty if it shows none."""
    for cell in cells:
        found = re.search(r"([.,])\d{1,2}\D*$", cell.strip())
        if found:
            return found.group(1)
    return ""


def _no_amount(text: str, currency: str, where: str) -> Refusal:
    return Refusal(
        f"{text!r} is no exact amount in {currency}.", where=where, remedy="Check the column and the currency."
    )


def date_order(cells: Sequence[str], *, where: str) -> str:
    """The order of day, month and year that a column of dates shows.

    Raises:
        Refusal: no order fits every cell, or two do.
    """
    fits = [order for order in _ORDERS if all(_read(cell, order) for cell in cells)]
    if "ymd" in fits:
        return "ymd"
    if len(fits) == 1:
        return fits[0]
    if len(fits) > 1 and all(_read(cell, "dmy") == _read(cell, "mdy") for cell in cells):
        return "dmy"
    if not fits:
        bad = next(
            (cell for cell in cells if not any(_read(cell, order) for order in _ORDERS)), cells[0] if cells else ""
        )
        raise Refusal(
            f"{bad!r} is no date, or the dates are not all alike.", where=where, remedy="Check the date column."
        )
    raise Refusal(
        f"{cells[0]!r} may be day or month first; nothing in the column tells.",
        where=where,
        remedy="Say --dates dmy or mdy.",
    )


def date(text: str, order: str, *, where: str) -> dt.date:
    """One date in a known order.

    Raises:
        Refusal: it is none.
    """
    found = _read(text, order)
    if found is None:
        raise Refusal(f"{text!r} is no date.", where=where, remedy="Check the date column.")
    return found


def _read(text: str, order: str) -> dt.date | None:
    match = _ORDERS[order].match(text.strip())
    if not match:
        return None
    year = int(match["y"])
    try:
        return dt.date(year if year >= 100 else _CENTURY + year, int(match["m"]), int(match["d"]))
    except ValueError:
        return None
