"""The co-ordinator's board."""

import datetime as dt
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from palermo.office import clock
from palermo.protection.domain.board import READ, read_board
from palermo.protection.pages import board_figures as figures
from palermo.protection.pages.doors import attempt, reads
from palermo.protection.pages.files import address
from palermo.ui.forms import DateInput

_PERIODS = (("1", _("24 hours")), ("7", _("7 days")), ("30", _("30 days")), ("own", _("from day to day")))


class PeriodForm(forms.Form):
    period = forms.ChoiceField(label=_("Period"), choices=_PERIODS, initial="7", required=False)
    since = forms.DateField(label=_("From"), widget=DateInput, required=False)
    until = forms.DateField(label=_("Up to and with"), widget=DateInput, required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("period") == "own" and not (said.get("since") and said.get("until")):
            self.add_error(None, _("Choose both days, or one of the other periods."))
        return said

    def span(self) -> tuple[dt.datetime, dt.datetime]:
        """Beginning and end (exclusive) of the period that was asked for."""
        said = self.cleaned_data if self.is_bound and self.is_valid() else {}
        if said.get("period") == "own":
            zone = timezone.get_current_timezone()
            since, until = (dt.datetime.combine(said[name], dt.time(), zone) for name in ("since", "until"))
            return since, until + dt.timedelta(days=1)
        now = clock.now()
        return now - dt.timedelta(days=int(said.get("period") or 7)), now


@reads(READ)
def board(request: HttpRequest) -> HttpResponse:
    form = PeriodForm(request.GET if "period" in request.GET else None)
    found = None
    if not form.is_bound or form.is_valid():
        since, until = form.span()
        if form.is_bound:
            found = attempt(form, lambda: read_board(member=request.user, since=since, until=until))
        else:
            found = read_board(member=request.user, since=since, until=until)
    context: dict[str, Any] = {"form": form, "board": found, "now": clock.now()}
    if found and not found.empty:
        context |= {
            "tiles": figures.tiles(found),
            "charts": figures.charts(found),
            "agencies": figures.agencies(found),
        }
    context["arrivals"] = address("protection:arrivals")
    return render(request, "protection/board.html", context, status=422 if form.errors else 200)
