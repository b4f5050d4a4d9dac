"""What is known of others' plans in a State: our own visits, those opened to us, free/busy, other bodies' steps."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import connection

from palermo.office.models import Member
from palermo.partnership.enums import Certainty, ExternalBody, VisitStatus
from palermo.partnership.formats.calendar_ics import Busy, runs
from palermo.partnership.formats.plan_rows import PRESENCES
from palermo.partnership.methods.deconfliction import PENDING_DAYS, THEME_DAYS, Alert, Plan, Stage, deconflict
from palermo.partnership.methods.spans import Span, monday_of
from palermo.partnership.models import ExternalStep, Initiative, Visit
from palermo.partnership.queries.calendar_sources import ABSENT_KINDS
from palermo.vocabulary.conventions import bound_by_convention

_LONGEST = dt.timedelta(days=90)
_VISIT_STAGES: dict[str, Stage] = {
    VisitStatus.DONE: Stage.REPORT_PENDING,
    VisitStatus.REPORTED: Stage.FOLLOW_UP_PENDING,
    VisitStatus.CONFIRMED: Stage.FIRM,
    VisitStatus.FOLLOWED_UP: Stage.OVER,
    VisitStatus.CLOSED: Stage.OVER,
}
_CERTAIN_STAGES = {Certainty.ANNOUNCED: Stage.FIRM, Certainty.DONE: Stage.OVER}


def warnings_for(
    *, member: Member, state: str, span: Span, themes: Sequence[str] = (), visit: UUID | None = None
) -> list[Alert]:
    """Warnings on a plan of the member's office. Four statements, whatever there is.

    Args:
        member: who plans; only what they may read is compared, and of the rest free/busy.
        state: where.
        span: when.
        themes: codes.
        visit: the visit itself, where it is recorded already.
    """
    plan = Plan(
        source=f"visit:{visit}" if visit else "",
        state=state,
        span=span,
        body=member.agency.name,
        title="",
        stage=Stage.OPEN,
        themes=frozenset(themes),
        own=True,
    )
    seen, weeks_told = _visits(member, state, span)
    others = [*seen, *_steps(state, span), *_initiatives(state, span), *_busy(member, state, span, weeks_told)]
    return deconflict(plan, others, party=bound_by_convention)


def _window(span: Span) -> tuple[dt.date, dt.date]:
    return span.first - dt.timedelta(days=PENDING_DAYS) - _LONGEST, span.last + dt.timedelta(days=THEME_DAYS)


def _visits(member: Member, state: str, span: Span) -> tuple[list[Plan], set[tuple[str, dt.date]]]:
    since, until = _window(span)
    found: Iterable[Any] = (
        Visit.objects.filter(state=state, starts__gte=since, starts__lte=until)
        .exclude(status__in=(VisitStatus.CANCELLED, VisitStatus.IDEA))
        .values_list("pk", "starts", "ends", "title", "status", "themes", "office_id", "office__name")
    )
    plans, told = [], set()
    for pk, first, last, title, status, themes, office, name in found:
        days = Span(first, last)
        monday = monday_of(first)
        while monday <= last:
            told.add((name, monday))
            monday += dt.timedelta(days=7)
        plans.append(
            Plan(
                source=f"visit:{pk}",
                state=state,
                span=days,
                body=name,
                title=title,
                stage=_VISIT_STAGES.get(status, Stage.OPEN),
                themes=frozenset(themes),
                own=office == member.agency_id,
            )
        )
    return plans, told


def _steps(state: str, span: Span) -> list[Plan]:
    since, until = _window(span)
    found = (
        ExternalStep.objects.filter(state=state, starts__gte=since, starts__lte=until)
        .exclude(certainty=Certainty.CANCELLED)
        .select_related("cycle")
    )
    return [
        Plan(
            source=f"step:{step.pk}",
            state=state,
            span=step.span,
            body=str(step.cycle),
            title=str(step.get_step_display()).lower(),
            stage=_step_stage(step),
            presence=step.step in PRESENCES,
            themes=frozenset(step.themes),
            greta=step.cycle.body == ExternalBody.GRETA,
            certainty=step.certainty,
            told=step.told,
        )
        for step in found
    ]


def _step_stage(step: ExternalStep) -> Stage:
    """A visit that was done waits for its report; a report that was published, for its follow-up."""
    if step.certainty == Certainty.DONE and step.step in PRESENCES:
        return Stage.REPORT_PENDING
    if step.certainty == Certainty.DONE and step.step == "report_published":
        return Stage.FOLLOW_UP_PENDING
    return _CERTAIN_STAGES.get(Certainty(step.certainty), Stage.OPEN)


def _initiatives(state: str, span: Span) -> list[Plan]:
    since, until = _window(span)
    found = Initiative.objects.filter(states__contains=[state], starts__gte=since, starts__lte=until).exclude(
        certainty=Certainty.CANCELLED
    )
    return [
        Plan(
            source=f"initiative:{one.pk}",
            state=state,
            span=one.span,
            body=one.structure,
            title=one.title,
            stage=_CERTAIN_STAGES.get(Certainty(one.certainty), Stage.OPEN),
            presence=one.kind not in ABSENT_KINDS,
            themes=frozenset(one.themes),
            certainty=one.certainty,
        )
        for one in found
    ]


def _busy(member: Member, state: str, span: Span, told: set[tuple[str, dt.date]]) -> list[Plan]:
    around = Span(span.first - _LONGEST - dt.timedelta(days=7), span.last + _LONGEST + dt.timedelta(days=7))
    mondays: dict[str, list[dt.date]] = defaultdict(list)
    for one in free_busy(span=around, state=state):
        if one.organisation != member.agency.name and (one.organisation, one.week) not in told:
            mondays[one.organisation].append(one.week)
    return [
        Plan("", state, run, organisation, "in the State (known by the week)", Stage.OPEN)
        for organisation, weeks in sorted(mondays.items())
        for run in runs(sorted(weeks))
    ]


def free_busy(*, span: Span, state: str = "") -> list[Busy]:
    """Who is in which State in which week: all that offices learn of each other's visits. One statement.

    Args:
        span: at most two years; of a longer one the database tells its beginning only.
        state: narrow to one.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT in_state, week, organisation FROM partnership_free_busy(%s, %s, %s)",
            [state, f"{span.first}T00:00:00Z", f"{span.after}T00:00:00Z"],
        )
        return [Busy(*row) for row in cursor.fetchall()]
