"""``make_world``: the parts of a region put together in one order, each from its own random stream."""

from datetime import date

import numpy as np
import pyarrow as pa

from palermo.vocabulary.errors import Refusal
from palermo.vocabulary.indicators import load_items
from palermo.world.answers import (
    answers_table,
    draw_answers,
    draw_facts,
    draw_reticence,
    reticence_after,
)
from palermo.world.columns import ids
from palermo.world.contacts import Dependence, make_contacts
from palermo.world.events import make_events
from palermo.world.figures import assumed
from palermo.world.happenings import Happenings
from palermo.world.lists import write_list
from palermo.world.lives import live_before, travel, work
from palermo.world.names import make_names
from palermo.world.networks import make_networks
from palermo.world.people import make_people
from palermo.world.places import make_facilities
from palermo.world.streams import Flags, Streams
from palermo.world.tables import (
    agencies_table,
    births,
    facilities_table,
    list_tables,
    members_table,
    networks_table,
    people_table,
    persons_table,
    victims_table,
)
from palermo.world.trafficking import traffic
from palermo.world.world import World

FIRST_DAY = date(2026, 1, 5)
MOST_PEOPLE = 9_999_999
LIMITS = {
    "people": (1, MOST_PEOPLE),
    "seed": (0, 2**63 - 1),
    "days": (1, 3650),
    "prevalence": (0.0, 0.5),
    "disclosure": (0.02, 0.98),
    "noise": (0.0, 10.0),
    "heterogeneity": (0.0, 5.0),
}


def make_world(
    *,
    people: int,
    seed: int,
    days: int = 30,
    start: date = FIRST_DAY,
    prevalence: float | None = None,
    disclosure: float | None = None,
    noise: float = 1.0,
    dependence: Dependence = 0.0,
    heterogeneity: float = 0.0,
) -> World:
    """Make a simulated region with known truth.

    Args:
        people: how many people arrive.
        seed: same arguments, same world, byte for byte.
        days: over how many days they arrive.
        start: the first day; ages are true on arrival.
        prevalence: share of people held by a network (a named assumption if not given).
        disclosure: mean share of the most sensitive true answers that people give at first (likewise).
        noise: factor on hardship among people who are not trafficked, and on what is taken for trafficking.
        dependence: log odds ratios between agencies' lists, see :func:`palermo.world.contacts.make_contacts`.
        heterogeneity: difference in log odds of being listed between those who tell more and less.

    Raises:
        Refusal: an argument is out of its range.
    """
    parameters: dict[str, object] = {
        "people": people,
        "seed": seed,
        "days": days,
        "start": start.isoformat(),
        "prevalence": assumed("world", "prevalence") if prevalence is None else prevalence,
        "disclosure": assumed("world", "disclosure") if disclosure is None else disclosure,
        "noise": noise,
        "dependence": dependence if isinstance(dependence, (int, float)) else _by_name(dependence),
        "heterogeneity": heterogeneity,
    }
    _check(parameters)
    return _make(Streams(seed), parameters, start, dependence)


def _by_name(dependence: Dependence) -> dict[str, float]:
    return {f"{left}-{right}": value for (left, right), value in dict(dependence).items()}  # type: ignore[arg-type]


def _check(parameters: dict[str, object]) -> None:
    for name, (low, high) in LIMITS.items():
        value = parameters[name]
        if not isinstance(value, (int, float)) or not low <= value <= high:
            raise Refusal(f"{value!r} is out of range.", where=name, remedy=f"Give a number from {low} to {high}.")


def _make(streams: Streams, parameters: dict[str, object], start: date, dependence: Dependence) -> World:
    def number(name: str) -> float:
        return float(str(parameters[name]))

    noise = number("noise")
    facilities = make_facilities(streams, int(number("people")), int(number("days")))
    people = make_people(streams, int(number("people")), int(number("days")), facilities)
    names = make_names(streams, people)
    happened = Happenings(len(people))
    live_before(streams, people, happened)
    travel(streams, people, happened, noise)
    work(streams, people, happened, noise)
    networks, hold = make_networks(streams, people, happened["little_schooling"], number("prevalence"))
    groups = traffic(streams, people, hold, happened)
    reticence = draw_reticence(streams, len(people), number("disclosure"))
    said, true = births(people, start)
    contacts = make_contacts(streams, people, happened, reticence, dependence, number("heterogeneity"))
    sheets = [write_list(streams, contact, people, names, facilities, said, start.isoformat()) for contact in contacts]
    person_ids = ids("P", len(people), 7)
    lists, links = list_tables(sheets, person_ids)
    network_ids = ids("N", len(networks), 5)
    member_ids = ids("M", len(networks.member_role), 6)
    facts = draw_facts(streams, happened, noise)
    stages = {"intake": reticence, "interview": reticence_after(reticence, 1)}
    answers = {
        stage: answers_table(person_ids, draw_answers(streams, stage, facts, level, people.interpreter, noise))
        for stage, level in stages.items()
    }
    return World(
        start=start,
        parameters=parameters,
        tables={
            "people": people_table(people, names, person_ids, said),
            "facilities": facilities_table(facilities),
            "agencies": agencies_table(),
            "lists": lists,
            "answers": answers["intake"],
            "answers_interview": answers["interview"],
        },
        truth={
            "persons": persons_table(people, happened, hold, stages, person_ids, network_ids, true),
            "victims": victims_table(hold, networks, groups, person_ids, network_ids, member_ids),
            "networks": networks_table(networks, network_ids),
            "members": members_table(networks, network_ids, member_ids),
            "events": make_events(streams, people, hold, happened, person_ids, network_ids),
            "facts": _facts_table(person_ids, facts),
            "list_links": links,
        },
    )


def _facts_table(person_ids: pa.StringArray, facts: list[Flags]) -> pa.Table:
    columns = {item: pa.array(np.asarray(fact)) for item, fact in zip(load_items(), facts, strict=True)}
    return pa.table({"person_id": person_ids} | columns)
