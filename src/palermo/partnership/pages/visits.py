"""Visits: the list, one visit with its course, and who is where in which week."""

import datetime as dt
from typing import Any
from uuid import UUID

import django_tables2 as tables
from django import forms
from django.apps import apps
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from palermo.office import clock
from palermo.office.domain.rights import may
from palermo.office.pages.doors import reads
from palermo.partnership.domain.findings import READ as READ_FINDINGS
from palermo.partnership.domain.findings import RECORD
from palermo.partnership.domain.reports import READ as READ_REPORTS
from palermo.partnership.domain.visits import CHANGE, MOVES, OPEN, PLAN, READ, read_visits
from palermo.partnership.enums import TeamRole, VisitStatus
from palermo.partnership.methods.spans import Span
from palermo.partnership.models import BINDING, TOOK_PLACE, Finding, Visit
from palermo.partnership.pages.fields import state_choices
from palermo.partnership.pages.findings import status_badge
from palermo.partnership.pages.visit_looks import STATUS, alerts_of, alerts_on_team, theme_labels
from palermo.partnership.queries.neighbours import free_busy, warnings_for
from palermo.partnership.queries.told import told_of
from palermo.ui.components.layout import link
from palermo.ui.tables import BadgeColumn, MainColumn, WorkTable
from palermo.vocabulary.states import load_states
from palermo.vocabulary.themes import load_themes

PER_PAGE = 25
COURSE = (
    VisitStatus.IDEA,
    VisitStatus.PLANNED,
    VisitStatus.AGREED,
    VisitStatus.CONFIRMED,
    VisitStatus.DONE,
    VisitStatus.REPORTED,
    VisitStatus.FOLLOWED_UP,
)


class Narrow(forms.Form):
    state = forms.ChoiceField(label=_("State"), required=False, choices=lambda: [("", _("all")), *state_choices()])
    status = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[("", _("all but ended")), ("all", _("all")), *VisitStatus.choices],
    )
    theme = forms.ChoiceField(
        label=_("Theme"),
        required=False,
        choices=lambda: [("", _("all")), *((code, theme.label) for code, theme in load_themes().items())],
    )


class Visits(WorkTable):
    title = MainColumn(verbose_name=_("Visit"), linkify=("partnership:visit", {"pk": tables.A("pk")}))
    state = tables.Column(verbose_name=_("State"))
    starts = tables.Column(verbose_name=_("Days"), default=_("not set"))
    status = BadgeColumn(STATUS, verbose_name=_("Status"))
    themes = tables.Column(verbose_name=_("Themes"), orderable=False)
    office = tables.Column(verbose_name=_("Office"), accessor="office__name")

    caption = _("Visits")
    empty_help = _("Plan one: you see at once who else is there, and when.")

    class Meta(WorkTable.Meta):
        attrs = {"class": "work"}

    def render_state(self, value: str) -> str:
        return load_states()[value].name

    def render_starts(self, record: Visit) -> str:
        return str(record.span)

    def render_themes(self, value: list[str]) -> str:
        return ", ".join(theme_labels(value)) or "–"


