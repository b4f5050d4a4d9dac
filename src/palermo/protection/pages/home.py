"""The first page: leads each role to what waits for it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from palermo.office.domain.agencies import APPOINT
from palermo.office.domain.oversight import OVERSEE
from palermo.office.domain.rights import may
from palermo.office.domain.search import SEARCH
from palermo.office.pages.today import Door, doors_of_rooms
from palermo.protection.domain import board, cases, concerns, referrals
from palermo.protection.pages.counts import (
    appoints,
    arrivals_open,
    case_counts,
    concern_counts,
    inbox_counts,
    oversight_counts,
    unjudged,
)
from palermo.protection.pages.files import address
from palermo.protection.queries.guardians import guardians_waiting


def _arrivals() -> list[Door]:
    url = address("protection:arrivals")
    waits = unjudged()
    words = ngettext("%(n)d screening to judge", "%(n)d screenings to judge", waits) % {"n": waits} if waits else ""
    door = {"title": _("Arrivals and screening"), "icon": "people", "url": url, "mark": words, "tone": "warn"}
    text = _("With something to do. Search, register, screen one question at a time.")
    return [{**door, "number": arrivals_open(), "text": text}] if url else []


def _cases() -> Door:
    found = case_counts()
    words = ngettext("%(n)d with an urgent risk", "%(n)d with an urgent risk", found["urgent"]) % {"n": found["urgent"]}
    return {
        "title": _("Cases"),
        "icon": "case",
        "url": reverse("protection:cases"),
        "number": found["open"],
        "text": _("Open cases, those in danger first."),
        "mark": words if found["urgent"] else "",
        "tone": "danger",
    }


def _inbox(agency: Any) -> Door:
    found = inbox_counts(agency)
    words = ngettext("%(n)d overdue", "%(n)d overdue", found["overdue"]) % {"n": found["overdue"]}
    return {
        "title": _("Referrals received"),
        "icon": "inbox",
        "url": reverse("protection:inbox"),
        "number": found["waiting"],
        "text": _("Waiting for your answer."),
        "mark": words if found["overdue"] else "",
        "tone": "danger",
    }


def _guardians(agency: Any) -> Door:
    found = guardians_waiting(agency)
    words = ngettext("%(n)d overdue", "%(n)d overdue", found["overdue"]) % {"n": found["overdue"]}
    return {
        "title": _("Guardians asked for"),
        "icon": "child",
        "url": reverse("protection:guardians"),
        "number": found["waiting"],
        "text": _("Children who wait for a guardian."),
        "mark": words if found["overdue"] else "",
        "tone": "danger",
    }


def _concerns() -> Door:
    found = concern_counts()
    words = ngettext("%(n)d urgent", "%(n)d urgent", found["urgent"]) % {"n": found["urgent"]}
    return {
        "title": _("Concerns"),
        "icon": "speech",
        "url": reverse("protection:concerns"),
        "number": found["waiting"],
        "text": _("From doctors, teachers, inspectors and neighbours, not answered yet."),
        "mark": words if found["urgent"] else "",
        "tone": "danger",
    }


def _oversight() -> list[Door]:
    found = oversight_counts()
    return [
        {
            "title": _("Emergency openings"),
            "icon": "eye",
            "url": reverse("office:openings"),
            "number": found["openings"],
            "text": _("Of your files, to be reviewed."),
        },
        {
            "title": _("Requests about data"),
            "icon": "scales",
            "url": reverse("office:rights"),
            "number": found["rights"],
            "text": _("Access, correction and complaints, not answered yet."),
        },
    ]


def _members() -> Door:
    text = _("Appoint, dismiss, and let in again who lost a password or a telephone. You read no file of a person.")
    return {"title": _("Members"), "icon": "people", "url": reverse("office:members"), "text": text}


def _doors(request: HttpRequest) -> list[Door]:
    member = request.user
    doors: list[Door] = []
    if may(member, board.READ):
        text = _("Arrivals, screening, referrals and what is overdue, over all agencies.")
        doors.append({"title": _("Board"), "icon": "board", "url": reverse("protection:board"), "text": text})
    if may(member, SEARCH):
        doors += _arrivals()
    if may(member, referrals.ANSWER):
        doors.append(_inbox(member.agency))
    if appoints(request):
        doors.append(_guardians(member.agency))
    if may(member, cases.READ):
        doors.append(_cases())
    if may(member, concerns.READ):
        doors.append(_concerns())
    if may(member, OVERSEE):
        doors += _oversight()
    if may(member, APPOINT):
        doors.append(_members())
    return doors + doors_of_rooms(request)


@never_cache
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "protection/home.html", {"doors": _doors(request), "member": request.user})
