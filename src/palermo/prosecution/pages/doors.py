"""Doors and forms as everywhere (office/pages/doors.py), for a desk that investigates; the way about its pages."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from palermo.office.pages import doors
from palermo.office.pages.doors import FORM, READ, SEND, Sheet, View, attempt, door, sent, words_of
from palermo.prosecution.domain.investigations import read_investigation, require_desk
from palermo.prosecution.models import Investigation, Party

__all__ = [
    "Sheet",
    "acts",
    "address",
    "attempt",
    "crumbs",
    "form_page",
    "investigation_of",
    "party_of",
    "posts",
    "reads",
    "sent",
    "tabs",
    "words_of",
]

form_page = partial(doors.form_page, template="prosecution/form.html")


def _desk(verb: str) -> Callable[[Any], None]:
    return lambda member: require_desk(member=member, verb=verb)


def reads(verb: str) -> Callable[[View], View]:
    """A page to read, for whoever may do the verb."""
    return door(READ, _desk(verb))


def acts(verb: str) -> Callable[[View], View]:
    """A page with a form."""
    return door(FORM, _desk(verb))


def posts(verb: str) -> Callable[[View], View]:
    """An address that only does something."""
    return door(SEND, _desk(verb))


def investigation_of(request: HttpRequest, pk: UUID, part: str = "") -> Investigation:
    """The investigation, 404 where the database shows none; `part` logs that it was read."""
    found = get_object_or_404(Investigation.objects.select_related("agency"), pk=pk)
    if part and not getattr(request, "htmx", False):
        read_investigation(member=request.user, investigation=found, part=part)
    return found


def party_of(pk: UUID) -> Party:
    """A person of an investigation, 404 where the database shows none."""
    return get_object_or_404(Party.objects.select_related("investigation", "investigation__agency"), pk=pk)


def address(name: str, *args: Any) -> str:
    """The address of a page of this room."""
    return reverse(f"prosecution:{name}", args=args)


def tabs(investigation: Investigation, current: str) -> list[dict[str, Any]]:
    """The parts of an investigation, as tabs."""
    parts = {
        "board": _("Board"),
        "elements": _("Elements"),
        "evidence": _("Evidence"),
        "proceedings": _("Proceedings"),
        "money": _("Money"),
        "assets": _("Assets"),
        "letters": _("Letters"),
        "leaving": _("What leaves"),
    }
    return [
        {"label": label, "url": address(name, investigation.pk), "current": name == current, "count": None}
        for name, label in parts.items()
    ]


def crumbs(investigation: Investigation, *more: tuple[Any, str]) -> tuple[tuple[Any, str], ...]:
    """The way back from a page of an investigation."""
    above = (_("Investigations"), address("investigations"))
    return (above, (investigation.code, address("board", investigation.pk)), *more)
