"""A span of days for a picture: two dates, a link a month, and steps back and forth; it works by keyboard alone."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from palermo.ui.forms import DateInput


class SpanForm(forms.Form):
    since = forms.DateField(label=_("From"), required=False, widget=DateInput)
    until = forms.DateField(label=_("Until"), required=False, widget=DateInput)


@dataclass(frozen=True)
class Span:
    """The days that are shown, and links to others."""

    since: str
    until: str
    form: SpanForm
    links: list[dict[str, Any]]
    earlier: str
    later: str


def span_of(request: HttpRequest, days: Iterable[str]) -> Span:
    """What the address asks for; nothing asked is everything.

    Args:
        days: ISO days of what there is.
    """
    known = sorted(set(days))
    form = SpanForm(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    since, until = asked.get("since"), asked.get("until")

    def query(start: dt.date | None, end: dt.date | None) -> str:
        values = request.GET.copy()
        for name, value in (("since", start), ("until", end)):
            values.pop(name, None)
            if value:
                values[name] = value.isoformat()
        return f"?{values.urlencode()}"

    links = [{"label": _("All"), "url": query(None, None), "current": not since and not until, "count": None}]
    for month in sorted({day[:7] for day in known})[-24:]:
        start = dt.date.fromisoformat(f"{month}-01")
        end = (start + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
        links.append(
            {
                "label": date_format(start, "M Y"),
                "url": query(start, end),
                "current": (since, until) == (start, end),
                "count": sum(day.startswith(month) for day in known),
            }
        )
    earlier = later = ""
    if since and until and since <= until:
        wide = until - since + dt.timedelta(days=1)
        try:
            earlier, later = query(since - wide, until - wide), query(since + wide, until + wide)
        except OverflowError:
            earlier = later = ""
    return Span(since.isoformat() if since else "", until.isoformat() if until else "", form, links, earlier, later)
