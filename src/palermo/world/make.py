"""``make_world``: the parts of a region put together in one order, each from its own random stream."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

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
from palermo.world.money import make_money
from palermo.world.names import Names, make_names
from palermo.world.networks import Hold, Networks, make_networks
from palermo.world.people import People, make_people
from palermo.world.places import Facilities, make_facilities
from palermo.world.streams import Flags, Reals, Streams
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
    money: bool = False,
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
        money: also make the ledger of the region (:mod:`palermo.world.money`).

    Raises:
        Refusal: an argument is out of its range.
    """
    _check("people", people)
    _check("seed", seed)
    _check("days", days)
    held = _check("prevalence", assumed("world", "prevalence") if prevalence is None else prevalence)
    told = _check("disclosure", assumed("world", "disclosure") if disclosure is None else disclosure)
    _check("noise", noise)
    _check("heterogeneity", heterogeneity)
    streams = Streams(seed)
    region = _draw(streams, people=people, days=days, prevalence=held, disclosure=told, noise=noise)
    lists, links = _lists(streams, region, start, dependence=dependence, heterogeneity=heterogeneity)
    parameters: dict[str, object] = {
        "people": people,
        "seed": seed,
        "days": days,
        "start": start.isoformat(),
        "prevalence": held,
        "disclosure": told,
        "noise": noise,
        "dependence": _by_name(dependence) if isinstance(dependence, Mapping) else dependence,
        "heterogeneity": heterogeneity,
        "money": money,
    }
    ledger: tuple[dict[str, pa.Table], dict[str, pa.Table]] = ({}, {})
    if money:
        ledger = make_money(streams, region.people, region.networks, region.hold, start=start, days=days)
    return World(
        start=start,
        parameters=parameters,
        tables=_visible(streams, region, start, noise) | {"lists": lists} | ledger[0],
        truth=_truth(streams, region, start) | {"list_links": links} | ledger[1],
    )


def _by_name(dependence: Mapping[tuple[str, str], float]) -> dict[str, float]:
    return {f"{left}-{right}": value for (left, right), value in dependence.items()}


def _check(name: str, value: float) -> float:
    low, high = LIMITS[name]
    if not low <= value <= high:
        raise Refusal(f"{value!r} is out of range.", where=name, remedy=f"Give a number from {low} to {high}.")
    return value


@dataclass(frozen=True, slots=True)
class _Region:
    """Everything that was drawn, before it becomes tables."""

    facilities: Facilities
    people: People
    names: Names
    happened: Happenings
    networks: Networks
    hold: Hold
    groups: Flags
    facts: list[Flags]
    reticence: dict[str, Reals]


def _draw(streams: Streams, *, people: int, days: int, prevalence: float, disclosure: float, noise: float) -> _Region:
    facilities = make_facilities(streams, people, days)
    persons = make_people(streams, people, days, facilities)
    happened = Happenings(people)
    live_before(streams, persons, happened)
    travel(streams, persons, happened, noise)
    work(streams, persons, happened, noise)
    networks, hold = make_networks(streams, persons, happened["little_schooling"], prevalence)
    groups = traffic(streams, persons, hold, happened)
    reticence = draw_reticence(streams, people, disclosure)
    return _Region(
        facilities=facilities,
        people=persons,
        names=make_names(streams, persons),
        happened=happened,
        networks=networks,
        hold=hold,
        groups=groups,
        facts=draw_facts(streams, happened, noise),
        reticence={"intake": reticence, "interview": reticence_after(reticence, 1)},
    )


def _lists(
    streams: Streams, region: _Region, start: date, *, dependence: Dependence, heterogeneity: float
) -> tuple[pa.Table, pa.Table]:
    people = region.people
    contacts = make_contacts(
        streams,
        people,
        region.happened,
        reticence=region.reticence["intake"],
        dependence=dependence,
        heterogeneity=heterogeneity,
    )
    said, _ = births(people, start)
    sheets = [
        write_list(
            streams,
            contact,
            people,
            region.names,
            facilities=region.facilities,
            births=said,
            start=start.isoformat(),
        )
        for contact in contacts
    ]
    return list_tables(sheets, ids("P", len(people), 7))


def _visible(streams: Streams, region: _Region, start: date, noise: float) -> dict[str, pa.Table]:
    person_ids = ids("P", len(region.people), 7)
    interpreter = region.people.interpreter
    answers = {
        stage: draw_answers(streams, stage, region.facts, reticence=level, interpreter=interpreter, noise=noise)
        for stage, level in region.reticence.items()
    }
    return {
        "people": people_table(region.people, region.names, person_ids, births(region.people, start)[0]),
        "facilities": facilities_table(region.facilities),
        "agencies": agencies_table(),
        "answers": answers_table(person_ids, answers["intake"]),
        "answers_interview": answers_table(person_ids, answers["interview"]),
    }


def _truth(streams: Streams, region: _Region, start: date) -> dict[str, pa.Table]:
    people, networks, hold = region.people, region.networks, region.hold
    person_ids, network_ids = ids("P", len(people), 7), ids("N", len(networks), 5)
    member_ids = ids("M", len(networks.member_role), 6)
    facts = dict(zip(load_items(), region.facts, strict=True))
    return {
        "persons": persons_table(
            people,
            region.happened,
            hold,
            stages=region.reticence,
            person_ids=person_ids,
            network_ids=network_ids,
            born=births(people, start)[1],
        ),
        "victims": victims_table(
            hold, networks, region.groups, person_ids=person_ids, network_ids=network_ids, member_ids=member_ids
        ),
        "networks": networks_table(networks, network_ids),
        "members": members_table(networks, network_ids, member_ids),
        "events": make_events(streams, people, hold, region.happened, person_ids=person_ids, network_ids=network_ids),
        "facts": pa.table({"person_id": person_ids} | {item: pa.array(fact) for item, fact in facts.items()}),
    }
