"""Findings: the list, and the chain of one on its page."""

from typing import Any
from uuid import UUID

import django_tables2 as tables
from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from palermo.office.domain.rights import may
from palermo.office.pages.doors import reads
from palermo.partnership.domain.finding_files import export_findings
from palermo.partnership.domain.findings import PUBLISH, READ, RECORD
from palermo.partnership.domain.reports import READ as READ_REPORTS
from palermo.partnership.enums import Clearance
from palermo.partnership.enums.findings import FindingKind, Progress, TextStage
from palermo.partnership.models import Event, Finding, Visit
from palermo.partnership.pages import tones_findings as tones
from palermo.partnership.pages.fields import theme_choices as by_label
from palermo.partnership.queries.findings import chain_of, practices_for, work_list
from palermo.partnership.queries.told import told_of
from palermo.ui.components.status import badge
from palermo.ui.tables import BadgeColumn, MainColumn, WorkTable
from palermo.vocabulary.states import load_states
from palermo.vocabulary.themes import load_themes

PER_PAGE = 25
MOST_EXPORTED = 20_000
ALL = _("all")


def state_choices(empty: Any = ALL) -> list[tuple[str, Any]]:
    """States and Partners by name, for a field."""
    return [("", empty), *sorted(((code, state.name) for code, state in load_states().items()), key=lambda one: one[1])]


def theme_choices(empty: Any = ALL) -> list[tuple[str, Any]]:
    """Themes by label, for a field."""
    return [("", empty), *by_label()]


def state_name(code: str) -> Any:
    """The name of a State, or words where there is none."""
    states = load_states()
    return states[code].name if code in states else code or _("no State in particular")


class Narrow(forms.Form):
    """What narrows the list."""

    state = forms.ChoiceField(label=_("State"), required=False, choices=state_choices)
    theme = forms.ChoiceField(label=_("Theme"), required=False, choices=theme_choices)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("all")), *FindingKind.choices])
    status = forms.ChoiceField(
        label=_("Status"), required=False, choices=[("", _("all")), ("none", _("not assessed")), *Progress.choices]
    )
    body = forms.ChoiceField(
        label=_("Of"),
        required=False,
        choices=[("", _("all")), ("own", _("offices here")), ("other", _("other bodies"))],
    )
    words = forms.CharField(label=_("Words or reference"), required=False, max_length=100)


class Findings(WorkTable):
    """Findings, newest first."""

    reference = MainColumn(verbose_name=_("Reference"), linkify=("partnership:finding", {"pk": tables.A("pk")}))
    title = tables.Column(verbose_name=_("In one sentence"), orderable=False)
    state = tables.Column(verbose_name=_("State"), empty_values=())
    kind = BadgeColumn(tones.KIND, verbose_name=_("Kind"))
    stage = BadgeColumn(tones.STAGE, verbose_name=_("Text"))
    status = tables.Column(verbose_name=_("Status"), empty_values=())
    found_on = tables.DateColumn(verbose_name=_("Of"))

    caption = _("Findings")
    empty_text = _("No finding here")
    empty_help = _("Record what a visit, a meeting or a survey found, or what another body recommended.")

    class Meta(WorkTable.Meta):
        attrs = {"class": "work"}

    def render_state(self, record: Finding) -> Any:
        return state_name(record.state)

    def render_status(self, record: Finding) -> Any:
        return status_badge(record)


def status_badge(finding: Finding) -> Any:
    """Where implementation stands, or that nobody assessed it; a practice has no status."""
    if finding.kind == FindingKind.PRACTICE:
        return ""
    return badge(
        finding.get_status_display() if finding.status else _("Not assessed"),
        tones.STATUS.get(finding.status, "neutral"),
    )


