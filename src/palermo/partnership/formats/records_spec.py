"""Which tables and keys a file of records may hold, and what stands in each (docs/rooms/partnership/import.md)."""

#: Kinds of values: text, slug, date, month, year, flag, texts, months, figure (a whole number, or a table with `count`
#: and perhaps `bound` and `period`), figures (a table of them), partners (a figure, or texts), partial (year, month, or
#: words), declared (a list of tables: `events` and figures), a "!" where the key must stand.
Spec = dict[str, str]

_WHEN: Spec = {
    "start": "date",
    "end": "date",
    "month": "month",
    "year": "year",
    "date_text": "text",
    "date_basis": "text",
}
_MEETING: Spec = {
    **_WHEN,
    "title": "text",
    "place": "text",
    "places": "texts",
    "organiser": "text",
    "co_organisers": "texts",
    "our_role": "text",
    "status": "text",
    "audience": "text",
    "languages": "texts",
    "language": "text",
    "themes": "texts",
    "train_the_trainers": "flag",
    "participants": "figure",
    "states": "figures",
    "states_and_partners": "figure",
    "participating_states": "figure",
    "organisations": "figure",
    "private_sector": "figure",
    "capacity": "figure",
    "days": "figure",
    "women": "figure",
    "men": "figure",
    "online": "figure",
}
_VISIT: Spec = {**_WHEN, "id": "slug", "country": "text!", "kind": "text"}

#: Tables that stand once.
SINGLE: dict[str, Spec] = {
    "office": {
        "name": "text!",
        "short": "text",
        "year": "year!",
        "source": "text",
        "permanent_council": "date",
        "participating_states": "figure",
        "partners_for_cooperation": "figure",
        "pillars": "texts",
    },
    "donors": {"in_kind": "texts", "seconding": "texts"},
}
#: Tables of which there may be many.
MANY: dict[str, Spec] = {
    "project": {
        "id": "slug!",
        "title": "text!",
        "budget": "text",
        "host": "text",
        "hosts": "texts",
        "partners": "partners",
        "named_partners": "texts",
        "internal_supporters": "texts",
        "supporters": "figure",
        "totals": "figures",
        "workshops": "figure",
        "declared": "declared",
    },
    "event": {"id": "slug!", "kind": "text!", "project": "slug", **_MEETING},
    "training": {"id": "slug!", **_MEETING, "title": "text!"},
    "network": {
        "id": "slug!",
        "title": "text!",
        "status": "text",
        "months": "months",
        "meetings_per_year": "figure",
        "partners": "figure",
    },
    "visit": _VISIT,
    "planned_visit": _VISIT,
    "publication": {
        "id": "slug",
        "title": "text!",
        "subtitle": "text",
        "year": "year",
        "month": "month",
        "status": "text",
        "planned": "partial",
        "title_stated": "flag",
        "languages": "texts",
        "downloads": "figure",
    },
    "planned_exercise": {**_MEETING, "title": "text!"},
    "planned_event": {**_MEETING, "title": "text!", "regions": "texts"},
    "planned_output": {"year": "year!", "titles": "texts!"},
}
#: The table whose keys are free: figures that others published, each with its source.
CONTEXT = "context"
CONTEXT_KEYS = {"value", "source", "as_of", "unit", "bound"}

UNITS = {
    "participants": "persons",
    "supporters": "persons",
    "private_sector": "persons",
    "capacity": "persons",
    "women": "persons",
    "men": "persons",
    "online": "persons",
    "participating_states": "States",
    "partners_for_cooperation": "Partners",
    "participating": "States",
    "states_and_partners": "States and Partners",
    "organisations": "organisations",
    "partners": "partners",
    "days": "days",
    "workshops": "workshops",
    "exercises": "exercises",
    "meetings_per_year": "meetings",
    "downloads": "downloads",
}
