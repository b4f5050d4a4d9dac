"""The shared calendar: a month, a year by structure or State, a list; clashes and gaps; narrowed and linked."""

import datetime as dt
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from palermo.office import clock
from palermo.office.domain.rights import may
from palermo.office.pages.doors import reads
from palermo.partnership.domain.plans import ENTER, IMPORT, NOTE_STEP, READ
from palermo.partnership.enums import Certainty, EventKind, ExternalBody, ExternalStepKind, InitiativeKind
from palermo.partnership.formats.limits import FIRST_YEAR, LAST_YEAR
from palermo.partnership.methods.calendar import Entry, month_span, month_weeks, year_rows
from palermo.partnership.methods.coverage import GAP_DAYS, clashes, gaps
from palermo.partnership.methods.spans import Span
from palermo.partnership.pages.fields import state_choices, theme_choices
from palermo.partnership.pages.visit_looks import theme_labels
from palermo.partnership.queries.calendar_sources import Filter, entries_in, source_names
from palermo.vocabulary.states import load_states
from palermo.vocabulary.structures import load_structures
from palermo.vocabulary.themes import load_themes

VIEWS = ("month", "year", "list")
#: Entries of a long list that a page shows; the rest is reached by narrowing.
MOST_LISTED = 500
SOURCES = {
    "visit": _("Visits"),
    "initiative": _("Initiatives"),
    "step": _("Plans of other bodies"),
    "event": _("Events"),
}


def kind_labels() -> dict[str, Any]:
    """Words for kinds of entries, of whatever source."""
    return dict(ExternalStepKind.choices) | dict(EventKind.choices) | dict(InitiativeKind.choices)


def structure_choices(entries: list[Entry]) -> list[tuple[str, str]]:
    """Structures of the list, bodies, and whoever else stands in the calendar shown."""
    names = {code: f"{code} – {one.name}" for code, one in load_structures().items()}
    names |= {code: str(label) for code, label in ExternalBody.choices}
    return sorted({entry.structure: names.get(entry.structure, entry.structure) for entry in entries}.items())


