"""Whose office asks."""

from uuid import UUID

from palermo.office.domain.acting import at_work


def office_asking() -> UUID:
    """The office of the member at work: a figure is counted for somebody."""
    member = at_work().member
    if member is None:
        raise RuntimeError("a figure is counted for a member")
    return UUID(str(member.agency_id))
