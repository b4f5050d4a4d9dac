"""To record a finding and the versions of its text, up to publication."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from palermo.office import clock
from palermo.office.domain.acting import log
from palermo.office.domain.rights import allow, require
from palermo.office.models import Member
from palermo.partnership.domain.clearing import DESK, READERS, cleared_for
from palermo.partnership.domain.kept import own
from palermo.partnership.enums import Clearance, Standing
from palermo.partnership.enums.findings import FindingKind, SourceKind, TextStage, Urgency
from palermo.partnership.methods.chain import next_number, urgency_of
from palermo.partnership.models import BINDING, Event, Finding, FindingProvision, FindingText, Provision, Visit
from palermo.vocabulary.errors import Refusal
from palermo.vocabulary.states import load_states
from palermo.vocabulary.themes import theme_codes

READ = allow("partnership.read_findings", *READERS)
RECORD = allow("partnership.record_finding", *DESK)
WRITE = allow("partnership.write_finding_text", *DESK)
PUBLISH = allow("partnership.publish_finding", *DESK)

#: Languages in which texts exist here; the first six are the organisation's.
LANGUAGES = ("en", "fr", "de", "it", "ru", "es")
MOST_TEXT = 50_000


@dataclass(frozen=True)
class Source:
    """Where a finding comes from.

    Attributes:
        kind: of `SourceKind`.
        reference: which visit, meeting, survey or report.
        on: the day of it.
        body: another body whose finding it is; empty is the office itself.
        visit: the record of the visit, where there is one.
        event: the record of the conference, meeting or consultation.
    """

    kind: str
    on: dt.date
    reference: str = ""
    body: str = ""
    visit: Visit | None = None
    event: Event | None = None


@dataclass(frozen=True)
class Wording:
    """One language's text of a version."""

    language: str
    text: str
    standing: str = Standing.OFFICIAL


def read_findings(*, member: Member) -> None:
    """Read findings, their texts and what became of them, as far as their clearance goes."""
    require(member, READ)


@transaction.atomic
def record_finding(
    *,
    member: Member,
    kind: str,
    title: str,
    source: Source,
    state: str = "",
    themes: Iterable[str] = (),
    provisions: Iterable[Provision] = (),
    reference: str = "",
    urgency: str = "",
    addressee: str = "",
    deadline: dt.date | None = None,
    texts: Sequence[Wording] = (),
    stage: str = TextStage.DRAFT,
    clearance: str = Clearance.OFFICE,
    readers: Iterable[UUID] = (),
) -> Finding:
    """Record a promising practice, a challenge or a recommendation, of this office or of another body.

    Args:
        provisions: paragraphs of commitments that it rests on.
        reference: what people call it; the next free number of State and year if empty.
        urgency: of `Urgency`; read from the verb of title and texts if empty.
        stage: of the first version; what another body published may begin as published.
        clearance: a finding becomes public by `publish_finding`, or at once where it begins as published.
    """
    require(member, RECORD)
    _check(kind, title, source, state)
    if urgency and urgency not in Urgency.values:
        raise Refusal(f"“{urgency}” is no urgency", where="urgency", remedy=f"Use {', '.join(Urgency.values)}.")
    if deadline and deadline < source.on:
        raise Refusal("the deadline is before the finding", where="deadline", remedy="Look at both dates.")
    public = clearance == Clearance.PUBLIC
    kept = cleared_for(member=member, clearance=Clearance.OFFICE if public else clearance, readers=readers)
    finding = Finding(
        **kept,
        kind=kind,
        title=title.strip(),
        state=state,
        themes=theme_codes(themes),
        reference=reference.strip() or _next_reference(member, state, source.on.year),
        body=source.body.strip(),
        source_kind=source.kind,
        # Not the name of the visit or event: a finding may be read by those for whom its source is not.
        source_reference=source.reference.strip(),
        visit=source.visit,
        event=source.event,
        found_on=source.on,
        urgency=urgency or urgency_of(" ".join([title, *(one.text for one in texts)])),
        addressee=addressee.strip(),
        deadline=deadline,
    )
    if Finding.objects.filter(office=member.agency, reference=finding.reference).exists():
        raise Refusal(f"there is a finding {finding.reference}", where="reference", remedy="Choose another reference.")
    finding.save(force_insert=True)
    for provision in dict.fromkeys(provisions):
        FindingProvision(finding=finding, provision=provision).save(force_insert=True)
    if texts:
        write_finding_text(member=member, finding=finding, stage=stage, texts=texts, on=source.on, right=RECORD)
    if public:
        publish_finding(member=member, finding=finding)
    log(RECORD, object_id=finding.id, kind=kind, state=state)
    return finding


