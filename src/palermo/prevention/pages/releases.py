"""Releases: the budget, coded cases, to ask for a release, its review, and the decision."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django_htmx.http import HttpResponseClientRefresh

from palermo.prevention.domain.budgets import MOST, SET, set_budget
from palermo.prevention.domain.cases import KEEP, DoesNotFit, keep_cases
from palermo.prevention.domain.deciding import DECIDE, WITHDRAW, decide_release, withdraw_release
from palermo.prevention.domain.releases import ASK, ask_release
from palermo.prevention.domain.studies import READ
from palermo.prevention.enums import ReleaseState
from palermo.prevention.methods.choices import FLOOR, PRESETS
from palermo.prevention.models import CaseTable, Release
from palermo.prevention.pages import checks, review, tones
from palermo.prevention.pages.budgets import told_so_far
from palermo.prevention.pages.context import beside
from palermo.prevention.pages.doors import Sheet, acts, address, crumbs, form_page, link, reads, sent, study_of, tabs
from palermo.prevention.pages.lists import ReasonForm
from palermo.prevention.queries.releases import made_of, report_of, spent_of
from palermo.ui.components.status import badge
from palermo.ui.forms import CheckTiles, RadioTiles
from palermo.vocabulary.standards import TITLES


class BudgetForm(forms.Form):
    epsilon = forms.FloatField(
        label=_("Epsilon for all releases together"),
        initial=4,
        min_value=0.01,
        max_value=MOST,
        help_text=_("How much more likely anything may become to be believed of a person: about e to this power."),
    )
    reason = forms.CharField(
        label=_("Who agreed to it, and why so much?"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )


class CasesForm(forms.Form):
    file = forms.FileField(label=_("File"), help_text=_("CSV or Parquet, one row a case."))
    preset = forms.ChoiceField(
        label=_("Columns and codes"),
        required=False,
        initial="",
        choices=[("", _("As in the file")), *((name, TITLES[name]) for name in PRESETS)],
        widget=RadioTiles(
            hints={
                "": _("Codes only, no names, dates or identifiers; the codes that occur are declared public by you."),
                "ctdc-2021": _("Checked cell by cell; countries have their regions above them. Only a yes is told."),
                "ctdc-2024": _("Checked cell by cell; countries have their regions above them."),
                "htcds": _("Checked cell by cell; names, days and free text are not kept. Days become years and ages."),
            }
        ),
    )
    delivered_by = forms.CharField(label=_("Delivered by"), max_length=160, help_text=_("An office, no person."))


class ReleaseForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=120)
    epsilon = forms.FloatField(label=_("Epsilon of this release"), initial=1, min_value=0.01, max_value=MOST)
    floor = forms.IntegerField(
        label=_("Floor"),
        initial=FLOOR,
        min_value=2,
        max_value=1000,
        help_text=_("Nothing is shown that counts fewer."),
    )
    columns = forms.MultipleChoiceField(label=_("Columns"), widget=CheckTiles)

    def __init__(self, *args: Any, table: CaseTable, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["columns"].choices = [(name, name) for name in table.columns]
        self.fields["columns"].initial = table.columns


class DecisionForm(forms.Form):
    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[("publish", _("Publish it")), ("withhold", _("Withhold it"))],
        widget=RadioTiles(
            hints={
                "publish": _("Everybody may read and copy it, for good."),
                "withhold": _("Nobody outside sees it; what it spent stays spent."),
            }
        ),
    )
    reason = forms.CharField(
        label=_("Why, in view of the review?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


@reads(READ)
def releases(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Budget, cases and releases of a study. Its own statements: study, budget, ledger, cases, releases."""
    found = study_of(request, pk, "releases")
    rows = [
        (
            link(address("release", one.pk), one.code),
            one.title,
            (one.table or one.series).name,  # type: ignore[union-attr]  # it is of one of the two
            f"{one.epsilon:g}",
            badge(one.get_state_display(), tones.RELEASE[one.state]),  # type: ignore[index]
        )
        for one in Release.objects.filter(study=found)
        .select_related("table", "series")
        .defer("table__codes", "table__parents", "series__weeks", "series__found")
    ]
    context = {
        "study": found,
        "tabs": tabs(found, "releases"),
        "spent": spent_of(found.pk),
        "tables": CaseTable.objects.filter(study=found).defer("codes", "parents"),
        "columns": [_("Code"), _("Title"), _("Made of"), "ε", _("State")],
        "rows": rows,
    }
    return render(request, "prevention/releases.html", context)