class CalendarFilter(forms.Form):
    structure = forms.ChoiceField(label=_("Structure"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False, choices=lambda: [("", _("all")), *state_choices()])
    theme = forms.ChoiceField(label=_("Theme"), required=False, choices=lambda: [("", _("all")), *theme_choices()])
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=lambda: [("", _("all")), *sorted(kind_labels().items())]
    )
    source = forms.ChoiceField(label=_("From"), required=False)
    # Where one stands, kept while narrowing.
    view = forms.CharField(widget=forms.HiddenInput, required=False)
    year = forms.CharField(widget=forms.HiddenInput, required=False)
    month = forms.CharField(widget=forms.HiddenInput, required=False)
    rows = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, entries: list[Entry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = str(self.data.get("structure", ""))[:60]
        structures = dict(structure_choices(entries)) | ({chosen: chosen} if chosen else {})
        self.fields["structure"].choices = [("", _("all")), *sorted(structures.items())]  # type: ignore[attr-defined]
        named = [(name, SOURCES.get(name, name)) for name in source_names()]
        self.fields["source"].choices = [("", _("everything")), *named]  # type: ignore[attr-defined]


class Place:
    """Where in time the reader stands: what the address says, else this month."""

    def __init__(self, said: Any, today: dt.date) -> None:
        self.view = said.get("view") if said.get("view") in VIEWS else "month"
        self.rows = "state" if said.get("rows") == "state" else "structure"
        self.year = _number(said.get("year"), FIRST_YEAR, LAST_YEAR, today.year)
        self.month = _number(said.get("month"), 1, 12, today.month)

    @property
    def span(self) -> Span:
        if self.view == "month":
            return month_span(self.year, self.month)
        return Span(dt.date(self.year, 1, 1), dt.date(self.year, 12, 31))

    @property
    def title(self) -> str:
        if self.view == "month":
            return date_format(dt.date(self.year, self.month, 1), "F Y")
        return str(self.year)

    def said(self, **other: Any) -> dict[str, Any]:
        """The place as it stands in an address, `other` of it changed."""
        found = {"view": self.view, "year": self.year, "month": self.month, "rows": self.rows} | other
        return {name: value for name, value in found.items() if value}

    def moved(self, by: int) -> dict[str, Any]:
        """The place one month, or year, earlier or later."""
        if self.view != "month":
            return self.said(year=self.year + by)
        count = self.year * 12 + self.month - 1 + by
        return self.said(year=count // 12, month=count % 12 + 1)


def _number(text: Any, least: int, most: int, otherwise: int) -> int:
    word = str(text or "")
    number = int(word) if word.isascii() and word.isdigit() and len(word) <= 4 else otherwise
    return number if least <= number <= most else otherwise


@reads(READ)
def calendar_page(request: HttpRequest) -> HttpResponse:
    today = clock.now().date()
    place, wanted = Place(request.GET, today), Filter.of(request.GET)
    span = place.span
    around = Span(min(span.first, today), max(span.last, today + dt.timedelta(days=GAP_DAYS)))
    everything = entries_in(around)
    known = [entry for entry in everything if wanted.lets(entry)]
    entries = [entry for entry in known if entry.span.meets(span)]
    form = CalendarFilter(request.GET or place.said(), entries=everything)
    context = {
        "place": place,
        "form": form,
        "entries": [line_of(entry) for entry in entries[:MOST_LISTED]],
        "hidden": max(0, len(entries) - MOST_LISTED),
        "tabs": _tabs(place, wanted),
        "earlier": _address(place.moved(-1), wanted),
        "later": _address(place.moved(1), wanted),
        "now": _address(place.said(year=today.year, month=today.month), wanted),
        "today": today,
        "feed": reverse("partnership:feed_add") + "?" + urlencode(wanted.said()),
        "may_enter": may(request.user, ENTER),
        "may_import": may(request.user, IMPORT),
        "may_note": may(request.user, NOTE_STEP),
        **_alerts(known, span, today, wanted),
    }
    if place.view == "month":
        context |= {"weeks": month_weeks(place.year, place.month, entries), "days": list(_day_names())}
    elif place.view == "year":
        context |= {
            "rows": _rows(place, entries),
            "months": list(_month_names(place, wanted)),
            "by": _by(place, wanted),
        }
    return render(request, "partnership/calendar.html", context)


def _address(place: dict[str, Any], wanted: Filter) -> str:
    return "?" + urlencode(wanted.said() | place)


def _tabs(place: Place, wanted: Filter) -> list[dict[str, Any]]:
    labels = {"month": _("Month"), "year": _("Year"), "list": _("List")}
    return [
        {"label": labels[view], "url": _address(place.said(view=view), wanted), "current": view == place.view}
        for view in VIEWS
    ]


def _by(place: Place, wanted: Filter) -> list[dict[str, Any]]:
    labels = {"structure": _("By structure"), "state": _("By State")}
    return [
        {"label": label, "url": _address(place.said(rows=rows), wanted), "current": rows == place.rows}
        for rows, label in labels.items()
    ]


def _rows(place: Place, entries: list[Entry]) -> list[tuple[str, Any]]:
    if place.rows == "state":
        names = load_states()
        found = year_rows(place.year, entries, lambda entry: entry.states or ("",))
        named = [(names[row.key].name if row.key else str(_("No State in particular")), row.lanes) for row in found]
        return sorted(named)
    return [(row.key, row.lanes) for row in year_rows(place.year, entries, lambda entry: (entry.structure,))]


def _day_names() -> Any:
    monday = dt.date(2024, 1, 1)
    for number in range(7):
        day = monday + dt.timedelta(days=number)
        yield date_format(day, "D"), date_format(day, "l")


def _month_names(place: Place, wanted: Filter) -> Any:
    for month in range(1, 13):
        day = dt.date(place.year, month, 1)
        yield date_format(day, "M"), date_format(day, "F Y"), _address(place.said(view="month", month=month), wanted)


def line_of(entry: Entry) -> dict[str, Any]:
    """An entry as lists show it, codes in words."""
    names = load_states()
    return {
        "entry": entry,
        "days": str(entry.span),
        "states": ", ".join(names[code].name for code in entry.states) or "–",
        "themes": ", ".join(theme_labels(entry.themes)) or "–",
        "kind": kind_labels().get(entry.kind, entry.kind),
        "certainty": Certainty(entry.certainty).label,
    }


def _alerts(known: list[Entry], span: Span, today: dt.date, wanted: Filter) -> dict[str, Any]:
    """Clashes in what is shown, and themes with nothing ahead for a year (of the State or structure chosen)."""
    names = load_states()
    found = clashes([entry for entry in known if entry.span.meets(span)])
    asked = [wanted.theme] if wanted.theme in load_themes() else list(load_themes())
    missing = gaps(known, asked, day=today)
    whose = names[wanted.state].name if wanted.state in names else wanted.structure
    return {
        "clashes": [(names[clash.state].name, clash, ", ".join(theme_labels(clash.themes))) for clash in found],
        "gaps": [(theme_labels([gap.theme])[0], gap.last) for gap in missing if gap.last],
        "never": theme_labels(gap.theme for gap in missing if gap.last is None),
        "gaps_of": whose,
    }