def _check(kind: str, title: str, source: Source, state: str) -> None:
    if kind not in FindingKind.values:
        raise Refusal(f"“{kind}” is no kind of finding", where="kind", remedy=f"Use {', '.join(FindingKind.values)}.")
    if source.kind not in SourceKind.values:
        raise Refusal(f"“{source.kind}” is no source", where="source", remedy=f"Use {', '.join(SourceKind.values)}.")
    if state and state not in load_states():
        raise Refusal(f"“{state}” is no State of the region", where="state", remedy="Use its ISO code, such as DK.")
    _check_visit(source, state)
    if len(title.strip()) < 10 or len(title.strip()) > 400:
        raise Refusal(
            "the sentence has less than 10 or more than 400 characters", where="title", remedy="Say it in one sentence."
        )


def _check_visit(source: Source, state: str) -> None:
    """A finding made on a visit is of that visit: its kind of source, its State, on or after its first day."""
    visit = source.visit
    if visit is None:
        return
    if source.kind != SourceKind.VISIT:
        raise Refusal("what a visit found comes from a visit", where="source", remedy="Choose “Visit”, or no visit.")
    if visit.status not in BINDING:
        raise Refusal("this visit is not confirmed", where="visit", remedy="Confirm it first, or choose no visit.")
    if state and state != visit.state:
        raise Refusal(
            f"the visit was to {visit.state_name}", where="state", remedy="Choose that State, or another visit."
        )
    if visit.starts and source.on < visit.starts:
        raise Refusal("the day is before the visit", where="found_on", remedy="Use a day of the visit, or later.")


def _next_reference(member: Member, state: str, year: int) -> str:
    """The first number of State and year that is free, e.g. DK-2017-03."""
    start = f"{state or 'ALL'}-{year}-"
    taken = Finding.objects.filter(office=member.agency, reference__startswith=start).values_list(
        "reference", flat=True
    )
    numbers = [int(last) for last in (one.removeprefix(start) for one in taken) if last.isascii() and last.isdigit()]
    return f"{start}{max(numbers, default=0) + 1:02}"


@transaction.atomic
def write_finding_text(
    *, member: Member, finding: Finding, stage: str, texts: Sequence[Wording], on: dt.date, right: str = WRITE
) -> int:
    """Add a version of a finding's text; the ones before it stay as they are.

    Args:
        stage: of `TextStage`; what may follow what is `methods.chain.MOVES`.
        texts: the version in each language in which it exists.

    Returns:
        The number of the version.
    """
    require(member, right)
    own(finding, member=member, verb=right)
    if not texts or not all(one.text.strip() for one in texts):
        raise Refusal("there is no text", where="text", remedy="Write it, or paste it.")
    for one in texts:
        if one.language not in LANGUAGES:
            raise Refusal(
                f"“{one.language}” is no language here", where="language", remedy=f"Use {', '.join(LANGUAGES)}."
            )
        if one.standing not in Standing.values or len(one.text) > MOST_TEXT:
            raise Refusal("the standing is unknown or the text too long", where="text", remedy="Shorten it.")
    Finding.objects.select_for_update(no_key=True).only("id").get(pk=finding.pk)
    number = next_number(list(finding.texts.values_list("number", "stage").distinct()), stage)
    for one in texts:
        FindingText(
            finding=finding,
            number=number,
            stage=stage,
            language=one.language,
            standing=one.standing,
            text=one.text.strip(),
            on=on,
            written_by=member.id,
            entered_at=clock.now(),
        ).save(force_insert=True)
    finding.refresh_from_db(fields=["stage"])
    log(WRITE, object_id=finding.pk, version=number, stage=stage)
    return number


@transaction.atomic
def publish_finding(*, member: Member, finding: Finding) -> None:
    """Let everybody read a finding: its final text becomes the published one, where it is not published yet."""
    require(member, PUBLISH)
    own(finding, member=member, verb=PUBLISH)
    if finding.stage == TextStage.FINAL:
        versions = list(finding.texts.order_by("-number"))
        texts = [Wording(one.language, one.text, one.standing) for one in versions if one.number == versions[0].number]
        today = clock.now().date()
        write_finding_text(
            member=member, finding=finding, stage=TextStage.PUBLISHED, texts=texts, on=today, right=PUBLISH
        )
    if finding.stage != TextStage.PUBLISHED:
        raise Refusal("the text is not final", where="stage", remedy="Add the final version first.")
    Finding.objects.filter(pk=finding.pk).update(clearance=Clearance.PUBLIC, readers=[])
    finding.clearance = Clearance.PUBLIC
    log(PUBLISH, object_id=finding.pk)
