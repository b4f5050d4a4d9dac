"""What the data protection officer watches. The database shows the own agency's alone."""

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.db import connection
from django.db.models import Count, F, Q, QuerySet

from palermo.office.models import EmergencyOpening, LogLine, Member, RightsRequest, Search


def log_lines(
    *, verb: str = "", member: UUID | None = None, person: UUID | None = None, since: dt.date | None = None
) -> QuerySet[LogLine]:
    """Lines of the access log, newest first."""
    wanted = {"verb": verb or None, "member_id": member, "person_id": person, "at__date__gte": since}
    return LogLine.objects.filter(**{name: value for name, value in wanted.items() if value}).order_by("-seq")


def openings() -> QuerySet[EmergencyOpening]:
    """Emergency openings of our files and by us, those without a review first."""
    return EmergencyOpening.objects.select_related("owner", "opener").order_by(
        F("reviewed_at").asc(nulls_first=True), "-opened_at"
    )


def requests() -> QuerySet[RightsRequest]:
    """Requests of people about their data: open ones by their due date, then the answered."""
    # Not joined with the file: the officer reaches none, and an inner join would leave nothing.
    return RightsRequest.objects.order_by(F("answered_at").asc(nulls_first=True), "due_at")


def searches() -> QuerySet[Search]:
    """Searches before create, newest first."""
    return Search.objects.order_by("-at")


def searches_by_member(*, since: dt.datetime) -> list[tuple[UUID, int]]:
    """Members by the number of their searches, most first: one who looks up many people stands out."""
    counted = (
        Search.objects.filter(at__gte=since).values("member_id").annotate(n=Count("id")).order_by("-n", "member_id")
    )
    return [(row["member_id"], row["n"]) for row in counted]


def names_of(ids: Iterable[UUID | None]) -> dict[UUID | None, str]:
    """Names of members by id, in one statement."""
    return {member.pk: member.name for member in Member.objects.filter(pk__in=[one for one in ids if one])}


def codes_of(ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """Codes of the own agency's files by id, in one statement; a code tells nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT person, code FROM office_codes(%s)", [list({one for one in ids if one})])
        return dict(cursor.fetchall())


def verbs() -> list[str]:
    """Verbs that occur in the log."""
    return list(LogLine.objects.filter(~Q(verb="")).order_by("verb").values_list("verb", flat=True).distinct())
