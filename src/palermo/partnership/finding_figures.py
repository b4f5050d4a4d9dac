"""Figures of findings and reports, registered when the applications are ready.

All are of the own findings of the office of whoever counts; ids are those of the records that were counted.
"""

import datetime as dt

from django.db.models import Model

from palermo.office.figures import Counted, Figure, Period
from palermo.partnership.enums.findings import FindingKind, Position, Progress
from palermo.partnership.models import Assessment, Finding, FollowUp, Measure, Reply, ReportIssue
from palermo.partnership.queries.asking import office_asking
from palermo.partnership.queries.findings import FIRM


def _found(period: Period, **narrow: object) -> Counted:

    found = Finding.objects.filter(
        body="",
        office_id=office_asking(),
        stage__in=FIRM,
        found_on__gte=period.start,
        found_on__lt=period.end,
        **narrow,
    ).order_by()
    return Counted.of(found.values_list("id", flat=True))


def _states(period: Period) -> Counted:

    found = Finding.objects.filter(
        body="",
        office_id=office_asking(),
        kind=FindingKind.RECOMMENDATION,
        stage__in=FIRM,
        found_on__gte=period.start,
        found_on__lt=period.end,
    )
    return Counted.of(found.exclude(state="").order_by().values_list("state", flat=True).distinct())


def _replied(period: Period, *positions: str) -> Counted:
    """Findings with a reply of the period, whose last one in it takes one of the positions."""
    replies = Reply.objects.filter(
        on__gte=period.start, on__lt=period.end, finding__body="", finding__office_id=office_asking()
    ).order_by("finding_id", "-on", "-entered_at")
    last = replies.distinct("finding_id").values_list("finding_id", "position")
    return Counted.of(pk for pk, said in last if not positions or said in positions)


def _standing(period: Period, *statuses: str) -> Counted:
    """Own findings whose last assessment by the end of the period says one of the statuses."""
    until = Assessment.objects.filter(on__lt=period.end)
    ever = until.filter(status__in=statuses, finding__body="", finding__office_id=office_asking())
    last = (
        until.filter(finding_id__in=ever.values("finding_id"))
        .order_by("finding_id", "-on", "-entered_at")
        .distinct("finding_id")
        .values_list("finding_id", "status")
    )
    return Counted.of(pk for pk, status in last if status in statuses)


def _dated(model: type[Model], field: str, period: Period, *, through: str = "finding__") -> Counted:
    """Ids in a column of records of a model that are of the period, and of the office or its findings."""
    found = model._default_manager.filter(  # noqa: SLF001 -- Django's name for it
        on__gte=period.start, on__lt=period.end, **{f"{through}office_id": office_asking()}
    ).order_by()
    return Counted.of(found.values_list(field, flat=True))


def _published(period: Period) -> Counted:

    start, end = (dt.datetime.combine(day, dt.time(), dt.UTC) for day in (period.start, period.end))
    found = ReportIssue.objects.filter(
        published_at__gte=start, published_at__lt=end, report__office_id=office_asking()
    ).order_by()
    return Counted.of(found.values_list("report_id", flat=True))


_FIRM = "with a final or published text"
FIGURES = (
    Figure(
        "findings.recommendations",
        f"Recommendations of the office {_FIRM}, of visits, meetings and other sources of the period.",
        lambda period: _found(period, kind=FindingKind.RECOMMENDATION),
        unit="recommendations",
    ),
    Figure(
        "findings.practices",
        f"Promising practices found by the office, {_FIRM}.",
        lambda period: _found(period, kind=FindingKind.PRACTICE),
        unit="practices",
    ),
    Figure(
        "findings.challenges",
        f"Challenges found by the office, {_FIRM}.",
        lambda period: _found(period, kind=FindingKind.CHALLENGE),
        unit="challenges",
    ),
    Figure(
        "findings.states",
        f"States and Partners to which a recommendation of the office of the period, {_FIRM}, is addressed; each once.",
        _states,
        unit="States",
    ),
    Figure(
        "findings.replied",
        "Findings of the office to which a State replied; one with several replies counts once, by its last.",
        _replied,
        unit="findings",
    ),
    Figure(
        "findings.accepted",
        "Findings of the office to which the last reply, if of the period, accepts them, also in part.",
        lambda period: _replied(period, Position.ACCEPTED, Position.PARTLY),
        unit="findings",
    ),
    Figure(
        "findings.assessed",
        "Findings, each once, whose implementation was assessed for a day of the period.",
        lambda period: _dated(Assessment, "finding_id", period),
        unit="findings",
    ),
    Figure(
        "findings.implemented",
        "Findings of the office whose last assessment by the end of the period says largely or fully done.",
        lambda period: _standing(period, Progress.LARGELY, Progress.FULLY),
        unit="findings",
    ),
    Figure(
        "findings.followed_up",
        "Findings, each once, that came up again in a later meeting, visit or letter of the period.",
        lambda period: _dated(FollowUp, "finding_id", period),
        unit="findings",
    ),
    Figure(
        "findings.measures",
        "Measures of States, of the period, that answer a finding.",
        lambda period: _dated(Measure, "id", period, through=""),
        unit="measures",
    ),
    Figure("reports.published", "Annual reports published, each once.", _published, unit="reports"),
)
