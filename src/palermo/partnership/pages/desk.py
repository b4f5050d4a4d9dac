"""The first page of the desk: what is due, what comes next, what is open; and its doors on the first page of all."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from palermo.office import clock
from palermo.office.domain.rights import may
from palermo.office.pages.doors import reads
from palermo.office.pages.today import Door, register_doors
from palermo.partnership.domain import findings, plans, reports, visits
from palermo.partnership.models import Visit
from palermo.partnership.pages.findings import state_name
from palermo.partnership.pages.visit_looks import STATUS
from palermo.partnership.queries.desk import Desk, coming, desk_on, waiting_on
from palermo.ui.components.status import badge


@reads(visits.READ)
def desk_page(request: HttpRequest) -> HttpResponse:
    """What waits at the desk; whoever does not work there finds what they may read."""
    works = may(request.user, visits.PLAN)
    desk = desk_on(clock.now().date(), request.user.agency_id) if works else None
    context = {
        "desk": desk,
        "tiles": _tiles(desk) if desk else [],
        "due": _due(desk) if desk else [],
        "coming": [
            (one, state_name(one.state), badge(one.get_status_display(), STATUS[one.status]))
            for one in (desk.coming if desk else [])
        ],
        "replies": [(one, state_name(one.state)) for one in desk.replies_due] if desk else [],
        "doors": [] if works else _readers(),
        "may_plan": works,
        "may_record": may(request.user, findings.RECORD),
    }
    return render(request, "partnership/desk.html", context)


def _tiles(desk: Desk) -> list[dict[str, Any]]:
    return [
        {
            "label": _("Overdue"),
            "value": desk.waiting.overdue,
            "tone": "danger" if desk.waiting.overdue else "safe",
            "url": "#due",
            "reason": _("reports, replies, visits to close"),
        },
        {
            "label": _("Visits ahead"),
            "value": desk.waiting.ahead,
            "tone": "neutral",
            "reason": "",
            "url": reverse("partnership:visits"),
        },
        {
            "label": _("Not assessed"),
            "value": desk.not_assessed,
            "tone": "neutral",
            "reason": _("recommendations of the office"),
            "url": reverse("partnership:findings") + "?kind=recommendation&status=none&body=own",
        },
        {
            "label": _("Posts to confirm"),
            "value": desk.unconfirmed,
            "tone": "neutral",
            "reason": _("for a year"),
            "url": reverse("partnership:unconfirmed"),
        },
    ]


def _due(desk: Desk) -> list[dict[str, Any]]:
    """Visits to close and reports owed: what, why, by when."""
    rows = [
        {"visit": one, "what": _("Say whether it took place"), "day": one.ends, "late": True} for one in desk.to_close
    ]
    rows += [
        {
            "visit": one,
            "what": _("Report to the State"),
            "day": one.report_due,
            "late": bool(one.report_due and one.report_due < desk.day),
        }
        for one in desk.owed
    ]
    return rows


def _readers() -> list[Door]:
    """What whoever works elsewhere may look up."""
    shown = (
        (_("Directory"), "people", "partnership:directory", _("Who holds which post, and how to reach them.")),
        (_("States"), "globe", "partnership:states", _("Commitments, law, visits and findings of each State.")),
        (_("Calendar"), "calendar", "partnership:calendar", _("What all structures do, as far as you may read it.")),
        (_("Findings"), "eye", "partnership:findings", _("Practices, challenges and recommendations.")),
    )
    return [{"title": title, "icon": icon, "url": reverse(url), "text": text} for title, icon, url, text in shown]


def doors(request: HttpRequest) -> list[Door]:
    """The desk's doors on the first page, for those who work at it."""
    member = request.user
    if not may(member, visits.PLAN):
        return []
    today = clock.now().date()
    waiting = waiting_on(today, member.agency_id)
    overdue = waiting.overdue
    late = ngettext("%(n)d overdue", "%(n)d overdue", overdue) % {"n": overdue} if overdue else ""
    found = [
        {
            "title": _("Desk"),
            "icon": "inbox",
            "url": reverse("partnership:home"),
            "number": waiting.visits_due + waiting.replies_due,
            "text": _("Reports owed, replies awaited, visits to close."),
            "mark": late,
            "tone": "danger",
        },
        {
            "title": _("Next visits"),
            "icon": "map",
            "url": reverse("partnership:visits"),
            "number": waiting.ahead,
            "text": _next(coming(today, member.agency_id).first()),
        },
    ]
    if may(member, plans.READ):
        text = _("What all structures do, as far as you may read it.")
        found.append({"title": _("Calendar"), "icon": "calendar", "url": reverse("partnership:calendar"), "text": text})
    if may(member, reports.WRITE):
        text = _("Reports that are written and not published yet.")
        door = {"title": _("Reports"), "icon": "document", "url": reverse("partnership:reports"), "text": text}
        found.append({**door, "number": waiting.drafts})
    return found


def _next(visit: Visit | None) -> str:
    return f"{visit.title}, {visit.state_name}, {visit.span}" if visit else _("None is planned.")


def enter() -> None:
    """Register the doors; called once when the applications are ready."""
    register_doors(doors)