@reads(READ)
def visit_list(request: HttpRequest) -> HttpResponse:
    form = Narrow(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    found = read_visits(member=request.user).order_by("-starts", "title", "pk")
    if asked.get("state"):
        found = found.filter(state=asked["state"])
    if not asked.get("status"):
        found = found.exclude(status__in=(VisitStatus.CLOSED, VisitStatus.CANCELLED))
    elif asked["status"] != "all":
        found = found.filter(status=asked["status"])
    if asked.get("theme"):
        found = found.filter(themes__contains=[asked["theme"]])
    table = Visits(found, empty_text=_("No visit here yet"))
    tables.RequestConfig(request, paginate={"per_page": PER_PAGE, "silent": True}).configure(table)
    context = {
        "table": table,
        "form": form,
        "found": table.paginator.count,
        "may_plan": may(request.user, PLAN),
    }
    return render(request, "partnership/visits.html", context)


def moves_of(visit: Visit, member: Any) -> list[tuple[str, str]]:
    """Slugs and words of the moves that are open to the member now."""
    from palermo.partnership.pages.visit_moves import MOVE_SHEETS  # noqa: PLC0415 -- it leads back here

    if visit.office_id != member.agency_id:
        return []
    return [
        (slug, sheet.title)
        for slug, sheet in MOVE_SHEETS.items()
        if visit.status in MOVES[sheet.verb][0] and may(member, sheet.verb)
    ]


def history_of(visit: Visit) -> list[dict[str, Any]]:
    """Changes of status, the newest first, from the history that triggers keep."""
    events = apps.get_model("partnership", "VisitEvent").objects.filter(pgh_obj_id=visit.pk).order_by("pgh_id")
    found: list[dict[str, Any]] = []
    before = ""
    for event in events:
        if event.status != before:
            tone = STATUS.get(event.status, "neutral")
            title = VisitStatus(event.status).label
            found.append({"title": title, "when": event.pgh_created_at, "tone": tone, "text": event.ending})
            before = event.status
    return found[::-1]


@reads(READ)
def visit_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    visit = get_object_or_404(read_visits(member=request.user).select_related("office", "follows"), pk=pk)
    own = visit.office_id == request.user.agency_id
    span = visit.span if own and visit.status in OPEN else None
    at = COURSE.index(visit.status) + 1 if visit.status in COURSE else len(COURSE) + 1
    context = {
        "visit": visit,
        "own": own,
        "crumbs": ((_("Visits"), reverse("partnership:visits")),),
        "steps": [status.label for status in COURSE],
        "at": at if visit.status != VisitStatus.CANCELLED else 1,
        "moves": moves_of(visit, request.user),
        "may_change": own and may(request.user, CHANGE),
        "facts": _facts(visit),
        "team": sorted(visit.team.all(), key=lambda person: (TeamRole.values.index(person.role), person.name)),
        "interlocutors": visit.interlocutors.all(),
        "alerts": _alerts(visit, span, request.user) if span else [],
        "compared": span is not None,
        "history": history_of(visit),
        **_outcome(visit, request.user, own=own),
    }
    return render(request, "partnership/visit.html", context)


def _alerts(visit: Visit, span: Span, member: Any) -> list[dict[str, Any]]:
    """Who of the team is elsewhere on these days, and who else is there."""
    found = warnings_for(member=member, state=visit.state, span=span, themes=visit.themes, visit=visit.pk)
    return [*alerts_on_team(visit, span), *alerts_of(found)]


def _outcome(visit: Visit, member: Any, *, own: bool) -> dict[str, Any]:
    """What a visit found, as far as the reader is cleared for it, and the sentences of reports that count it."""
    found = Finding.objects.filter(visit=visit).order_by("kind", "reference") if may(member, READ_FINDINGS) else []
    counts = visit.status in TOOK_PLACE and may(member, READ_REPORTS)
    return {
        "findings": [(one, status_badge(one)) for one in found],
        "may_record": own and visit.status in BINDING and may(member, RECORD),
        "told": told_of(visit.pk, room="partnership") if counts else [],
    }


def _facts(visit: Visit) -> list[tuple[Any, ...]]:
    facts: list[tuple[Any, ...]] = [
        (_("State"), visit.state_name),
        (_("Days"), str(visit.span) if visit.span else _("not set")),
        (_("Office"), visit.office.name),
        (_("Themes"), ", ".join(theme_labels(visit.themes)) or "–"),
        (_("Jointly with"), visit.jointly_with or _("nobody")),
        (_("Invitation"), visit.invitation or None, visit.invited_on or ""),
        (_("Who may read it"), visit.get_clearance_display()),
    ]
    if visit.follows:
        before = link(reverse("partnership:visit", args=[visit.follows_id]), visit.follows)
        facts.append((_("Follows up"), before))
    if visit.report_due and not visit.reported_on:
        facts.append((_("Report due"), visit.report_due))
    if visit.reported_on:
        facts.append((_("Report"), visit.report, visit.reported_on))
    if visit.ending:
        facts.append((_("Why it ended"), visit.ending))
    return facts


class Weeks(forms.Form):
    state = forms.ChoiceField(label=_("State"), required=False, choices=lambda: [("", _("all")), *state_choices()])


@reads(READ)
def busy(request: HttpRequest) -> HttpResponse:
    """Who is where in which week, of all offices: State, week, organisation, nothing else."""
    form = Weeks(request.GET or None)
    state = form.cleaned_data["state"] if form.is_valid() else ""
    today = clock.now().date()
    told = free_busy(span=Span(today - dt.timedelta(days=7), today + dt.timedelta(days=365)), state=state)
    names = load_states()
    rows = [(names[one.state].name, f"{one.week:%d.%m.%Y}", f"{one.week:%G-W%V}", one.organisation) for one in told]
    context = {
        "form": form,
        "rows": rows,
        "columns": (_("State"), _("Week from Monday"), _("Week"), _("Organisation")),
        "crumbs": ((_("Visits"), reverse("partnership:visits")),),
    }
    return render(request, "partnership/busy.html", context)
