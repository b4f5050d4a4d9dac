"""Reports: written, checked, frozen, published; as page, PDF and Word."""

from typing import Any
from uuid import UUID

import django_tables2 as tables
from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from palermo.office import clock
from palermo.office.domain.acting import attempting
from palermo.office.domain.rights import NotAllowed, may
from palermo.office.pages.doors import Sheet, acts, form_page, posts, reads, sent
from palermo.office.pages.doors import words_of as refusal_words
from palermo.partnership.domain.reports import (
    FREEZE,
    PUBLISH,
    READ,
    WRITE,
    draft_report,
    freeze_report,
    publish_report,
    write_report,
)
from palermo.partnership.methods.markup import parse, unsupported
from palermo.partnership.methods.sayings import sayings_in
from palermo.partnership.models import Report, ReportIssue
from palermo.partnership.pages import tones_findings as tones
from palermo.partnership.pages.finding_forms import LANGUAGES
from palermo.partnership.queries.figures import FIRST_YEAR, LAST_YEAR
from palermo.partnership.queries.report_document import default_text
from palermo.partnership.queries.report_files import KINDS, file_of
from palermo.ui.tables import BadgeColumn, MainColumn, WorkTable
from palermo.vocabulary.errors import Refusal


class Reports(WorkTable):
    """Reports, newest year first."""

    title = MainColumn(verbose_name=_("Report"), linkify=("partnership:report", {"pk": tables.A("pk")}))
    year = tables.Column(verbose_name=_("Year"))
    language = tables.Column(verbose_name=_("Language"))
    stage = BadgeColumn(tones.REPORT, verbose_name=_("Stage"))

    caption = _("Reports")
    empty_text = _("No report yet")
    empty_help = _("Begin a year's report: it calls every figure by name, so that no number is typed.")

    class Meta(WorkTable.Meta):
        attrs = {"class": "work"}


@reads(READ)
def report_list(request: HttpRequest) -> HttpResponse:
    table = Reports(Report.objects.all())
    tables.RequestConfig(request, paginate={"per_page": 25, "silent": True}).configure(table)
    return render(request, "partnership/report_list.html", {"table": table, "may_write": may(request.user, WRITE)})


def _report(pk: UUID) -> Report:
    report = Report.objects.filter(pk=pk).first()
    if report is None:
        raise Http404
    return report


@reads(READ)
def report_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The last issue, or the draft with today's figures and what has no figure behind it."""
    report = _report(pk)
    writes = may(request.user, WRITE) and report.office_id == request.user.agency_id
    issues = list(report.issues.all())
    draft = writes and (not issues or "draft" in request.GET)
    content, wrong = (issues[0].content if issues and not draft else None), ""
    loose: dict[str, Any] = {}
    if draft:
        try:
            with attempting():
                content = draft_report(member=request.user, year=report.year, language=report.language).content
        except NotAllowed:
            raise
        except Refusal as refusal:
            wrong = f"{refusal.where}: {refusal_words(refusal)}" if refusal.where else refusal_words(refusal)
        last = report.texts.first()
        loose = _loose_in(last.text if last else "")
    context = {
        "report": report,
        "content": content and _leading(content, report, issues, draft=draft),
        "wrong": wrong,
        **loose,
        "draft": draft,
        "issues": issues,
        "writes": writes,
        "may_freeze": writes and may(request.user, FREEZE),
        "may_publish": writes and may(request.user, PUBLISH) and bool(issues) and issues[0].published_at is None,
        "stage_tone": tones.REPORT.get(report.stage, "neutral"),
        "files": [
            (kind.lstrip("."), reverse("partnership:report_file", args=[report.pk, kind.lstrip(".")]))
            for kind in (".pdf", ".docx")
        ],
        "crumbs": ((_("Reports"), reverse("partnership:reports")),),
    }
    return render(request, "partnership/report.html", context)


def _leading(content: Any, report: Report, issues: list[ReportIssue], *, draft: bool) -> dict[str, Any]:
    """A report whose figures lead, by `name@year`, to what is counted now, or to what was frozen."""
    if draft:
        called = {(one.name, one.year) for one in sayings_in(content["blocks"], report.year)}
        urls = {f"{name}@{of}": f"{reverse('partnership:figure', args=[name])}?year={of}" for name, of in called}
    else:
        frozen = issues[0].figures.values_list("called", "figure_id")
        urls = {called: reverse("partnership:frozen", args=[pk]) for called, pk in frozen}
    return {**content, "year": report.year, "urls": urls}


