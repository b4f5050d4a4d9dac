"""What everybody reads of partnership without signing in: published findings and reports."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from palermo.office.pages.doors import public
from palermo.partnership.enums import Clearance
from palermo.partnership.enums.findings import FindingKind, TextStage
from palermo.partnership.models import Finding, Report
from palermo.partnership.pages.findings import state_choices, state_name, theme_choices
from palermo.partnership.pages.reports import sent_file
from palermo.partnership.queries.findings import with_texts, work_list
from palermo.ui.public_pages import other_public_pages

PER_PAGE = 20
#: Further parts of the first page that other subjects bring: functions of the request that return HTML or nothing.
PARTS: list[Callable[[HttpRequest], str]] = []


class NarrowPublic(forms.Form):
    """What narrows published findings."""

    state = forms.ChoiceField(label=_("State"), required=False, choices=state_choices)
    theme = forms.ChoiceField(label=_("Theme"), required=False, choices=theme_choices)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("all")), *FindingKind.choices])


@public
def home(request: HttpRequest) -> HttpResponse:
    """Published reports, the newest findings, and what other subjects bring. Two statements of its own."""
    reports = list(Report.objects.filter(clearance=Clearance.PUBLIC))
    context = {
        "reports": [(one, _address(one)) for one in reports],
        "newest": [(one, state_name(one.state)) for one in Finding.objects.filter(clearance=Clearance.PUBLIC)[:8]],
        "elsewhere": other_public_pages(request),
        "parts": [html for part in PARTS if (html := part(request))],
    }
    return render(request, "partnership/public/home.html", context)


def _address(report: Report) -> str:
    return reverse("partnership:public_report", args=[report.year, report.language])


@public
def finding_list(request: HttpRequest) -> HttpResponse:
    """Published findings with their text, narrowed by State, theme and kind. Three statements."""
    form = NarrowPublic(request.GET or None)
    found = work_list(**form.cleaned_data) if form.is_valid() else work_list()
    page = Paginator(found.filter(clearance=Clearance.PUBLIC), PER_PAGE).get_page(request.GET.get("page"))
    texts = with_texts(page.object_list, (get_language() or "en")[:2], stage=TextStage.PUBLISHED)
    context = {
        "form": form,
        "page": page,
        "found": page.paginator.count,
        "rows": [(one, state_name(one.state), texts.get(one.pk, "")) for one in page.object_list],
    }
    return render(request, "partnership/public/findings.html", context)


def _issue(year: int, language: str) -> tuple[Report, Any]:
    report = Report.objects.filter(clearance=Clearance.PUBLIC, year=year, language=language).first()
    issue = report.issues.exclude(published_at=None).first() if report else None
    if report is None or issue is None:
        raise Http404
    return report, issue


@public
def report(request: HttpRequest, year: int, language: str) -> HttpResponse:
    """The last published issue of a year's report."""
    found, issue = _issue(year, language)
    files = [(kind, reverse("partnership:public_report_file", args=[year, language, kind])) for kind in ("pdf", "docx")]
    context = {"report": found, "content": issue.content, "issue": issue, "files": files}
    return render(request, "partnership/public/report.html", context)


@public
def report_file(_request: HttpRequest, year: int, language: str, kind: str) -> HttpResponse:
    """The same as PDF or Word."""
    if kind not in {"pdf", "docx"}:
        raise Http404
    _, issue = _issue(year, language)
    return sent_file(issue.content, issue.frozen_at, f".{kind}", f"report-{year}-{language}")
