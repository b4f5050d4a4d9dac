"""Figures of events, attendance and publications that a report calls by name; the office is that of whoever asks."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any
from uuid import UUID

from palermo.office.figures import Counted, Figure, Period
from palermo.partnership.methods.simulated_year import KINDS
from palermo.partnership.models import Contribution, MediaItem
from palermo.partnership.queries import attended
from palermo.partnership.queries.asking import office_asking
from palermo.vocabulary.states import load_states

Ids = Callable[[UUID, Period], Iterable[Any]]


def _figure(name: str, definition: str, unit: str, ids: Ids) -> Figure:
    def count(period: Period) -> Counted:
        return Counted.of(ids(office_asking(), period))

    return Figure(f"partnership.{name}", definition, count, unit=unit)


def _came(office: UUID, period: Period) -> Any:
    return attended.came(office, period.start, period.end)


def _persons(**narrow: Any) -> Ids:
    return lambda office, period: attended.persons(_came(office, period).filter(**narrow))


def _events(**narrow: Any) -> Ids:
    def ids(office: UUID, period: Period) -> Iterable[Any]:
        return attended.held(office, period.start, period.end).filter(**narrow).values_list("id", flat=True)

    return ids


def _states(partners: bool) -> Ids:
    codes = [code for code, one in load_states().items() if (one.kind != "participating_state") == partners]
    return lambda office, period: attended.states(_came(office, period), codes)


def _publications(**narrow: Any) -> Ids:
    def ids(office: UUID, period: Period) -> Iterable[Any]:
        return attended.published(office, period.start, period.end).filter(**narrow).values_list("id", flat=True)

    return ids


_AT = "at events of the office that took place wholly within the period"


def _people() -> Iterator[Figure]:
    yield _figure(
        "attendances",
        f"Times that somebody took part {_AT}; a person at two events counts twice.",
        "attendances",
        lambda office, period: _came(office, period).values_list("id", flat=True),
    )
    yield _figure(
        "participants",
        f"Persons who took part {_AT}, each once; organisations without a name are left out.",
        "persons",
        _persons(),
    )
    for name, gender in (("women", "woman"), ("men", "man")):
        definition = f"Persons of known gender ({name}) who took part {_AT}, each once."
        yield _figure(f"participants_{name}", definition, "persons", _persons(gender=gender))
    yield _figure(
        "participants_online", f"Persons who took part online at least once {_AT}.", "persons", _persons(mode="online")
    )
    yield _figure(
        "participants_first_time",
        f"Persons who took part {_AT} and had come to none of the office before the period.",
        "persons",
        lambda office, period: attended.persons(attended.first_time(office, period.start, period.end)),
    )
    yield _figure(
        "states_represented", f"Participating States for which somebody came {_AT}.", "States", _states(partners=False)
    )
    yield _figure(
        "partners_represented", f"Partners for which somebody came {_AT}.", "Partners", _states(partners=True)
    )
    yield _figure("people_trained", f"Persons who were trained {_AT}, each once.", "persons", _persons(trained=True))
    yield _figure(
        "trainers_trained",
        f"Persons who were trained to train others {_AT}, each once.",
        "persons",
        _persons(trained_as_trainer=True),
    )


def _kinds() -> Iterator[Figure]:
    wholly = "that took place wholly within the period"
    yield _figure("events", f"Events of every kind {wholly}.", "events", _events())
    for name, kind in KINDS.items():
        yield _figure(
            name, f"Events of the kind “{kind.replace('_', ' ')}” {wholly}.", name.replace("_", " "), _events(kind=kind)
        )
    yield _figure(
        "workshops",
        f"Workshops, country workshops among them, {wholly}.",
        "workshops",
        _events(kind__in=("workshop", "country_workshop")),
    )
    yield _figure(
        "visits_without_days",
        f"Country visits and follow-up visits of which only the year is known, {wholly}.",
        "visits",
        _events(kind__in=("visit", "follow_up_visit")),
    )
    yield _figure(
        "addresses",
        f"Events of other bodies that the office addressed, {wholly}.",
        "addresses",
        _events(our_role="address"),
    )


FIGURES = (
    *_people(),
    *_kinds(),
    _figure("publications_published", "Publications that came out in the period.", "publications", _publications()),
    _figure(
        "publications_released",
        "Publications that came out in the period and were released at an event.",
        "publications",
        _publications(status="released"),
    ),
    _figure(
        "donors",
        "Donors who gave money, something in kind or staff in the years of the period; each once.",
        "donors",
        lambda office, period: (
            Contribution.objects.filter(
                office_id=office, year__gte=period.start.year, year__lt=period.end.year + (period.end.month > 1)
            )
            .order_by("donor", "id")
            .distinct("donor")
            .values_list("id", flat=True)
        ),
    ),
    _figure(
        "media_items",
        "Media items published in the period.",
        "items",
        lambda office, period: MediaItem.objects.filter(
            office_id=office, published_on__gte=period.start, published_on__lt=period.end
        ).values_list("id", flat=True),
    ),
)
