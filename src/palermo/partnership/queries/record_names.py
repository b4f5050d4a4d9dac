"""Names and addresses of records that a figure counted, by their ids."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Model
from django.urls import reverse

from palermo.partnership.methods.ids import uuid_of
from palermo.partnership.models import (
    Attendance,
    Contact,
    Contribution,
    Event,
    Finding,
    Measure,
    MediaItem,
    Project,
    Publication,
    Report,
    StateOutcome,
    Visit,
)
from palermo.vocabulary.states import load_states


@dataclass(frozen=True)
class _Kind:
    """A kind of record: the fields that name one, the route of its page, and the field that the route takes."""

    model: type[Model]
    fields: tuple[str, ...]
    route: str = ""
    page: str = "pk"


#: Every kind of record that a figure of partnership counts.
_KINDS = (
    _Kind(Finding, ("reference", "title"), "partnership:finding"),
    _Kind(Visit, ("title",), "partnership:visit"),
    _Kind(Event, ("title",), "partnership:event"),
    _Kind(Attendance, ("name", "organisation", "state", "event__title"), "partnership:event", "event_id"),
    _Kind(Contact, ("name", "position"), "partnership:contact"),
    _Kind(Measure, ("state", "title")),
    _Kind(Publication, ("title",), "partnership:publication"),
    _Kind(Report, ("year", "title"), "partnership:report"),
    _Kind(Project, ("title",), "partnership:project"),
    _Kind(Contribution, ("donor", "year")),
    _Kind(MediaItem, ("title", "outlet")),
    _Kind(StateOutcome, ("state", "title"), "partnership:state", "state"),
)


def names_of(ids: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Name and address by id, as far as the reader is cleared; States by their code.

    At most one statement a kind of record; none more once every id is named.
    """
    states = load_states()
    found = {one: (states[one].name, reverse("partnership:state", args=[one])) for one in ids if one in states}
    left = [one for one in ids if one not in found and uuid_of(one)]
    for kind in _KINDS:
        if not left:
            break
        rows = kind.model._default_manager.filter(pk__in=left)  # noqa: SLF001 -- Django's name for it
        for pk, page, *said in rows.values_list("pk", kind.page, *kind.fields):
            name = " · ".join(str(part) for part in said if part)
            found[str(pk)] = (name, reverse(kind.route, args=[page]) if kind.route else "")
        left = [one for one in left if one not in found]
    return found
