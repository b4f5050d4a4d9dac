"""Projects with their money, and donors."""

from functools import partial
from typing import Any
from uuid import UUID

import django_tables2 as tables
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from palermo.office.domain.rights import may
from palermo.office.pages.doors import Sheet, acts, form_page, reads, sent
from palermo.partnership.domain import projects as verbs
from palermo.partnership.domain.events import READ
from palermo.partnership.enums import BudgetKind, ContributionKind
from palermo.partnership.methods.budget import sums
from palermo.partnership.models import Contribution, Project, ProjectOutput
from palermo.partnership.pages.event_fields import ClearanceForm, LinesField, StateField, sheet_of, texts_of
from palermo.partnership.pages.events import declared_rows
from palermo.partnership.queries.projects import lines_of
from palermo.ui.forms import DateInput
from palermo.ui.tables import MainColumn, NumberColumn, WorkTable
from palermo.vocabulary.money import Money

PER_PAGE = 25


class ProjectForm(ClearanceForm):
    title = forms.CharField(label=_("Title"), max_length=300)
    budget = forms.ChoiceField(label=_("Budget"), choices=BudgetKind.choices, initial=BudgetKind.EXTRA_BUDGETARY)
    starts = forms.DateField(label=_("Begins"), required=False, widget=DateInput)
    ends = forms.DateField(label=_("Ends"), required=False, widget=DateInput)
    aim = forms.CharField(label=_("Aim"), required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=4000)
    hosts = LinesField(label=_("Hosts"), longest=300)
    partners = LinesField(label=_("Partners"), longest=300)
    internal_partners = LinesField(label=_("Partners in our own organisation"), longest=300)
    themes = LinesField(label=_("Themes"), longest=40)
    field_order = ("title", "budget", "starts", "ends", "aim")


class OutputForm(forms.Form):
    title = forms.CharField(label=_("Output"), max_length=300)
    due = forms.DateField(label=_("Due"), required=False, widget=DateInput)


class DeliverForm(forms.Form):
    on = forms.DateField(label=_("Delivered on"), widget=DateInput)
    evidence = forms.CharField(label=_("Evidence"), max_length=300)


class LineForm(forms.Form):
    code = forms.CharField(label=_("Code"), max_length=20)
    title = forms.CharField(label=_("Line"), max_length=200)
    amount = forms.CharField(label=_("Planned"), max_length=20, help_text=_("Digits with a point, such as 1250.50."))
    currency = forms.CharField(label=_("Currency"), max_length=3, min_length=3, initial="EUR")


