"""Subscriptions: the member's own, the secret address shown once, and what the address gives."""

import datetime as dt
import hashlib
from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from palermo.office import clock
from palermo.office.domain.acting import acting_as, attempting
from palermo.office.pages.doors import Sheet, acts, posts, reads, sent, words_of
from palermo.partnership.domain.feeds import MAKE, REVOKE, feeds_of, make_feed, reader_of, revoke_feed
from palermo.partnership.enums import FeedKind
from palermo.partnership.formats.calendar_ics import Names, write_busy, write_calendar
from palermo.partnership.methods.spans import Span
from palermo.partnership.models import FeedToken
from palermo.partnership.pages.calendar import kind_labels
from palermo.partnership.queries.calendar_sources import Filter, entries_in
from palermo.partnership.queries.neighbours import free_busy
from palermo.ui.forms import RadioTiles
from palermo.vocabulary.errors import Refusal
from palermo.vocabulary.states import load_states
from palermo.vocabulary.themes import load_themes

#: Days before and after today that an address gives.
BEFORE, AFTER = 366, 2 * 366
#: The same of free/busy: together no more than the database tells at once.
BUSY_BEFORE, BUSY_AFTER = 28, 2 * 365 - 28 - 1


def names() -> Names:
    """Words for codes in a calendar."""
    return Names(
        states={code: state.name for code, state in load_states().items()},
        themes={code: theme.label for code, theme in load_themes().items()},
        kinds={code: str(label) for code, label in kind_labels().items()},
    )


@reads(MAKE)
def feeds(request: HttpRequest) -> HttpResponse:
    context = {"feeds": [(feed, words(feed.saved)) for feed in feeds_of(member=request.user)], "crumbs": _crumbs()}
    return render(request, "partnership/feeds.html", context)


def _crumbs() -> tuple[tuple[Any, str], ...]:
    return ((_("Calendar"), reverse("partnership:calendar")),)


def words(saved: dict[str, str]) -> str:
    """A saved filter in words."""
    wanted, known = Filter.of(saved), names()
    said = (
        wanted.structure,
        known.states.get(wanted.state, wanted.state),
        known.themes.get(wanted.theme, wanted.theme),
        known.kinds.get(wanted.kind, wanted.kind),
        wanted.source,
    )
    return ", ".join(part for part in said if part) or str(_("everything"))


class FeedForm(forms.Form):
    name = forms.CharField(label=_("Where will you use it?"), max_length=80, help_text=_("Such as: my telephone."))
    kind = forms.ChoiceField(
        label=_("What shall it give?"), choices=FeedKind.choices, initial=FeedKind.CALENDAR, widget=RadioTiles
    )
    remind_days = forms.IntegerField(
        label=_("Remind me so many days before"), required=False, min_value=0, max_value=365
    )


@acts(MAKE)
def feed_add(request: HttpRequest) -> HttpResponse:
    """Make a subscription of the filter in the address; the secret address is on this answer and nowhere else."""
    saved = Filter.of(request.GET).said()
    form = FeedForm(sent(request))
    sheet = Sheet(
        title=_("Subscribe to the calendar"),
        submit=_("Make the address"),
        back=reverse("partnership:feeds"),
        crumbs=(*_crumbs(), (_("Subscriptions"), reverse("partnership:feeds"))),
        lead=_("Whoever holds the address reads what you may read. Treat it as a password."),
    )
    if request.method == "POST" and form.is_valid():
        try:
            with attempting():
                feed, token = make_feed(member=request.user, saved=saved, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(refusal.where if refusal.where in form.fields else None, words_of(refusal))
        else:
            address = request.build_absolute_uri(reverse("partnership:feed", args=[token]))
            context = {"feed": feed, "address": address, "words": words(feed.saved), "crumbs": sheet.crumbs}
            return render(request, "partnership/feed_made.html", context)
    context = {"sheet": sheet, "form": form, "words": words(saved)}
    return render(request, "partnership/feed_form.html", context, status=422 if form.errors else 200)


@posts(REVOKE)
def feed_revoke(request: HttpRequest, pk: UUID) -> HttpResponse:
    feed = get_object_or_404(feeds_of(member=request.user), pk=pk)
    revoke_feed(member=request.user, feed=feed)
    return redirect("partnership:feeds")


@login_not_required
@require_http_methods(["GET", "HEAD"])
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """What a secret address gives: the calendar as its member reads it now. No session is asked."""
    found = reader_of(token=token)
    if found is None:
        raise Http404
    pk, member = found
    with acting_as(member):
        record = get_object_or_404(FeedToken, pk=pk)
        data = _busy(record) if record.kind == FeedKind.FREE_BUSY else _calendar(record, request)
    etag = f'"{hashlib.sha256(data).hexdigest()[:32]}"'
    response = HttpResponse(data, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="palermo.ics"'
    # The client keeps its copy; nobody between may.
    response["Cache-Control"] = "private, no-cache"
    response["ETag"] = etag
    response["Referrer-Policy"] = "no-referrer"
    return get_conditional_response(request, etag=etag, response=response) or response


def _window() -> Span:
    today = clock.now().date()
    return Span(today - dt.timedelta(days=BEFORE), today + dt.timedelta(days=AFTER))


def _calendar(record: FeedToken, request: HttpRequest) -> bytes:
    entries = entries_in(_window(), Filter.of(record.saved), cancelled=True)
    base = f"{request.scheme}://{request.get_host()}"
    title = f"Palermo: {words(record.saved)}"
    return write_calendar(entries, title=title, names=names(), base=base, remind_days=record.remind_days)


def _busy(record: FeedToken) -> bytes:
    today = clock.now().date()
    window = Span(today - dt.timedelta(days=BUSY_BEFORE), today + dt.timedelta(days=BUSY_AFTER))
    told = free_busy(span=window, state=Filter.of(record.saved).state)
    moment = dt.datetime.combine(today, dt.time(), tzinfo=dt.UTC)
    return write_busy(told, title="Palermo: free/busy", moment=moment, window=window, names=names())
