"""When something is, as exactly as it is known, as the columns of `models.event.Dated`."""

import datetime as dt
from typing import Any

from palermo.vocabulary.dates import PartialDate
from palermo.vocabulary.errors import Refusal


def dated(when: str, *, ends_on: dt.date | None = None, basis: str = "") -> dict[str, Any]:
    """The columns for a year, a month, a day or some days.

    Args:
        when: `2017`, `2017-06`, `2017-04-03`, or empty where not even the year is known.
        ends_on: the last day, where `when` is a day.
        basis: on what the date rests; needed where there is no date.

    Raises:
        Refusal: no date and no basis; an end before the start, or of a month.
    """
    basis = basis.strip()
    if not when.strip():
        if not basis:
            raise Refusal(
                "there is no date", where="when", remedy="Give at least a year, or say what is known instead."
            )
        return {"when": "", "earliest": None, "latest": None, "date_basis": basis}
    try:
        date = PartialDate.parse(when)
    except Refusal as refusal:
        raise Refusal(refusal.message, where="when", remedy=refusal.remedy) from refusal
    latest = date.latest
    if ends_on is not None:
        if date.day is None:
            raise Refusal("an end needs a first day", where="ends_on", remedy="Give the day of the start too.")
        if ends_on < date.earliest:
            raise Refusal("it ends before it starts", where="ends_on", remedy="Give the later day as the end.")
        latest = ends_on
    return {"when": str(date), "earliest": date.earliest, "latest": latest, "date_basis": basis}
