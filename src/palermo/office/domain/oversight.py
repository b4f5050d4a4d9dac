"""To watch over the use of data: who looks into the log is in the log too."""

from palermo.office.domain.acting import log
from palermo.office.domain.rights import allow, require
from palermo.office.enums import Role
from palermo.office.models import Member

OVERSEE = allow("office.oversee", Role.DATA_PROTECTION_OFFICER)


def oversee(*, member: Member, part: str) -> None:
    """Begin to read a part of the oversight (log, openings, requests, searches) of the own agency."""
    require(member, OVERSEE)
    log(OVERSEE, part=part)
