"""Events: the list, one event with all that belongs to it, and the forms that change it."""

from functools import partial
from typing import Any
from uuid import UUID

import django_tables2 as tables
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from palermo.office.domain.rights import may
from palermo.office.figures import Bound
from palermo.office.pages.doors import acts, form_page, reads, sent
from palermo.partnership.domain import events as verbs
from palermo.partnership.methods.bounded import Bounded
from palermo.partnership.models import DeclaredFigure, Event
from palermo.partnership.pages import event_forms as forms
from palermo.partnership.pages.attendance_table import AttendanceTable
from palermo.partnership.pages.event_fields import sheet_of, texts_of
from palermo.partnership.pages.visit_looks import theme_labels
from palermo.partnership.queries.events import Came, came_to, declared_of
from palermo.ui.maps.tiles import state_map
from palermo.ui.tables import BadgeColumn, MainColumn, NumberColumn, WorkTable
from palermo.vocabulary.states import load_states

PER_PAGE = 25
STATUS_TONES = {"tentative": "neutral", "planned": "info", "done": "safe", "cancelled": "warn"}


class EventTable(WorkTable):
    title = MainColumn(verbose_name=_("Event"), linkify=("partnership:event", {"pk": tables.A("pk")}))
    kind = tables.Column(verbose_name=_("Kind"))
    when = tables.Column(verbose_name=_("When"), order_by=("earliest",), empty_values=())
    place = tables.Column(verbose_name=_("Place"))
    status = BadgeColumn(STATUS_TONES, verbose_name=_("Status"))
    came = NumberColumn(verbose_name=_("Took part"))

    caption = _("Events")
    empty_help = _("Keep one here, or import a year with “palermo partnership import”.")

    class Meta(WorkTable.Meta):
        attrs = {"class": "work"}

    def render_when(self, record: Event) -> str:
        return days_of(record)

    def render_came(self, record: Event) -> Any:
        return record.came or "–"


def days_of(record: Any) -> str:
    """A date as it is known: days, a month, a year, or the words that stand for it."""
    if not record.when:
        return record.date_basis
    if record.latest and len(record.when) == 10 and record.latest != record.earliest:
        return f"{record.when} – {record.latest.isoformat()}"
    return record.when


@reads(verbs.READ)
def event_index(request: HttpRequest) -> HttpResponse:
    form = forms.NarrowEvents(request.GET or None)
    table = EventTable(form.narrow(verbs.read_events(member=request.user)), empty_text=_("No event is kept yet"))
    tables.RequestConfig(request, paginate={"per_page": PER_PAGE, "silent": True}).configure(table)
    context = {"table": table, "form": form, "found": table.paginator.count, "keeps": may(request.user, verbs.KEEP)}
    return render(request, "partnership/events.html", context)


@reads(verbs.READ)
def event_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    event = get_object_or_404(Event.objects.select_related("project", "office"), pk=pk)
    ours = event.office_id == request.user.agency_id
    came = came_to(event) if ours else None
    rows = event.attendances.all() if ours else event.attendances.filter(publish_name="all", step="present")
    keeps = ours and may(request.user, verbs.CHANGE)
    table = AttendanceTable(rows, keeps=keeps, newcomers=came.first_time if came else frozenset())
    tables.RequestConfig(request, paginate={"per_page": PER_PAGE, "silent": True}).configure(table)
    context = {
        "event": event,
        "facts": _facts(event),
        "ours": ours,
        "keeps": keeps,
        "came": came,
        "tiles": _tiles(came) if came and came.total else [],
        "map": _map(came) if came and came.states else None,
        "table": table,
        "declared": declared_rows(event.title, *_names(event)),
        "sessions": event.sessions.all(),
        "documents": event.documents.all(),
        "recommendations": event.recommendations.all(),
        "media": event.media.all(),
        "releases": event.releases.all(),
        "tone": STATUS_TONES[event.status],
        "crumbs": [(_("Events"), reverse("partnership:events"))],
    }
    return render(request, "partnership/event.html", context)


def _names(event: Event) -> list[str]:
    """How declared figures call an event, by the table of the file that it came from."""
    found = [f"event.{event.reference}"]
    for table in ("training", "planned_event", "planned_exercise", "visit", "planned_visit"):
        prefix = table.replace("_", "-") + "-"
        if event.reference.startswith(prefix):
            found.append(f"{table}.{event.reference.removeprefix(prefix)}")
    return found


def words_of(figure: DeclaredFigure) -> str:
    """A declared figure as it was given: “over 350 persons”."""
    return f"{Bounded(figure.value, Bound(figure.bound)).words} {figure.unit}".strip()


def declared_rows(title: str, *prefixes: str) -> list[tuple[DeclaredFigure, str, str]]:
    """Declared figures of a record: the figure, the figure as given, and what it is of."""
    return [(one, words_of(one), one.definition.removeprefix(f"{title}: ")) for one in declared_of(*prefixes)]


