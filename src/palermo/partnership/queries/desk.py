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


@dataclass(frozen=True)
class Waiting:
    """How much waits at an office's desk on a day.

    Attributes:
        to_close: visits that are over and still stand as confirmed.
        owed: visits that took place and have no report yet.
        late: those of them whose report should have been sent before the day.
        ahead: visits to come.
        replies_due: recommendations whose deadline has passed without any reply of the State.
        drafts: reports that are not published.
    """

    to_close: int
    owed: int
    late: int
    ahead: int
    replies_due: int
    drafts: int

    @property
    def overdue(self) -> int:
        """How many things should have been done before this day."""
        return self.to_close + self.late + self.replies_due

    @property
    def visits_due(self) -> int:
        """How many visits are to be closed or reported on."""
        return self.to_close + self.owed


@dataclass(frozen=True)
class Desk:
    """What waits at an office's desk on a day, `MOST` of each kind; every list begins with what is most pressing.

    Attributes:
        waiting: how much there is in all.
        to_close: visits that are over and still stand as confirmed, all of them.
        owed: visits that took place and have no report yet, the first due first.
        coming: visits ahead, the next first.
        replies_due: recommendations whose deadline has passed without any reply of the State.
        rounds: rounds of questionnaires that are open, with `asked` and `answered`.
        drafts: reports that are not published.
        not_assessed: firm recommendations that nobody assessed, how many.
        unconfirmed: posts that nobody has confirmed for a year, how many.
    """

    day: dt.date
    waiting: Waiting
    to_close: list[Visit]
    owed: list[Visit]
    coming: list[Visit]
    replies_due: list[Finding]
    rounds: list[Round]
    drafts: list[Report]
    not_assessed: int
    unconfirmed: int


def waiting_on(day: dt.date, office: UUID) -> Waiting:
    """How much waits at the desk of an office. Three statements."""
    owed = Q(status=VisitStatus.DONE)
    counts = Visit.objects.filter(office=office).aggregate(
        to_close=Count("pk", filter=_to_close(day)),
        owed=Count("pk", filter=owed),
        late=Count("pk", filter=owed & Q(report_due__lt=day)),
        ahead=Count("pk", filter=_ahead(day)),
    )
    return Waiting(**counts, replies_due=replies_due(day, office).count(), drafts=_drafts(office).count())


def desk_on(day: dt.date, office: UUID) -> Desk:
    """What waits at the desk of an office. Eleven statements."""
    visits = Visit.objects.filter(office=office)
    return Desk(
        day=day,
        waiting=waiting_on(day, office),
        to_close=list(visits.filter(_to_close(day)).order_by("ends", "title")),
        owed=list(visits.filter(status=VisitStatus.DONE).order_by("report_due", "ends", "title")[:MOST]),
        coming=list(coming(day, office)[:MOST]),
        replies_due=list(replies_due(day, office).order_by("deadline", "reference")[:MOST]),
        rounds=list(
            Round.objects.filter(office=office, opens_on__lte=day, closes_on__gte=day)
            .annotate(
                asked=Count("respondents"),
                answered=Count("respondents", filter=Q(respondents__submitted_at__isnull=False)),
            )
            .order_by("closes_on", "title")[:MOST]
        ),
        drafts=list(_drafts(office)[:MOST]),
        not_assessed=Finding.objects.filter(
            office=office, body="", kind=FindingKind.RECOMMENDATION, stage__in=FIRM, status=""
        ).count(),
        unconfirmed=unconfirmed(day).filter(office=office).count(),
    )


def _to_close(day: dt.date) -> Q:
    return Q(status=VisitStatus.CONFIRMED, ends__lt=day)


def _ahead(day: dt.date) -> Q:
    return Q(status__in=(VisitStatus.PLANNED, VisitStatus.AGREED, VisitStatus.CONFIRMED), ends__gte=day)


def _drafts(office: UUID) -> QuerySet[Report]:
    return Report.objects.filter(office=office).exclude(stage=ReportStage.PUBLISHED)


def coming(day: dt.date, office: UUID) -> QuerySet[Visit]:
    """Visits of an office that are ahead, the next first."""
    return Visit.objects.filter(_ahead(day), office=office).order_by("starts", "title")


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