class SpendForm(forms.Form):
    line = forms.ModelChoiceField(label=_("Line"), queryset=None)
    on = forms.DateField(label=_("Day"), widget=DateInput)
    amount = forms.CharField(
        label=_("Spent"), max_length=20, help_text=_("In the line's currency; a correction has a minus.")
    )
    what = forms.CharField(label=_("For what"), max_length=300)

    def __init__(self, *args, project, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["line"].queryset = project.lines.all()


class ContributionForm(ClearanceForm):
    donor = forms.CharField(label=_("Donor"), max_length=200)
    state = StateField(label=_("State, if the donor is one"))
    kind = forms.ChoiceField(label=_("Kind"), choices=ContributionKind.choices)
    year = forms.IntegerField(label=_("Year"), min_value=1900, max_value=2200)
    project = forms.ModelChoiceField(label=_("Project"), queryset=Project.objects.all(), required=False)
    amount = forms.CharField(label=_("Amount, if money"), max_length=20, required=False)
    currency = forms.CharField(label=_("Currency"), max_length=3, required=False)
    what = forms.CharField(label=_("What, if in kind or staff"), max_length=300, required=False)
    earmark = forms.CharField(label=_("Ear-marked for"), max_length=200, required=False)
    anonymous = forms.BooleanField(label=_("Asked not to be named"), required=False)
    field_order = ("donor", "state", "kind", "year", "project", "amount", "currency", "what", "earmark", "anonymous")


class ProjectTable(WorkTable):
    title = MainColumn(verbose_name=_("Project"), linkify=("partnership:project", {"pk": tables.A("pk")}))
    budget = tables.Column(verbose_name=_("Budget"))
    starts = tables.DateColumn(verbose_name=_("Begins"), format="SHORT_DATE_FORMAT")
    ends = tables.DateColumn(verbose_name=_("Ends"), format="SHORT_DATE_FORMAT")
    hosts = tables.Column(verbose_name=_("Hosts"), orderable=False)

    caption = _("Projects")
    empty_help = _("Keep one here, or import a year with “palermo partnership import”.")

    class Meta(WorkTable.Meta):
        attrs = {"class": "work"}

    def render_hosts(self, value: list[str]) -> str:
        return ", ".join(value) or "–"


class DonorTable(WorkTable):
    donor = MainColumn(verbose_name=_("Donor"))
    year = tables.Column(verbose_name=_("Year"))
    kind = tables.Column(verbose_name=_("Kind"))
    gives = NumberColumn(verbose_name=_("Gives"), empty_values=(), orderable=False, accessor="pk")
    project = tables.Column(verbose_name=_("Project"), accessor="project__title")
    anonymous = tables.BooleanColumn(verbose_name=_("Asked not to be named"), yesno=(_("yes"), "–"))

    caption = _("Contributions")
    empty_help = _("What donors give in money, in kind or as staff stands here.")

    class Meta(WorkTable.Meta):
        attrs = {"class": "work"}

    def render_gives(self, record: Contribution) -> str:
        if record.minor is not None and record.currency:
            return str(Money(record.minor, record.currency))
        return record.what or "–"


@reads(READ)
def project_index(request: HttpRequest) -> HttpResponse:
    table = ProjectTable(Project.objects.all(), empty_text=_("No project is kept yet"))
    tables.RequestConfig(request, paginate={"per_page": PER_PAGE, "silent": True}).configure(table)
    return render(request, "partnership/projects.html", {"table": table, "keeps": may(request.user, verbs.KEEP)})


@reads(READ)
def donor_index(request: HttpRequest) -> HttpResponse:
    found = Contribution.objects.select_related("project")
    table = DonorTable(found, empty_text=_("No contribution is kept yet"))
    tables.RequestConfig(request, paginate={"per_page": PER_PAGE, "silent": True}).configure(table)
    return render(request, "partnership/donors.html", {"table": table, "keeps": may(request.user, verbs.GIVE)})


@reads(READ)
def project_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    project = get_object_or_404(Project.objects.select_related("office"), pk=pk)
    ours = project.office_id == request.user.agency_id
    lines = lines_of(project)
    context = {
        "project": project,
        "ours": ours,
        "keeps": ours and may(request.user, verbs.CHANGE),
        "facts": _facts(project),
        "lines": lines,
        "sums": sums(lines),
        "spending": [
            (one, Money(one.minor, one.line.currency)) for one in project.spending.select_related("line")[:20]
        ],
        "outputs": project.outputs.all(),
        "held": project.held.all(),
        "publications": project.publications.all(),
        "contributions": [(one, _gives(one)) for one in project.contributions.all()],
        "declared": declared_rows(project.title, f"project.{project.reference}"),
        "crumbs": [(_("Projects"), reverse("partnership:projects"))],
    }
    return render(request, "partnership/project.html", context)


def _gives(one: Contribution) -> str:
    return str(Money(one.minor, one.currency)) if one.minor is not None and one.currency else one.what


def _facts(project: Project) -> list[tuple[Any, ...]]:
    pairs: list[tuple[Any, ...]] = [(_("Budget"), project.get_budget_display())]
    if project.starts or project.ends:
        pairs.append((_("Days"), f"{project.starts or '…'} – {project.ends or '…'}"))
    lists = (
        (_("Hosts"), project.hosts),
        (_("Partners"), project.partners),
        (_("Own structures"), project.internal_partners),
        (_("Themes"), project.themes),
    )
    pairs += [(label, ", ".join(values)) for label, values in lists if values]
    return [*pairs, (_("Kept by"), project.office.name), (_("Who may read it"), project.get_clearance_display())]


_sheet = partial(sheet_of, _("Projects"), "partnership:projects", "partnership:project")


@acts(verbs.KEEP)
def project_new(request: HttpRequest) -> HttpResponse:
    def act(said: dict[str, Any]) -> str:
        return reverse("partnership:project", args=[verbs.keep_project(member=request.user, **said).pk])

    sheet = _sheet(_("Keep a project"), _("Keep it"), done=_("The project is kept."))
    return form_page(request, sheet, ProjectForm(sent(request)), act)


@acts(verbs.CHANGE)
def project_change(request: HttpRequest, pk: UUID) -> HttpResponse:
    project = get_object_or_404(Project, pk=pk)

    def act(said: dict[str, Any]) -> None:
        if project.clearance == "named":
            said.pop("clearance")
        verbs.change_project(member=request.user, project=project, **said)

    form = ProjectForm(sent(request), initial=texts_of(project, *ProjectForm.base_fields))
    return form_page(request, _sheet(_("Change the project"), _("Save"), project), form, act)


@acts(verbs.OUTPUT)
def output_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    project = get_object_or_404(Project, pk=pk)

    def act(said: dict[str, Any]) -> None:
        verbs.plan_output(member=request.user, project=project, **said)

    return form_page(request, _sheet(_("Plan an output"), _("Plan it"), project), OutputForm(sent(request)), act)


@acts(verbs.DELIVER)
def output_deliver(request: HttpRequest, pk: UUID) -> HttpResponse:
    output = get_object_or_404(ProjectOutput.objects.select_related("project"), pk=pk)

    def act(said: dict[str, Any]) -> None:
        verbs.deliver_output(member=request.user, output=output, **said)

    sheet = _sheet(output.title, _("It was delivered"), output.project)
    return form_page(request, sheet, DeliverForm(sent(request)), act)


@acts(verbs.LINE)
def line_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    project = get_object_or_404(Project, pk=pk)

    def act(said: dict[str, Any]) -> None:
        verbs.plan_line(member=request.user, project=project, **said)

    return form_page(
        request, _sheet(_("Plan a line of the budget"), _("Plan it"), project), LineForm(sent(request)), act
    )


@acts(verbs.SPEND)
def spending_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    project = get_object_or_404(Project, pk=pk)

    def act(said: dict[str, Any]) -> None:
        verbs.record_spending(member=request.user, **said)

    form = SpendForm(sent(request), project=project)
    return form_page(request, _sheet(_("Money was spent"), _("Write it down"), project), form, act)


@acts(verbs.GIVE)
def contribution_add(request: HttpRequest) -> HttpResponse:
    def act(said: dict[str, Any]) -> None:
        verbs.record_contribution(member=request.user, **said)

    back = reverse("partnership:donors")
    sheet = Sheet(title=_("A contribution"), submit=_("Write it down"), back=back, crumbs=((_("Donors"), back),))
    return form_page(request, sheet, ContributionForm(sent(request)), act)
