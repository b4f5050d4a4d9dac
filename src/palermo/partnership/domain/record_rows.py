"""What each table of a file of records becomes: models with ids that stay the same for the same file."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID, uuid5

from django.db import models

from palermo.partnership.enums import (
    BudgetKind,
    ContributionKind,
    EventKind,
    EventStatus,
    OurRole,
    PublicationStatus,
)
from palermo.partnership.formats.records_file import FileRecord, RecordsFile, slug
from palermo.partnership.methods.when import dated
from palermo.partnership.models import Contribution, DeclaredFigure, Event, Network, Project, Publication
from palermo.vocabulary.errors import Refusal
from palermo.vocabulary.places import country_code, language_code
from palermo.vocabulary.themes import theme_codes

#: A row to keep: its kind as the command counts it, its model, its id and its values.
Row = tuple[str, type[models.Model], UUID, dict[str, Any]]


def rows_of(office: UUID, file: RecordsFile) -> Iterator[Row]:
    """Every row of a file, those first to which others point."""
    order = ["project", "event", "training", "planned_event", "planned_exercise", "network", "publication"]
    rank = {table: place for place, table in enumerate(order)}
    for record in sorted(file.records, key=lambda one: rank.get(one.table, len(order))):
        yield from _placed(_MAKERS[record.table], office, file, record)
    for figure in file.figures:
        yield (
            "figure",
            DeclaredFigure,
            uuid5(office, f"figure.{file.year}.{figure.name}"),
            {
                "year": file.year,
                "name": figure.name[:160],
                "value": figure.value,
                "bound": figure.bound.value,
                "unit": figure.unit[:60],
                "definition": figure.definition,
                "source": (figure.source or _source(file))[:300],
                "period": figure.period,
            },
        )


def _source(file: RecordsFile) -> str:
    return str(
        file.office.get("source") or f"{file.office.get('short') or file.office['name']}, records of {file.year}"
    )


def _placed(make: Any, office: UUID, file: RecordsFile, record: FileRecord) -> list[Row]:
    try:
        return list(make(office, file, record))
    except Refusal as refusal:
        raise Refusal(refusal.message, where=record.where, remedy=refusal.remedy) from refusal


def id_of(office: UUID, table: str, reference: str) -> UUID:
    """The id of a record: the same whenever the same office imports it."""
    return uuid5(office, f"{table}.{reference}")


def when_of(values: Mapping[str, Any], *, fallback: str = "") -> dict[str, Any]:
    """The columns of a date from the keys of a file."""
    start = values.get("start")
    when = str(start or values.get("month") or values.get("year") or "")
    basis = values.get("date_basis") or values.get("date_text") or ("" if when else fallback)
    end = values.get("end")
    return dated(when, ends_on=end if isinstance(end, dt.date) else None, basis=basis)


def _code(value: str, choices: type[models.TextChoices], what: str) -> str:
    code = value.replace(" ", "_").replace("-", "_")
    if code not in choices.values:
        known = ", ".join(one.replace("_", " ") for one in choices.values)
        raise Refusal(f"“{value}” is no {what}.", remedy=f"Use one of: {known}.")
    return code


def _project(office: UUID, _: RecordsFile, record: FileRecord) -> Iterator[Row]:
    said = record.values
    partners = said.get("partners", []) if isinstance(said.get("partners"), list) else []
    yield (
        "project",
        Project,
        id_of(office, "project", record.reference),
        {
            "reference": record.reference,
            "title": said["title"],
            "budget": _code(said.get("budget", "extra-budgetary"), BudgetKind, "budget"),
            "hosts": [*([said["host"]] if "host" in said else []), *said.get("hosts", [])],
            "partners": [*partners, *said.get("named_partners", [])],
            "internal_partners": said.get("internal_supporters", []),
        },
    )


def _event(office: UUID, _: RecordsFile, record: FileRecord) -> Iterator[Row]:
    said, planned = record.values, record.table.startswith("planned")
    kinds = {"training": "training", "planned_exercise": "exercise", "planned_event": "other"}
    kind = _code(said.get("kind", kinds.get(record.table, "other")), EventKind, "kind of event")
    places = said.get("places", []) + said.get("regions", [])
    place = said.get("place") or (places[0] if places else "")
    default = "planned" if planned else "done"
    words = "not stated" if record.table == "training" else ""
    reference = record.reference if record.table == "event" else slug(record.table, record.reference)
    yield (
        "event",
        Event,
        id_of(office, record.table, record.reference),
        {
            "reference": reference,
            "title": said.get("title") or f"{EventKind(kind).label}, {place or record.reference}",
            "kind": kind,
            "our_role": _code(said.get("our_role", _role(said)), OurRole, "part of ours"),
            "status": _code(said.get("status", default), EventStatus, "status"),
            **when_of(said, fallback=words),
            "place": place,
            "places": [one for one in places if one != place],
            "organiser": said.get("organiser", ""),
            "co_organisers": said.get("co_organisers", []),
            "audience": said.get("audience", ""),
            "languages": [language_code(one) for one in _list(said.get("language"), said.get("languages", []))],
            "themes": theme_codes(said.get("themes", [])),
            "train_the_trainers": said.get("train_the_trainers", False),
            "project_id": id_of(office, "project", said["project"]) if "project" in said else None,
        },
    )


def _list(one: Any, more: list[Any]) -> list[Any]:
    return [*([one] if one else []), *more]


def _role(said: Mapping[str, Any]) -> str:
    if said.get("organiser"):
        return "participate"
    return "co_organise" if said.get("co_organisers") else "organise"


def _visit(office: UUID, _: RecordsFile, record: FileRecord) -> Iterator[Row]:
    """A visit is kept among the events: the file gives its year, and visits of the desk hold their days."""
    said = record.values
    kind = EventKind.FOLLOW_UP_VISIT if "follow" in said.get("kind", "") else EventKind.VISIT
    word = "Follow-up visit" if kind == EventKind.FOLLOW_UP_VISIT else "Country visit"
    planned = record.table.startswith("planned")
    # A visit with an id of its own stays the same when it is planned in one file and held in the next.
    table = "visit" if "id" in said else record.table
    values: dict[str, Any] = {
        "reference": slug(table, record.reference),
        "title": f"{word}: {said['country']}",
        "kind": kind.value,
    }
    values |= {"status": "planned" if planned else "done", "states": [country_code(said["country"])]}
    yield "visit", Event, id_of(office, table, record.reference), values | when_of(said)


def _network(office: UUID, _: RecordsFile, record: FileRecord) -> Iterator[Row]:
    values = {
        "reference": record.reference,
        "title": record.values["title"],
        "standing": record.values.get("status", ""),
        "months": record.values.get("months", []),
    }
    yield "network", Network, id_of(office, "network", record.reference), values


_STATUSES = {"announced": "planned", "developed": "drafting", "draft": "drafting"}


def _publication(office: UUID, _: RecordsFile, record: FileRecord) -> Iterator[Row]:
    said = record.values
    planned, year = said.get("planned"), None
    if planned is not None:
        year = planned if isinstance(planned, int) else None
    given = said.get("status", "planned" if planned is not None else "published")
    words = str(planned) if planned is not None and year is None else said.get("status", "")
    values = {**said, **({"year": year} if year else {}), "date_basis": words}
    yield (
        "publication",
        Publication,
        id_of(office, "publication", record.reference),
        {
            "reference": record.reference,
            "title": said["title"],
            "subtitle": said.get("subtitle", ""),
            "title_stated": said.get("title_stated", True),
            "status": _code(_STATUSES.get(given, given), PublicationStatus, "status"),
            "languages": [language_code(one) for one in said.get("languages", [])],
            **when_of(values, fallback="not stated"),
        },
    )


def _outputs(office: UUID, _: RecordsFile, record: FileRecord) -> Iterator[Row]:
    for title in record.values["titles"]:
        year = record.values["year"]
        values = {"reference": slug(title), "title": title, "subtitle": "", "title_stated": True}
        values |= {"status": PublicationStatus.PLANNED.value, "languages": [], **when_of({"year": year})}
        yield "publication", Publication, id_of(office, "planned_output", slug(title)), values


def _donors(office: UUID, file: RecordsFile, record: FileRecord) -> Iterator[Row]:
    for key, kind in (("in_kind", ContributionKind.IN_KIND), ("seconding", ContributionKind.STAFF)):
        for donor in record.values.get(key, []):
            reference = slug(donor, kind, file.year)
            values = {"reference": reference, "donor": donor, "state": country_code(donor), "kind": kind.value}
            yield "contribution", Contribution, id_of(office, "donor", reference), values | {"year": file.year}


_MAKERS: dict[str, Callable[[UUID, RecordsFile, FileRecord], Iterable[Row]]] = {
    "project": _project,
    "event": _event,
    "training": _event,
    "planned_event": _event,
    "planned_exercise": _event,
    "visit": _visit,
    "planned_visit": _visit,
    "network": _network,
    "publication": _publication,
    "planned_output": _outputs,
    "donors": _donors,
}