@reads(READ)
def finding_list(request: HttpRequest) -> HttpResponse:
    form = Narrow(request.GET or None)
    found = work_list(**form.cleaned_data) if form.is_valid() else work_list()
    if request.GET.get("format") == "csv":
        data = export_findings(member=request.user, findings=list(found[:MOST_EXPORTED]))
        headers = {"Content-Disposition": 'attachment; filename="findings.csv"'}
        return HttpResponse(data, content_type="text/csv; charset=utf-8", headers=headers)
    table = Findings(found)
    tables.RequestConfig(request, paginate={"per_page": PER_PAGE, "silent": True}).configure(table)
    query = request.GET.copy()
    query["format"] = "csv"
    context = {
        "table": table,
        "form": form,
        "found": table.paginator.count,
        "may_record": may(request.user, RECORD),
        "csv": f"?{query.urlencode()}",
    }
    return render(request, "partnership/finding_list.html", context)


@reads(READ)
def finding_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One finding with all that became of it."""
    try:
        chain = chain_of(pk)
    except Finding.DoesNotExist as error:
        raise Http404 from error
    finding = chain.finding
    writes = may(request.user, RECORD) and finding.office_id == request.user.agency_id
    themes = load_themes()
    facts = [
        (_("State"), state_name(finding.state)),
        (_("Of"), finding.body or finding.office.name),
        (_("Source"), f"{finding.get_source_kind_display()}: {finding.source_reference}".rstrip(": ")),
        *([(_("Record of it"), record)] if (record := _record(finding)) else []),
        (_("Day"), finding.found_on),
        (_("Urgency"), badge(finding.get_urgency_display(), tones.URGENCY.get(finding.urgency, "neutral"))),
        (_("Addressed to"), finding.addressee or None),
        (_("Deadline"), finding.deadline),
        (_("Themes"), ", ".join(themes[code].label for code in finding.themes if code in themes) or None),
        (_("Who may read it"), finding.get_clearance_display()),
    ]
    context = {
        "chain": chain,
        "finding": finding,
        "facts": facts,
        "events": _course(chain),
        "status": status_badge(finding),
        "writes": writes,
        "may_publish": writes
        and may(request.user, PUBLISH)
        and finding.clearance != Clearance.PUBLIC
        and finding.stage in {TextStage.FINAL, TextStage.PUBLISHED},
        "practices": practices_for(finding) if writes else [],
        "told": told_of(finding.pk, room="findings") if may(request.user, READ_REPORTS) else [],
        "assessable": finding.kind != FindingKind.PRACTICE,
        "crumbs": ((_("Findings"), reverse("partnership:findings")),),
    }
    return render(request, "partnership/finding.html", context)


def _record(finding: Finding) -> Any:
    """The visit or event that it comes from, where the reader may see that one. One statement each."""
    visits = Visit.objects.filter(pk=finding.visit_id) if finding.visit_id else []
    events = Event.objects.filter(pk=finding.event_id) if finding.event_id else []
    found = [(str(one), reverse("partnership:visit", args=[one.pk])) for one in visits]
    found += [(str(one), reverse("partnership:event", args=[one.pk])) for one in events]
    return format_html_join(", ", '<a href="{1}">{0}</a>', found) or None


def _course(chain: Any) -> list[dict[str, Any]]:
    """Replies, measures, assessments, later occasions and links as one course, newest first."""
    events = [
        {
            "when": one.on,
            "title": _("The State replied: %s") % one.get_position_display(),
            "text": f"{one.document} {one.text}",
            "icon": "speech",
            "tone": tones.POSITION.get(one.position, "neutral"),
        }
        for one in chain.replies
    ]
    events += [
        {
            "when": one.on,
            "title": _("The State did: %s") % one.title,
            "text": f"{one.get_kind_display()}. {one.document}",
            "icon": "check",
            "tone": "safe",
        }
        for one in chain.measures
    ]
    events += [
        {
            "when": one.on,
            "title": _("Assessed: %s") % one.get_status_display(),
            "text": f"{one.reason} ({one.evidence})",
            "icon": "eye",
            "tone": tones.STATUS.get(one.status, "neutral"),
        }
        for one in chain.assessments
    ]
    events += [
        {
            "when": one.on,
            "title": _("Came up again: %s") % one.occasion,
            "text": one.what,
            "icon": "calendar",
            "tone": "info",
        }
        for one in chain.follow_ups
    ]
    return sorted(events, key=lambda event: event["when"], reverse=True)
