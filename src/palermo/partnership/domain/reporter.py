"""In whose name a command reports: a named member, a named office, or the one office that has records."""

from typing import Any

from palermo.office.models import Member
from palermo.partnership.domain.clearing import DESK
from palermo.partnership.models import DeclaredFigure, Event, Report, Visit
from palermo.vocabulary.errors import Refusal


def reporter(*, year: int, username: str = "", office: str = "", using: str = "owner") -> Member:
    """A co-ordinator or protocol officer who may report on a year.

    Args:
        username: sign-in name; decides alone where it is given.
        office: name of the office; else the one that has a report, figures, visits or events of the year, else the
            only one.
        using: the login to look with, since nobody has a pass yet.

    Raises:
        Refusal: there is none, or several offices could be meant.
    """
    found = Member.objects.using(using).select_related("agency").filter(is_active=True, roles__overlap=list(DESK))
    found = found.exclude(agency__kind="migration_enforcement").order_by("joined_at", "username")
    if username:
        found = found.filter(username=username)
    elif office:
        found = found.filter(agency__name=office)
    members = list(found)
    if not members:
        remedy = "Name one with --as, or enrol a co-ordinator or protocol officer."
        raise Refusal("nobody keeps the records of partnership there", where=username or office, remedy=remedy)
    offices = {one.agency_id for one in members}
    if len(offices) > 1:
        of_year: list[tuple[Any, str]] = [
            (Report, "year"),
            (DeclaredFigure, "year"),
            (Visit, "starts__year"),
            (Event, "earliest__year"),
        ]
        kept = {
            pk
            for records, field in of_year
            for pk in records.objects.using(using).filter(**{field: year}).values_list("office_id", flat=True)
        }
        offices = offices & kept or offices
        members = [one for one in members if one.agency_id in offices]
    if len(offices) > 1:
        names = ", ".join(sorted({one.agency.name for one in members}))
        raise Refusal(f"several offices could report on {year}", where="--office", remedy=f"Name one of: {names}.")
    # Read anew through the login that a pass works with.
    return Member.objects.select_related("agency").get(pk=members[0].pk)
