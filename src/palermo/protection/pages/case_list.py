"""The case manager's work list."""

from typing import Any

import django_tables2 as tables
from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from palermo.office.models import Site
from palermo.protection.domain.cases import READ
from palermo.protection.enums import CaseState
from palermo.protection.models import Case
from palermo.protection.pages import tones
from palermo.protection.pages.clocks import DueColumn, reflection
from palermo.protection.pages.doors import reads
from palermo.protection.pages.tones import in_a_row
from palermo.protection.queries.cases import work_list
from palermo.ui.components.icons import icon
from palermo.ui.components.status import badge
from palermo.ui.tables import BadgeColumn, MainColumn, WorkTable
from palermo.vocabulary.codes import file_code

PER_PAGE = 25


class Narrow(forms.Form):
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("open")), ("all", _("all")), *CaseState.choices]
    )
    path = forms.ChoiceField(
        label=_("Age"),
        required=False,
        choices=[("", _("all")), ("child", _("children, or age not sure")), ("adult", _("adults"))],
    )
    site = forms.ModelChoiceField(label=_("Place"), queryset=Site.objects.none(), required=False, empty_label=_("all"))
    risk = forms.ChoiceField(
        label=_("Risk"), required=False, choices=[("", _("all")), ("urgent", _("urgent")), ("any", _("any open risk"))]
    )
    code = forms.CharField(label=_("Code"), required=False, max_length=40)

    def __init__(self, *args: Any, agency: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].queryset = Site.objects.filter(agency=agency)

    def narrow(self, cases: QuerySet[Case]) -> QuerySet[Case]:
        asked = self.cleaned_data if self.is_valid() else {}
        state = asked.get("state")
        if not state:
            cases = cases.exclude(state=CaseState.CLOSED)
        elif state != "all":
            cases = cases.filter(state=state)
        if asked.get("path"):
            cases = cases.filter(child=int(asked["path"] == "child"))
        if asked.get("site"):
            cases = cases.filter(person__site=asked["site"])
        if asked.get("risk"):
            cases = cases.filter(urgent=True) if asked["risk"] == "urgent" else cases.filter(risks_open__gt=0)
        if asked.get("code"):
            cases = cases.filter(person__code__istartswith=file_code(asked["code"]))
        return cases


class CaseTable(WorkTable):
    code = MainColumn(
        verbose_name=_("Code"), accessor="person__code", linkify=("protection:case", {"pk": tables.A("pk")})
    )
    first = tables.Column(verbose_name=_("First"), accessor="urgent", orderable=False)
    answer_due = DueColumn(verbose_name=_("Next answer"))
    path = tables.Column(verbose_name=_("Age"), accessor="person__path", orderable=False)
    state = BadgeColumn(tones.CASE, verbose_name=_("State"))
    reflection_until = tables.Column(verbose_name=_("Time to recover"))
    site = tables.Column(verbose_name=_("Place"), accessor="person__site", default=_("not known"))

    caption = _("Cases")
    empty_help = _("A case opens when a screening is judged “presumed victim”, or from a concern.")

    class Meta(WorkTable.Meta):
        attrs = {"class": "work"}

    def render_first(self, record: Case) -> Any:
        marks = []
        if record.urgent:
            marks.append(badge(_("Urgent"), "danger"))
        elif record.risks_open:
            text = ngettext("%(n)d risk", "%(n)d risks", record.risks_open) % {"n": record.risks_open}
            marks.append(badge(text, "warn"))
        if record.child and not record.guardian_asked:
            marks.append(badge(_("No guardian asked"), "danger", "child"))
        elif record.guardian_late:
            marks.append(badge(_("Guardian overdue"), "danger", "child"))
        return in_a_row(marks)

    def render_path(self, record: Case) -> Any:
        if not record.child:
            return _("Adult")
        word = _("Child") if record.person.path == "child" else _("Not sure: child")
        return format_html('<span class="marked">{}{}</span>', icon("child"), word)

    def render_reflection_until(self, record: Case) -> Any:
        clock = reflection(record)
        if clock.over:
            return badge(_("ended"), "neutral", "clock")
        words = ngettext("%(n)d day left", "%(n)d days left", clock.left) % {"n": clock.left}
        return format_html(
            '<span class="left"><span>{}</span><meter min="0" max="{}" value="{}"></meter></span>',
            words,
            clock.days,
            clock.left,
        )


@reads(READ)
def case_list(request: HttpRequest) -> HttpResponse:
    form = Narrow(request.GET or None, agency=request.user.agency)
    table = CaseTable(form.narrow(work_list()), empty_text=_("No case asks for anything now"))
    tables.RequestConfig(request, paginate={"per_page": PER_PAGE, "silent": True}).configure(table)
    return render(request, "protection/case_list.html", {"table": table, "form": form, "found": table.paginator.count})
