"""The public calendar: a list by month, a part of the public page, and one address for calendars to subscribe to."""

import datetime as dt
import hashlib
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from palermo.office import clock
from palermo.office.pages.doors import public
from palermo.partnership.formats.calendar_ics import write_calendar
from palermo.partnership.methods.calendar import Entry
from palermo.partnership.methods.spans import Span
from palermo.partnership.pages.calendar import line_of
from palermo.partnership.pages.feeds import names
from palermo.partnership.pages.public import PARTS
from palermo.partnership.queries.public_calendar import public_entries

#: Days before and after today that the public sees: within what the database tells at once.
BEFORE, AFTER = 90, 2 * 365 - 90 - 1
#: Entries that the first page shows.
FIRST = 6


def _entries(before: int = BEFORE) -> list[Entry]:
    today = clock.now().date()
    return public_entries(Span(today - dt.timedelta(days=before), today + dt.timedelta(days=AFTER)))


@public
def calendar(request: HttpRequest) -> HttpResponse:
    """What is released of the shared calendar, by month. One statement."""
    lines = [line_of(entry) for entry in _entries()]
    months = [
        (date_format(dt.date(year, month, 1), "F Y"), list(found))
        for (year, month), found in groupby(
            lines, key=lambda one: (one["entry"].span.first.year, one["entry"].span.first.month)
        )
    ]
    return render(request, "partnership/public/calendar.html", {"months": months, "found": len(lines)})


@public
def calendar_ics(request: HttpRequest) -> HttpResponse:
    """The same for calendars that subscribe."""
    data = write_calendar(_entries(), title=str(_("Palermo: public calendar")), names=names())
    etag = f'"{hashlib.sha256(data).hexdigest()[:32]}"'
    response = HttpResponse(data, content_type="text/calendar; charset=utf-8", headers={"ETag": etag})
    return get_conditional_response(request, etag=etag, response=response) or response


def part(request: HttpRequest) -> str:
    """On the public page: what comes next."""
    found = _entries(before=0)
    context: dict[str, Any] = {"lines": [line_of(entry) for entry in found[:FIRST]], "more": len(found) > FIRST}
    return render_to_string("partnership/public/next.html", context, request)


def enter() -> None:
    """Register the part; called once when the applications are ready."""
    if part not in PARTS:
        PARTS.append(part)
