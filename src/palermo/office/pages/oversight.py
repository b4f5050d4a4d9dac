"""The data protection officer's desk: log, emergency openings, requests of people, searches."""

import datetime as dt
import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from palermo.office import clock
from palermo.office.domain.emergency import review_emergency
from palermo.office.domain.oversight import oversee
from palermo.office.domain.rights_of_person import answer_right, words_of
from palermo.office.enums import Purpose
from palermo.office.models import EmergencyOpening, LogLine, RightsRequest
from palermo.office.pages.doors import attempt
from palermo.office.pages.forms import AnswerForm, LogFilter, ReviewForm
from palermo.office.plain_words import staff_words
from palermo.office.queries import oversight as queries
from palermo.office.queries.members import members_of

PAGE = 50
PARTS = (
    ("log", _("Access log")),
    ("openings", _("Emergency openings")),
    ("rights", _("Requests about data")),
    ("searches", _("Searches")),
)


def _tabs(current: str) -> list[dict[str, Any]]:
    return [{"label": label, "url": reverse(f"office:{name}"), "current": name == current} for name, label in PARTS]


def _part(name: str) -> Callable[..., Any]:
    def wrap(view: Callable[..., dict[str, Any]]) -> Callable[..., HttpResponse]:
        @require_GET
        def show(request: HttpRequest) -> HttpResponse:
            oversee(member=request.user, part=name)
            return render(request, f"office/oversight_{name}.html", view(request) | {"tabs": _tabs(name)})

        return show

    return wrap


def _only(person: UUID | None, codes: dict[UUID, str]) -> str:
    """A link that narrows the log to one file, by its code; by the head of its id where it is another's."""
    if not person:
        return "–"
    return format_html('<a href="?file={0}">{1}</a>', person, codes.get(person) or f"{str(person)[:8]}…")


def _done(line: LogLine) -> Any:
    words = staff_words(line.verb)
    if line.verb != "office.refused":
        return words
    asked = json.loads(line.body).get("detail") or {}
    tried, place = asked.get("refused", ""), asked.get("path", "")
    what = staff_words(tried) if tried and tried != "office.refused" else _("what was asked for did not stand")
    return f"{words}: {what} ({place})" if place else f"{words}: {what}"


@_part("log")
def log(request: HttpRequest) -> dict[str, Any]:
    form = LogFilter(
        request.GET,
        verbs=[(verb, staff_words(verb)) for verb in queries.verbs()],
        members=[(str(one.pk), one.name) for one in members_of(request.user.agency)],
    )
    asked = form.cleaned_data if form.is_valid() else {}
    lines = queries.log_lines(
        verb=asked.get("verb", ""),
        member=UUID(asked["member"]) if asked.get("member") else None,
        since=asked.get("since"),
        person=asked.get("file"),
    )
    page = Paginator(lines, PAGE).get_page(request.GET.get("page"))
    codes = queries.codes_of(line.person_id for line in page)
    names, purposes = queries.names_of(line.member_id for line in page), dict(Purpose.choices)
    rows = [
        (
            line.seq,
            line.at,
            names.get(line.member_id, ""),
            _done(line),
            purposes.get(line.purpose, "–"),
            _only(line.person_id, codes),
        )
        for line in page
    ]
    columns = [_("Line"), _("When"), _("By"), _("What was done"), _("What for"), _("File")]
    return {"form": form, "page": page, "rows": rows, "columns": columns}


@_part("openings")
def openings(request: HttpRequest) -> dict[str, Any]:
    found = list(queries.openings()[:200])
    names = queries.names_of(one.member_id for one in found)
    mine = request.user.agency_id
    rows = [
        {"opening": one, "who": names.get(one.member_id, ""), "ours": one.owner_id == mine, "form": ReviewForm()}
        for one in found
    ]
    return {"rows": rows}


@require_http_methods(["GET", "POST"])
def opening(request: HttpRequest, opening: UUID) -> HttpResponse:
    oversee(member=request.user, part="opening")
    found = get_object_or_404(EmergencyOpening.objects.select_related("owner", "opener"), pk=opening)
    form = ReviewForm(request.POST or None)
    if form.is_valid():
        attempt(form, lambda: review_emergency(member=request.user, opening=found, **form.cleaned_data))
        if not form.errors:
            return redirect("office:openings")
    who = queries.names_of([found.member_id]).get(found.member_id, "")
    ours = found.owner_id == request.user.agency_id
    return render(request, "office/opening.html", {"opening": found, "who": who, "form": form, "ours": ours})


@_part("rights")
def rights(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001 -- every part has it
    asked = list(queries.requests()[:200])
    codes = queries.codes_of(one.person_id for one in asked)
    return {"rows": [{"asked": one, "code": codes.get(one.person_id, "")} for one in asked]}


@require_http_methods(["GET", "POST"])
def right(request: HttpRequest, asked: UUID) -> HttpResponse:
    found = get_object_or_404(RightsRequest, pk=asked)
    words = words_of(member=request.user, request=found)
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        attempt(form, lambda: answer_right(member=request.user, request=found, **form.cleaned_data))
        if not form.errors:
            return redirect("office:rights")
    code = queries.codes_of([found.person_id]).get(found.person_id, "")
    return render(request, "office/right.html", {"asked": found, "words": words, "form": form, "code": code})


@_part("searches")
def searches(request: HttpRequest) -> dict[str, Any]:
    page = Paginator(queries.searches(), PAGE).get_page(request.GET.get("page"))
    counted = queries.searches_by_member(since=clock.now() - dt.timedelta(days=7))
    names = queries.names_of([*(one.member_id for one in page), *(member for member, _n in counted)])
    return {
        "page": page,
        "rows": [(one.at, names.get(one.member_id, ""), one.reason) for one in page],
        "counted": [(names.get(member, ""), n) for member, n in counted],
        "columns": [_("When"), _("By"), _("Why")],
        "counted_columns": [_("Member"), _("Searches in seven days")],
    }
