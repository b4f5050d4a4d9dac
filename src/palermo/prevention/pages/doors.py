"""Doors and forms as everywhere (office/pages/doors.py); the way about the pages of a study."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from palermo.office.pages import doors
from palermo.office.pages.doors import Sheet, acts, attempt, posts, reads, sent, words_of
from palermo.prevention.domain.studies import read_study
from palermo.prevention.models import Study
from palermo.ui.components.layout import link

__all__ = [
    "Sheet",
    "acts",
    "address",
    "attempt",
    "crumbs",
    "form_page",
    "link",
    "posts",
    "reads",
    "sent",
    "study_of",
    "tabs",
    "words_of",
]

form_page = partial(doors.form_page, template="prevention/form.html")


def address(name: str, *args: Any) -> str:
    """The address of a page of this room."""
    return reverse(f"prevention:{name}", args=args)


def study_of(request: HttpRequest, pk: UUID, part: str = "") -> Study:
    """The study, 404 where the database shows none; `part` logs that it was read."""
    found = get_object_or_404(Study.objects.select_related("agency"), pk=pk)
    if part and not getattr(request, "htmx", False):
        read_study(member=request.user, study=found, part=part)
    return found


def tabs(study: Study, current: str) -> list[dict[str, Any]]:
    """The parts of a study, as tabs."""
    parts = {
        "study": _("Study"),
        "lists": _("Lists"),
        "estimates": _("Estimates"),
        "releases": _("Releases"),
        "trends": _("Trends"),
        "report": _("Report tables"),
    }
    return [
        {"label": label, "url": address(name, study.pk), "current": name == current, "count": None}
        for name, label in parts.items()
    ]


def crumbs(study: Study, *more: tuple[Any, str]) -> tuple[tuple[Any, str], ...]:
    """The way back from a page of a study."""
    return ((_("Studies"), address("studies")), (study.code, address("study", study.pk)), *more)
