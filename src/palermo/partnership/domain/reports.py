"""To write the annual report, to freeze its figures, to publish it."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from palermo.office import clock
from palermo.office.domain.acting import log
from palermo.office.domain.rights import allow, require
from palermo.office.models import Member
from palermo.partnership.domain.clearing import DESK, READERS, cleared_for
from palermo.partnership.domain.figures import frozen
from palermo.partnership.enums import Clearance
from palermo.partnership.enums.findings import ReportStage
from palermo.partnership.formats.report_words import words_of
from palermo.partnership.methods.markup import parse
from palermo.partnership.models import IssueFigure, Report, ReportIssue, ReportText
from palermo.partnership.queries.figures import Value, year_of
from palermo.partnership.queries.report_document import (
    default_text,
    digest_of_document,
    document_of,
    gather,
)
from palermo.vocabulary.errors import Refusal

READ = allow("partnership.read_reports", *READERS)
WRITE = allow("partnership.write_report", *DESK)
FREEZE = allow("partnership.freeze_report", *DESK)
PUBLISH = allow("partnership.publish_report", *DESK)


@dataclass(frozen=True)
class Drawn:
    """A report's document data, the figures in it, and the moment that it is of."""

    content: dict[str, Any]
    values: list[Value]
    moment: dt.datetime
    frozen: bool


def read_reports(*, member: Member) -> None:
    """Read reports and the figures of all rooms, as far as the pass goes."""
    require(member, READ)


@transaction.atomic
def write_report(*, member: Member, year: int, language: str, text: str = "", title: str = "") -> Report:
    """Begin a year's report in a language, or add a version of its text; the versions before it stay.

    Args:
        text: in the markup of `methods.markup`; a text that calls every figure if empty and none is there.
    """
    require(member, WRITE)
    year_of(year)
    words = words_of(language)
    said = text.replace("\r\n", "\n").strip() or default_text(language)
    parse(said)
    report = Report.objects.filter(office=member.agency, year=year, language=language).first()
    if report is None:
        report = Report(
            **cleared_for(member=member),
            year=year,
            language=language,
            title=title.strip() or words.say("title", year=year),
        )
        report.save(force_insert=True)
    elif title.strip() and title.strip() != report.title:
        report.title = title.strip()
        report.save(update_fields=["title"])
    last = report.texts.first()
    if last is None or last.text != said:
        ReportText(
            report=report,
            number=last.number + 1 if last else 1,
            text=said,
            written_by=member.id,
            entered_at=clock.now(),
        ).save(force_insert=True)
    log(WRITE, object_id=report.pk, year=year)
    return report


def draft_report(*, member: Member, year: int, language: str, step: Callable[[str], None] = lambda _: None) -> Drawn:
    """A year's report with its figures as they are counted now: of its last text, else of one that calls every figure.

    Args:
        step: told the name of each figure before it is counted.
    """
    require(member, READ)
    report = Report.objects.filter(office=member.agency, year=year, language=language).first()
    last = report.texts.first() if report else None
    text = last.text if last else default_text(language)
    title = report.title if report else words_of(language).say("title", year=year)
    return _drawn(member, year, language, title, text, step, at=None)


def _drawn(
    member: Member,
    year: int,
    language: str,
    title: str,
    text: str,
    step: Callable[[str], None],
    *,
    at: dt.datetime | None,
) -> Drawn:
    blocks = parse(text)
    gathered = gather(blocks, year, step=step)
    now = at or clock.now()
    content = document_of(
        blocks,
        gathered,
        language=language,
        title=title,
        author=member.agency.name,
        frozen=at,
        today=now.date(),
    )
    # A draft is dated by its day, so that the same records give the same bytes all day long.
    moment = at or dt.datetime.combine(now.date(), dt.time(), dt.UTC)
    return Drawn(content, list(gathered.values.values()), moment, at is not None)


@transaction.atomic
def freeze_report(*, member: Member, report: Report, step: Callable[[str], None] = lambda _: None) -> ReportIssue:
    """Freeze every figure of a report's last text with what was counted, and issue the report with them."""
    require(member, FREEZE)
    if report.office_id != member.agency_id:
        raise Refusal("this is another office's report", where="report", remedy="Ask that office.")
    Report.objects.select_for_update(no_key=True).only("id").get(pk=report.pk)
    text = report.texts.first()
    if text is None:
        raise Refusal("the report has no text", where="report", remedy="Write it first.")
    at = clock.now()
    drawn = _drawn(member, report.year, report.language, report.title, text.text, step, at=at)
    before = report.issues.first()
    issue = ReportIssue(
        report=report,
        number=before.number + 1 if before else 1,
        text=text,
        content=drawn.content,
        digest=digest_of_document(drawn.content),
        frozen_at=at,
        frozen_by=member.id,
    )
    issue.save(force_insert=True)
    kept = frozen(drawn.values, member=member, at=at)
    IssueFigure.objects.bulk_create(
        IssueFigure(issue=issue, figure=one, called=f"{one.name}@{one.period_start.year}") for one in kept
    )
    if report.stage == ReportStage.DRAFT:
        report.stage = ReportStage.FROZEN
        report.save(update_fields=["stage"])
    log(FREEZE, object_id=report.pk, issue=issue.number, figures=len(kept))
    return issue


@transaction.atomic
def publish_report(*, member: Member, report: Report) -> ReportIssue:
    """Let everybody read the last issue of a report, also without an account."""
    require(member, PUBLISH)
    issue = report.issues.first()
    if issue is None:
        raise Refusal("the figures are not frozen", where="report", remedy="Freeze the report first.")
    if issue.published_at is None:
        issue.published_at = clock.now()
        issue.save(update_fields=["published_at"])
    report.stage, report.clearance, report.readers = ReportStage.PUBLISHED, Clearance.PUBLIC, []
    report.save(update_fields=["stage", "clearance", "readers"])
    log(PUBLISH, object_id=report.pk, issue=issue.number)
    return issue
