"""What the gallery shows. Invented, and nobody in it is real."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import django_tables2 as tables
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from palermo.ui.pages.sample_forms import Filters, Sample
from palermo.ui.tables import BadgeColumn, MainColumn, NumberColumn, WorkTable

TONES = {"presumed": "warn", "referred": "info", "accepted": "safe", "withdrawn": "neutral", "urgent": "danger"}
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def sheet_tabs(sheets: Iterable[str], current: str) -> list[dict[str, Any]]:
    return [
        {"label": name.capitalize(), "url": reverse("ui:gallery_sheet", args=[name]), "current": name == current}
        for name in sheets
    ]


def parts(_request: HttpRequest) -> dict[str, Any]:
    def hours(n: float) -> datetime:
        return NOW + timedelta(hours=n)

    return {
        "now": NOW,
        "crumbs": [(_("Cases"), "#"), (_("Presumed"), "#")],
        "dues": [hours(200), hours(50), hours(5), hours(-0.5), hours(-30), None],
        "done_early": hours(-2),
        "due": hours(-1),
        "done_late": hours(4),
        "facts": [
            (_("Language"), "Tigrinya", _("interpreter booked, woman")),
            (_("Alone"), True),
            (_("Guardian asked for"), False),
            (_("Date of birth"), None, _("the person was not asked yet")),
        ],
        "events": [
            {"title": _("Referral accepted"), "when": hours(-1), "who": "Child protection", "tone": "safe"},
            {
                "title": _("Deadline moved"),
                "when": hours(-5),
                "who": "First reception",
                "tone": "warn",
                "text": _("The interpreter could not come before noon."),
            },
            {"title": _("Presumed a victim"), "when": hours(-20), "who": "First reception", "icon": "case"},
        ],
        "steps": [_("Conditions"), _("Questions"), _("Result"), _("Consent"), _("Referral")],
        "tabs": [
            {"label": _("Summary"), "url": "#", "current": True},
            {"label": _("Needs"), "url": "#", "count": 3},
            {"label": _("Referrals"), "url": "#", "count": 12},
            {"label": _("Access log"), "url": "#"},
        ],
    }


def forms(_request: HttpRequest) -> dict[str, Any]:
    wrong = Sample(data={"name": "", "age": "forty", "when": "2026-13-01", "urgent": []}, prefix="wrong")
    return {"form": Sample(initial={"path": "adult", "urgent": ["doctor"]}), "wrong": wrong}


class Work(WorkTable):
    """A work list as every room builds its own."""

    case = MainColumn(verbose_name=_("Case"))
    status = BadgeColumn(TONES, verbose_name=_("Status"))
    waits = NumberColumn(verbose_name=_("Hours"))
    answer = tables.TemplateColumn(
        "{% load ui %}{% deadline record.due now=record.now %}", orderable=False, verbose_name=_("Answer")
    )
    caption = _("Waiting for an answer")


class Nothing(Work):
    caption = _("Answered today")
    empty_text = _("Nothing waits for your answer")
    empty_help = _("When an agency refers somebody to you, it stands here with its deadline.")


def _work() -> list[dict[str, Any]]:
    return [
        {
            "case": f"P-{1200 + 7 * n}",
            "status": list(TONES)[n % 5],
            "waits": 3 * n % 29,
            "due": NOW + timedelta(hours=11 * (n % 9) - 20),
            "now": NOW,
        }
        for n in range(64)
    ]


def lists(request: HttpRequest) -> dict[str, Any]:
    table = Work(_work())
    tables.RequestConfig(request, paginate={"per_page": 8}).configure(table)
    return {
        "table": table,
        "none": Nothing([]),
        "filters": Filters(request.GET or None),
        "columns": [_("Agency"), _("Referrals"), _("In time")],
        "rows": [("Child protection", 41, "93 %"), ("Labour inspectorate", 12, "75 %"), ("Health service", 7, None)],
        "page": Paginator(range(400), 20).page(9),
    }


def focus(_request: HttpRequest) -> dict[str, Any]:
    return {}


def public(_request: HttpRequest) -> dict[str, Any]:
    return {"form": Sample()}


def paper(request: HttpRequest) -> dict[str, Any]:
    return {**parts(request), **lists(request)}
