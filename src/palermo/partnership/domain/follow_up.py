"""What becomes of a finding: the State's reply, its measures, our assessments, later meetings, other findings."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from palermo.office import clock
from palermo.office.domain.acting import log
from palermo.office.domain.rights import allow, require
from palermo.office.models import Member
from palermo.partnership.domain.clearing import DESK, cleared_for
from palermo.partnership.domain.kept import own
from palermo.partnership.enums import Clearance
from palermo.partnership.enums.findings import FindingKind, LinkKind, MeasureKind, Position, Progress
from palermo.partnership.models import (
    Assessment,
    Finding,
    FindingLink,
    FollowUp,
    Measure,
    MeasureFinding,
    Reply,
)
from palermo.vocabulary.errors import Refusal

REPLY = allow("partnership.record_reply", *DESK)
MEASURE = allow("partnership.record_measure", *DESK)
ASSESS = allow("partnership.assess_finding", *DESK)
FOLLOW = allow("partnership.follow_up_finding", *DESK)
LINK = allow("partnership.link_findings", *DESK)


def _known(value: str, choices: Sequence[str], where: str) -> None:
    if value not in choices:
        raise Refusal(f"“{value}” is not on the list", where=where, remedy=f"Use {', '.join(choices)}.")


def _said(text: str, where: str, least: int = 5) -> str:
    if len(text.strip()) < least:
        raise Refusal("this is not said yet", where=where, remedy="One sentence is enough.")
    return text.strip()


def _past(on: dt.date, *, since: dt.date | None = None) -> dt.date:
    if on > clock.now().date():
        raise Refusal("the day is still to come", where="on", remedy="Write it down when it has happened.")
    if since and on < since:
        raise Refusal(f"the day is before the finding ({since})", where="on", remedy="Look at both dates.")
    return on


@transaction.atomic
def record_reply(
    *, member: Member, finding: Finding, position: str, on: dt.date, document: str, text: str = ""
) -> Reply:
    """Record what the State answered. Its word that all is done changes no assessment."""
    require(member, REPLY)
    own(finding, member=member, verb=REPLY)
    _known(position, Position.values, "position")
    reply = Reply(
        finding=finding,
        position=position,
        on=_past(on, since=finding.found_on),
        document=_said(document, "document"),
        text=text.strip(),
        written_by=member.id,
        entered_at=clock.now(),
    )
    reply.save(force_insert=True)
    log(REPLY, object_id=finding.pk, position=position)
    return reply


@transaction.atomic
def record_measure(
    *,
    member: Member,
    state: str,
    kind: str,
    title: str,
    on: dt.date,
    findings: Sequence[Finding],
    document: str = "",
    clearance: str = Clearance.OFFICE,
) -> Measure:
    """Record what a State did, once, with every finding that it answers."""
    require(member, MEASURE)
    for one in findings:
        own(one, member=member, verb=MEASURE)
    _known(kind, MeasureKind.values, "kind")
    others = sorted({one.state for one in findings if one.state and one.state != state})
    if not findings or others:
        raise Refusal(
            "a measure answers findings to the same State", where="findings", remedy="Choose findings of that State."
        )
    measure = Measure(
        **cleared_for(member=member, clearance=clearance),
        state=state,
        kind=kind,
        title=_said(title, "title", 10),
        on=_past(on),
        document=document.strip(),
    )
    measure.save(force_insert=True)
    for one in dict.fromkeys(findings):
        MeasureFinding(measure=measure, finding=one).save(force_insert=True)
    log(MEASURE, object_id=measure.id, state=state, findings=len(findings))
    return measure


@transaction.atomic
def assess_finding(
    *, member: Member, finding: Finding, status: str, on: dt.date, reason: str, evidence: str
) -> Assessment:
    """Assess where implementation stood on a day. The status of the finding is that of the last day assessed."""
    require(member, ASSESS)
    own(finding, member=member, verb=ASSESS)
    _known(status, Progress.values, "status")
    if finding.kind == FindingKind.PRACTICE:
        raise Refusal("a promising practice is not implemented", where="finding", remedy="Assess a recommendation.")
    assessment = Assessment(
        finding=finding,
        status=status,
        on=_past(on, since=finding.found_on),
        reason=_said(reason, "reason", 10),
        evidence=_said(evidence, "evidence"),
        written_by=member.id,
        entered_at=clock.now(),
    )
    assessment.save(force_insert=True)
    finding.refresh_from_db(fields=["status"])
    log(ASSESS, object_id=finding.pk, status=status)
    return assessment


@transaction.atomic
def follow_up_finding(*, member: Member, finding: Finding, on: dt.date, occasion: str, what: str) -> FollowUp:
    """Record a later meeting, visit or letter in which a finding came up again."""
    require(member, FOLLOW)
    own(finding, member=member, verb=FOLLOW)
    follow_up = FollowUp(
        finding=finding,
        on=_past(on, since=finding.found_on),
        occasion=_said(occasion, "occasion"),
        what=_said(what, "what"),
        written_by=member.id,
        entered_at=clock.now(),
    )
    follow_up.save(force_insert=True)
    log(FOLLOW, object_id=finding.pk)
    return follow_up


@transaction.atomic
def link_findings(*, member: Member, finding: Finding, other: Finding, kind: str, note: str = "") -> FindingLink:
    """Say how a finding stands to another, also of another body; a practice is offered for a recommendation."""
    require(member, LINK)
    own(finding, member=member, verb=LINK)
    _known(kind, LinkKind.values, "kind")
    if finding.pk == other.pk:
        raise Refusal("this is the same finding", where="other", remedy="Choose another one.")
    kinds = (finding.kind, other.kind)
    if kind == LinkKind.OFFERED and kinds != (FindingKind.PRACTICE, FindingKind.RECOMMENDATION):
        raise Refusal("a practice is offered for a recommendation", where="kind", remedy="Begin at the practice.")
    if FindingLink.objects.filter(finding=finding, other=other, kind=kind).exists():
        raise Refusal("this link is there", where="other", remedy="Nothing is to be done.")
    link = FindingLink(
        finding=finding, other=other, kind=kind, note=note.strip(), on=clock.now().date(), written_by=member.id
    )
    link.save(force_insert=True)
    log(LINK, object_id=finding.pk, other=str(other.pk), kind=kind)
    return link
