"""Names and addresses of records that a figure counted, by their ids."""

from collections.abc import Sequence
from uuid import UUID

from django.apps import apps
from django.urls import NoReverseMatch, reverse

from palermo.partnership.methods.ids import uuid_of
from palermo.vocabulary.states import load_states

#: Model → the fields that name one of its records, the route of its page; those that are not there are passed over.
_NAMED: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("Finding", ("reference", "title"), "partnership:finding"),
    ("Measure", ("state", "title"), ""),
    ("Report", ("year", "title"), "partnership:report"),
    ("Event", ("title",), "partnership:event"),
    ("Visit", ("title",), "partnership:visit"),
    ("Publication", ("title",), "partnership:publication"),
    ("Project", ("title",), "partnership:project"),
    ("Organisation", ("name",), "partnership:organisation"),
)


def names_of(ids: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Name and address by id; States by their code. One statement a kind of record."""
    states = load_states()
    found = {one: (states[one].name, "") for one in ids if one in states}
    left = [one for one in ids if one not in found and uuid_of(one)]
    for model, fields, route in _NAMED:
        if not left:
            break
        try:
            manager = apps.get_model("partnership", model)._default_manager  # noqa: SLF001 -- Django's name for it
        except LookupError:
            continue
        for pk, *said in manager.filter(pk__in=left).values_list("pk", *fields):
            found[str(pk)] = (" · ".join(str(part) for part in said), _address(route, pk))
        left = [one for one in left if one not in found]
    return found


def _address(route: str, pk: UUID) -> str:
    try:
        return reverse(route, args=[pk]) if route else ""
    except NoReverseMatch:
        return ""
