"""What waits at an office's desk on a day."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from palermo.partnership.enums import VisitStatus
from palermo.partnership.enums.findings import FindingKind, ReportStage, TextStage
from palermo.partnership.models import Finding, Reply, Report, Round, Visit
from palermo.partnership.queries.directory import unconfirmed
from palermo.partnership.queries.findings import FIRM

#: How many of each list the desk shows; the count says how many there are.
MOST = 6
#: A text was sent to the State or stands firm: from here on an answer is awaited.
AWAITS_REPLY = (TextStage.SENT, TextStage.COMMENTS, *FIRM)
_AHEAD = (VisitStatus.PLANNED, VisitStatus.AGREED, VisitStatus.CONFIRMED)


@dataclass(frozen=True)
class Desk:
    """An office's desk on a day; every list begins with what is most pressing.

    Attributes:
        to_close: visits that are over and still stand as confirmed.
        owed: visits that took place and have no report yet, the first due first.
        late_in_all: those of them whose report should have been sent before the day, how many.
        coming: visits ahead, the next first.
        replies_due: recommendations whose deadline has passed without any reply of the State.
        rounds: rounds of questionnaires that are open, with `asked` and `answered`.
        drafts: reports that are not published.
        not_assessed: firm recommendations that nobody assessed, how many.
        unconfirmed: posts that nobody has confirmed for a year, how many.
    """

    day: dt.date
    to_close: list[Visit]
    owed: list[Visit]
    owed_in_all: int
    late_in_all: int
    coming: list[Visit]
    coming_in_all: int
    replies_due: list[Finding]
    replies_due_in_all: int
    rounds: list[Round]
    drafts: list[Report]
    drafts_in_all: int
    not_assessed: int
    unconfirmed: int

    @property
    def overdue(self) -> int:
        """How many things should have been done before this day."""
        return len(self.to_close) + self.late_in_all + self.replies_due_in_all


def desk_on(day: dt.date, office: UUID) -> Desk:
    """What waits at the desk of an office. Thirteen statements."""
    visits = Visit.objects.filter(office=office)
    owed = visits.filter(status=VisitStatus.DONE)
    ahead = visits.filter(status__in=_AHEAD, ends__gte=day)
    replies = replies_due(day, office)
    drafts = Report.objects.filter(office=office).exclude(stage=ReportStage.PUBLISHED)
    return Desk(
        day=day,
        to_close=list(visits.filter(status=VisitStatus.CONFIRMED, ends__lt=day).order_by("ends", "title")),
        owed=list(owed.order_by("report_due", "ends", "title")[:MOST]),
        owed_in_all=owed.count(),
        late_in_all=owed.filter(report_due__lt=day).count(),
        coming=list(ahead.order_by("starts", "title")[:MOST]),
        coming_in_all=ahead.count(),
        replies_due=list(replies.order_by("deadline", "reference")[:MOST]),
        replies_due_in_all=replies.count(),
        rounds=list(
            Round.objects.filter(office=office, opens_on__lte=day, closes_on__gte=day)
            .annotate(
                asked=Count("respondents"),
                answered=Count("respondents", filter=Q(respondents__submitted_at__isnull=False)),
            )
            .order_by("closes_on", "title")[:MOST]
        ),
        drafts=list(drafts[:MOST]),
        drafts_in_all=drafts.count(),
        not_assessed=Finding.objects.filter(
            office=office, body="", kind=FindingKind.RECOMMENDATION, stage__in=FIRM, status=""
        ).count(),
        unconfirmed=unconfirmed(day).filter(office=office).count(),
    )


def replies_due(day: dt.date, office: UUID) -> QuerySet[Finding]:
    """Own recommendations to States whose deadline has passed before the day, and to which no State has replied."""
    answered = Reply.objects.filter(finding=OuterRef("pk"))
    return Finding.objects.filter(
        ~Exists(answered),
        office=office,
        body="",
        kind=FindingKind.RECOMMENDATION,
        stage__in=AWAITS_REPLY,
        deadline__lt=day,
    ).exclude(state="")