@reads(READ)
def report_file(request: HttpRequest, pk: UUID, kind: str) -> HttpResponse:
    """The last issue as PDF or Word; the draft where nothing is frozen or `?draft` asks for it."""
    report = _report(pk)
    suffix = f".{kind}"
    if suffix not in KINDS:
        raise Http404
    issue = report.issues.first()
    if issue is not None and "draft" not in request.GET:
        return sent_file(issue.content, issue.frozen_at, suffix, f"report-{report.year}-{report.language}")
    if report.office_id != request.user.agency_id:
        raise Http404
    drawn = draft_report(member=request.user, year=report.year, language=report.language)
    return sent_file(drawn.content, drawn.moment, suffix, f"draft-{report.year}-{report.language}")


def sent_file(content: Any, moment: Any, suffix: str, name: str) -> HttpResponse:
    """A report's file as an answer."""
    data = file_of(content, moment=moment, suffix=suffix)
    headers = {"Content-Disposition": f'attachment; filename="{name}{suffix}"'}
    return HttpResponse(data, content_type=KINDS[suffix], headers=headers)


class WriteForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=200, required=False)
    text = forms.CharField(
        label=_("Text"),
        widget=forms.Textarea(attrs={"rows": 24, "class": "mono"}),
        strip=False,
        help_text=_(
            "# heading, - list item, {{ name }} a figure, {{ declared:name }} a declared one, {{ name @ 2016 }} another"
            " year, {{ chart: name, name | words }}, {{ map: name | words }}, {{ figures: protection }},"
            " {{ declared }}."
        ),
    )


class BeginForm(forms.Form):
    year = forms.IntegerField(label=_("Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    title = forms.CharField(label=_("Title"), max_length=200, required=False)


@acts(WRITE)
def report_add(request: HttpRequest) -> HttpResponse:
    back = reverse("partnership:reports")
    sheet = Sheet(
        title=_("Begin a report"),
        submit=_("Begin"),
        back=back,
        crumbs=((_("Reports"), back),),
        lead=_("It begins with a text that calls every figure; write yours over it."),
    )

    def act(said: dict[str, Any]) -> str:
        report = write_report(member=request.user, **said)
        return reverse("partnership:report", args=[report.pk])

    return form_page(request, sheet, BeginForm(sent(request), initial={"year": clock.now().year - 1}), act)


@acts(WRITE)
def report_write(request: HttpRequest, pk: UUID) -> HttpResponse:
    report = _report(pk)
    if report.office_id != request.user.agency_id:
        raise Http404
    back = reverse("partnership:report", args=[pk])
    last = report.texts.first()
    sheet = Sheet(
        title=_("Write the report"),
        submit=_("Save this version"),
        back=back,
        crumbs=((_("Reports"), reverse("partnership:reports")), (report.title, back)),
        lead=_("Every figure is a call by its name. The versions before this one stay."),
        done=_("Saved."),
    )

    def act(said: dict[str, Any]) -> str:
        write_report(member=request.user, year=report.year, language=report.language, **said)
        return f"{back}?draft"

    initial = {"title": report.title, "text": last.text if last else default_text(report.language)}
    form = WriteForm(sent(request), initial=initial)
    return form_page(request, sheet, form, act)


@posts(FREEZE)
def report_freeze(request: HttpRequest, pk: UUID) -> HttpResponse:
    issue = freeze_report(member=request.user, report=_report(pk))
    messages.success(request, _("Frozen: issue %(n)d.") % {"n": issue.number})
    return redirect("partnership:report", pk=pk)


@acts(PUBLISH)
def report_publish(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Asked once more, with what in the issue no figure holds: it is not taken back."""
    report = _report(pk)
    if report.office_id != request.user.agency_id:
        raise Http404
    issue = report.issues.first()
    back = reverse("partnership:report", args=[pk])
    sheet = Sheet(
        title=_("Publish the report"),
        submit=_("Publish it"),
        back=back,
        crumbs=((_("Reports"), reverse("partnership:reports")), (report.title, back)),
        notice=_("Everybody will read its last issue, also without signing in. This is not taken back."),
        tone="warn",
        done=_("Published: everybody can read it now."),
    )

    def act(_said: dict[str, Any]) -> None:
        publish_report(member=request.user, report=report)

    form, loose = forms.Form(sent(request)), _loose_in(issue.text.text if issue else "")
    return form_page(
        request,
        sheet,
        form,
        act,
        template="partnership/report_publish.html",
        **loose,
    )


def _loose_in(text: str) -> dict[str, Any]:
    """What of a text no figure holds: numbers typed by hand, and sentences that call none."""
    sentences = unsupported(parse(text))
    return {"typed": [one for one in sentences if one.typed], "bare": [one for one in sentences if not one.typed]}
