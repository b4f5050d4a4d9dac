"""Questions about findings. Each asks a fixed number of times; who asks sees what they are cleared for."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Case, Count, Prefetch, Q, QuerySet, When

from palermo.partnership.enums.findings import FindingKind, TextStage
from palermo.partnership.models import (
    Assessment,
    Finding,
    FindingLink,
    FindingText,
    FollowUp,
    Measure,
    Provision,
    Reply,
)

#: The longest lists of one page.
MOST = 200
#: Stages in which the office stands by a finding.
FIRM = (TextStage.FINAL, TextStage.PUBLISHED)


def work_list(
    *, state: str = "", theme: str = "", kind: str = "", status: str = "", body: str = "", words: str = ""
) -> QuerySet[Finding]:
    """Findings, newest first, narrowed; `status` "none" are those never assessed, `body` "own" the office's."""
    found = Finding.objects.all()
    if state:
        found = found.filter(state=state)
    if theme:
        found = found.filter(themes__contains=[theme])
    if kind:
        found = found.filter(kind=kind)
    if status:
        found = found.filter(status="" if status == "none" else status)
    if body:
        found = found.filter(body="") if body == "own" else found.exclude(body="")
    if words:
        found = found.filter(Q(title__icontains=words) | Q(reference__istartswith=words))
    return found


@dataclass(frozen=True)
class Chain:
    """A finding with all that became of it."""

    finding: Finding
    texts: list[FindingText]
    replies: list[Reply]
    measures: list[Measure]
    assessments: list[Assessment]
    follow_ups: list[FollowUp]
    links: list[FindingLink]
    linked_from: list[FindingLink]
    provisions: list[Provision]


def chain_of(pk: UUID) -> Chain:
    """A finding by its id with its chain: nine statements.

    Raises:
        Finding.DoesNotExist: there is none, or it is not for whoever asks.
    """
    finding = Finding.objects.prefetch_related(
        "texts",
        "replies",
        "assessments",
        "follow_ups",
        Prefetch("provisions", Provision.objects.select_related("instrument")),
        Prefetch("measures", Measure.objects.order_by("-on")),
        Prefetch("links", FindingLink.objects.select_related("other")),
        Prefetch("linked_from", FindingLink.objects.select_related("finding")),
    ).get(pk=pk)
    return Chain(
        finding,
        list(finding.texts.all()),
        list(finding.replies.all()),
        list(finding.measures.all()),
        list(finding.assessments.all()),
        list(finding.follow_ups.all()),
        list(finding.links.all()),
        list(finding.linked_from.all()),
        list(finding.provisions.all()),
    )


def said_to(state: str, theme: str = "") -> dict[str, dict[str, list[Finding]]]:
    """Convergence: theme → body → what it recommends to or finds challenging in one State, newest first.

    What an office found itself stands under the office's name. One statement.
    """
    found = work_list(state=state, theme=theme).exclude(kind=FindingKind.PRACTICE).select_related("office")[: MOST * 5]
    by_theme: dict[str, dict[str, list[Finding]]] = {}
    for one in found:
        for code in [theme] if theme else one.themes:
            by_theme.setdefault(code, {}).setdefault(one.body or one.office.name, []).append(one)
    return by_theme


def converging(by_theme: dict[str, dict[str, list[Finding]]]) -> list[str]:
    """Themes on which more than one body speaks to the State, those with most bodies first."""
    return sorted(
        (code for code, bodies in by_theme.items() if len(bodies) > 1), key=lambda code: (-len(by_theme[code]), code)
    )


def practices_for(finding: Finding, *, most: int = 10) -> list[Finding]:
    """Promising practices of other States on a theme of the recommendation, newest first: what may be offered."""
    if finding.kind != FindingKind.RECOMMENDATION or not finding.themes:
        return []
    found = Finding.objects.filter(kind=FindingKind.PRACTICE, themes__overlap=finding.themes, stage__in=FIRM)
    return list(found.exclude(state=finding.state)[:most])


def offers_to(state: str, *, most: int = MOST) -> list[tuple[Finding, list[Finding]]]:
    """Open recommendations to a State, each with promising practices of others on its themes. Two statements."""
    recommendations = list(
        Finding.objects.filter(state=state, kind=FindingKind.RECOMMENDATION).exclude(status__in=("fully", "overtaken"))[
            :most
        ]
    )
    themes = sorted({code for one in recommendations for code in one.themes})
    practices = list(
        Finding.objects.filter(kind=FindingKind.PRACTICE, themes__overlap=themes, stage__in=FIRM).exclude(state=state)[
            :most
        ]
    )
    offered = [(one, [p for p in practices if set(p.themes) & set(one.themes)]) for one in recommendations]
    return [(one, found) for one, found in offered if found]


@dataclass(frozen=True)
class StateSummary:
    """What stands with one State."""

    by_status: dict[str, int]
    practices: int
    challenges: int
    newest: list[Finding]


def summary_of(state: str, *, newest: int = 8) -> StateSummary:
    """Recommendations to a State by status, and the newest findings. Two statements."""
    counts = list(Finding.objects.filter(state=state).order_by().values_list("kind", "status").annotate(Count("id")))
    by_status: dict[str, int] = {}
    for kind, status, count in counts:
        if kind == FindingKind.RECOMMENDATION:
            by_status[status] = by_status.get(status, 0) + count
    return StateSummary(
        by_status,
        sum(count for kind, _, count in counts if kind == FindingKind.PRACTICE),
        sum(count for kind, _, count in counts if kind == FindingKind.CHALLENGE),
        list(Finding.objects.filter(state=state)[:newest]),
    )


def with_texts(findings: Iterable[Finding], language: str, *, stage: str = "") -> dict[UUID, str]:
    """The last text of each finding (of a stage) in a language, else in English, else in any. One statement."""
    rank = Case(When(language=language, then=2), When(language="en", then=1), default=0)
    texts = FindingText.objects.filter(finding__in=list(findings), **({"stage": stage} if stage else {}))
    best = texts.order_by("finding_id", rank.desc(), "-number").distinct("finding_id")
    return dict(best.values_list("finding_id", "text"))
