"""The co-ordinator's board as figures."""

import datetime as dt
from dataclasses import asdict
from typing import Any

from ninja import Router, Schema

from palermo.office import clock
from palermo.office.api import Asked
from palermo.protection.domain.board import read_board
from palermo.protection.queries.board import Totals

router = Router()


class BoardOut(Schema):
    since: dt.datetime
    until: dt.datetime
    totals: Totals
    #: Persons by the day of their arrival.
    days: list[dict[str, Any]]
    sites: list[dict[str, Any]]
    agencies: list[dict[str, Any]]
    #: How many waited so many hours: for the answer to a referral, and for a screening.
    answers: list[dict[str, Any]]
    screenings: list[dict[str, Any]]


@router.get("/board", response=BoardOut)
def board(request: Asked, since: dt.datetime | None = None, until: dt.datetime | None = None) -> dict[str, Any]:
    """Counts over all agencies in a period, the last seven days unless another is named; times are UTC by default."""
    end = _aware(until) if until else clock.now()
    begin = _aware(since) if since else end - dt.timedelta(days=7)
    return asdict(read_board(member=request.user, since=begin, until=end))


def _aware(moment: dt.datetime) -> dt.datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