def _sheet(study: Any, **more: Any) -> Sheet:
    back = address("releases", study.pk)
    return Sheet(**{"back": back, "crumbs": crumbs(study, (_("Releases"), back)), **more})


@acts(SET)
def budget_set(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = study_of(request, pk)
    lead = _("Decided once for the persons of this study, over all releases that will ever be made. It is not raised.")
    sheet = _sheet(found, title=_("Decide on the budget"), submit=_("Decide"), lead=lead)

    def act(told: dict[str, Any]) -> None:
        set_budget(member=request.user, study=found, **told)

    return form_page(request, sheet, BudgetForm(sent(request)), act)


@acts(KEEP)
def cases_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = study_of(request, pk)
    lead = _("They are sealed at once and never shown. Nothing is told or spent before you ask for a release.")
    sheet = _sheet(found, title=_("Bring coded cases"), submit=_("Check, seal and keep them"), lead=lead)
    problems: list[tuple[Any, ...]] = []  # filled when the form is sent, before the page is drawn

    def act(told: dict[str, Any]) -> str:
        file = told.pop("file")
        try:
            kept = keep_cases(member=request.user, study=found, name=file.name, data=file.read(), **told)
        except DoesNotFit as refused:
            problems.extend(checks.rows_of(refused.problems))
            raise
        return address("release_ask", kept.pk) if spent_of(found.pk) else sheet.back

    form = CasesForm(request.POST, request.FILES) if request.method == "POST" else CasesForm()
    context = {"problems": problems, "problem_columns": checks.COLUMNS}
    return form_page(request, sheet, form, act, template="prevention/cases.html", **context)


@acts(ASK)
def release_ask(request: HttpRequest, pk: UUID) -> HttpResponse:
    table = get_object_or_404(CaseTable.objects.select_related("study__agency"), pk=pk)
    lead = _("Every release spends of the budget, published or not: the best of many draws is no private draw.")
    notice = told_so_far(spent_of(table.study_id))
    sheet = _sheet(table.study, title=_("Make a release"), submit=_("Make it"), lead=lead, notice=notice)

    def act(told: dict[str, Any]) -> str:
        return address("release", ask_release(member=request.user, table=table, **told).pk)

    form = ReleaseForm(sent(request), table=table)
    context = {"checked": checks.facts_of(table), "left_out": checks.left_out_of(table)}
    return form_page(request, sheet, form, act, template="prevention/ask.html", **context)


def release_of(request: HttpRequest, pk: UUID, part: str = "") -> Release:
    """A release with its cases and study; `part` logs that it was read."""
    one = get_object_or_404(Release.objects.select_related("table", "series", "study__agency"), pk=pk)
    study_of(request, one.study_id, part)
    return one


@reads(READ)
def release(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was made, with its review, or how far the work is. Statements: release, study, budget, ledger, contents."""
    one = release_of(request, pk, "release")
    waits = one.state == ReleaseState.QUEUED
    if getattr(request, "htmx", False) and not waits:
        return HttpResponseClientRefresh()
    context = {
        "release": one,
        "study": one.study,
        "crumbs": crumbs(one.study, (_("Releases"), address("releases", one.study_id))),
        "badge": badge(one.get_state_display(), tones.RELEASE[one.state]),  # type: ignore[index]
        "spent": spent_of(one.study_id),
        "waits": waits,
        "facts": review.facts_of(one),
    }
    report = report_of(one)
    if report:
        context |= review.context_of(made_of(one), report, one.floor) | beside("detected", "cause")
    return render(request, "prevention/release.html", context)


@acts(DECIDE)
def release_decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    one = release_of(request, pk)
    back = address("release", one.pk)
    lead = _("Read the review first. The decision and its reason are kept with your name.")
    sheet = _sheet(one.study, title=_("Decide on the release"), submit=_("Decide"), lead=lead, back=back)

    def act(told: dict[str, Any]) -> None:
        decide_release(member=request.user, release=one, publish=told["decision"] == "publish", reason=told["reason"])

    return form_page(request, sheet, DecisionForm(sent(request)), act)


@acts(WITHDRAW)
def release_withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    one = release_of(request, pk)
    back = address("release", one.pk)
    lead = _("What was read is not unread. The budget stays spent.")
    sheet = _sheet(
        one.study, title=_("Take the release back"), submit=_("Take it back"), lead=lead, back=back, danger=True
    )

    def act(told: dict[str, Any]) -> None:
        withdraw_release(member=request.user, release=one, **told)

    return form_page(request, sheet, ReasonForm(sent(request)), act)