def _facts(event: Event) -> list[tuple[Any, ...]]:
    names = load_states()
    pairs: list[tuple[Any, ...]] = [
        (_("When"), days_of(event), event.date_basis if event.when else ""),
        (_("Place"), ", ".join(filter(None, [event.place, *event.places]))),
        (_("Our part"), event.get_our_role_display()),
    ]
    if event.organiser:
        pairs.append((_("Organiser"), event.organiser))
    for label, values in ((_("Co-organisers"), event.co_organisers), (_("Themes"), theme_labels(event.themes))):
        if values:
            pairs.append((label, ", ".join(values)))
    if event.states:
        pairs.append((_("States it is about"), ", ".join(names[c].name if c in names else c for c in event.states)))
    if event.audience:
        pairs.append((_("For whom"), event.audience))
    if event.train_the_trainers:
        pairs.append((_("Trains trainers"), True))
    return [*pairs, (_("Kept by"), event.office.name), (_("Who may read it"), event.get_clearance_display())]


def _tiles(came: Came) -> list[dict[str, Any]]:
    gender, unknown = came.by["gender"], came.by["gender"]["not_known"]
    note = _("of %(n)d the gender is not known") % {"n": unknown} if unknown else ""
    tiles = [
        {"label": _("Took part"), "value": came.total, "reason": ""},
        {"label": _("Women"), "value": gender["woman"], "reason": note},
        {"label": _("Men"), "value": gender["man"], "reason": note},
        {"label": _("Online"), "value": came.by["mode"]["online"], "reason": ""},
        {"label": _("For the first time"), "value": len(came.first_time), "reason": _("at an event of this office")},
        {"label": _("States and Partners"), "value": len(came.states), "reason": ""},
    ]
    if came.by["trained"]["trained"]:
        trainers = came.by["trained"]["trainers"]
        reason = _("%(n)d of them to train others") % {"n": trainers}
        tiles.append({"label": _("Trained"), "value": came.by["trained"]["trained"], "reason": reason})
    return tiles


def _map(came: Came) -> Any:
    known = load_states()
    values: dict[str, float | None] = {code: float(came.states[code]) for code in known}
    partners = any(known[code].kind != "participating_state" for code in came.states if code in known)
    shown = {code: value for code, value in values.items() if partners or known[code].kind == "participating_state"}
    return state_map(
        shown,
        title=str(_("States for which somebody came")),
        partners=partners,
        breaks=(1, 2, 4, 8),
        value_label=_("Persons"),
        source=str(_("attendance list of this event")),
    )


_sheet = partial(sheet_of, _("Events"), "partnership:events", "partnership:event")


@acts(verbs.KEEP)
def event_new(request: HttpRequest) -> HttpResponse:
    def act(said: dict[str, Any]) -> str:
        event = verbs.keep_event(member=request.user, **said)
        return reverse("partnership:event", args=[event.pk])

    sheet = _sheet(_("Keep an event"), _("Keep it"), done=_("The event is kept."))
    return form_page(request, sheet, forms.EventForm(sent(request)), act)


@acts(verbs.CHANGE)
def event_change(request: HttpRequest, pk: UUID) -> HttpResponse:
    event = get_object_or_404(Event, pk=pk)
    names = [name for name in forms.EventForm.base_fields if name != "ends_on"]
    initial = texts_of(event, *names)
    if len(event.when) == 10 and event.latest != event.earliest:
        initial["ends_on"] = event.latest

    def act(said: dict[str, Any]) -> None:
        if event.clearance == "named":
            said.pop("clearance")
        verbs.change_event(member=request.user, event=event, **said)

    sheet = _sheet(_("Change the event"), _("Save"), event, done=_("The event is up to date."))
    return form_page(request, sheet, forms.EventForm(sent(request), initial=initial), act)


def _adds(request: HttpRequest, pk: UUID, form: Any, verb: Any, title: Any, done: Any) -> HttpResponse:
    event = get_object_or_404(Event, pk=pk)

    def act(said: dict[str, Any]) -> None:
        verb(member=request.user, event=event, **said)

    return form_page(request, _sheet(title, _("Add"), event, done=done), form(sent(request)), act)


@acts(verbs.AGENDA)
def session_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _adds(request, pk, forms.SessionForm, verbs.add_session, _("Add to the agenda"), _("It is on the agenda."))


@acts(verbs.DOCUMENT)
def document_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _adds(request, pk, forms.DocumentForm, verbs.add_document, _("Add a document"), _("The document is noted."))


@acts(verbs.ADOPT)
def recommendation_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    title, done = _("Note a recommendation that was adopted"), _("The recommendation is noted.")
    return _adds(request, pk, forms.RecommendationForm, verbs.adopt_recommendation, title, done)
