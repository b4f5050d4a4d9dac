"""To look at the board: counts over all agencies, for the national co-ordinator alone."""

import datetime as dt

from palermo.office.domain.acting import log
from palermo.office.domain.rights import NotAllowed, allow, require
from palermo.office.enums import AgencyKind, Role
from palermo.office.models import Member
from palermo.protection.queries.board import Board, board
from palermo.vocabulary.errors import Refusal

READ = allow("protection.read_board", Role.CO_ORDINATOR)

#: The longest period at once.
MOST_DAYS = 366


def read_board(*, member: Member, since: dt.datetime, until: dt.datetime) -> Board:
    """The board of a period; the looking is logged, since live counts say something of those behind them.

    Raises:
        NotAllowed: not a co-ordinator of the national co-ordinator.
        Refusal: a period that ends before it begins or is longer than a year.
    """
    require(member, READ)
    if member.agency.kind != AgencyKind.NATIONAL_CO_ORDINATOR:
        raise NotAllowed(READ, "the board is the national co-ordinator's")
    if not since < until:
        raise Refusal("the period ends before it begins", where="until", remedy="Choose a later day.")
    if until - since > dt.timedelta(days=MOST_DAYS):
        raise Refusal("the period is longer than a year", where="since", remedy="Choose a shorter one.")
    log(READ, since=since.isoformat(), until=until.isoformat())
    return board(since, until)
