"""The parts of a world as Arrow tables."""

from datetime import date

import numpy as np
import pyarrow as pa

from palermo.world.columns import coded, ids, spread
from palermo.world.contacts import ADULTS_ONLY, AGENCIES, CHILDREN_ONLY
from palermo.world.figures import assumed
from palermo.world.happenings import Happenings, trafficked
from palermo.world.lists import ERRORS, Dates, Sheet
from palermo.world.names import NATIVE, Names, script_of, spell_family, spell_given, tables
from palermo.world.networks import FORMS, REGIONS, RELATIONS, ROLES, STAGES, Hold, Networks
from palermo.world.people import PARTY_KINDS, People, languages
from palermo.world.places import FACILITY_KINDS, ROUTES, Facilities, countries
from palermo.world.streams import Flags, Reals
from palermo.world.trafficking import MEANS

SEXES = ("female", "male")


def births(people: People, start: date) -> tuple[Dates, Dates]:
    """Birth dates as said and as true; a person who gives another age gives a year to match."""
    arrived = np.datetime64(start) + (people.arrived_minute // 1440).astype("timedelta64[D]")
    true = arrived - people.born_days_before.astype("timedelta64[D]")
    shift = ((people.age_said - people.age) * 365.2425).round().astype("timedelta64[D]")
    return (true - shift).astype("datetime64[D]"), true.astype("datetime64[D]")


def people_table(people: People, names: Names, person_ids: pa.StringArray, said: Dates) -> pa.Table:
    """People as agencies see them: names, what they say of their age, where and with whom they come."""
    rows = np.arange(len(people))
    native, roman = np.full(len(rows), NATIVE), np.full(len(rows), 1)
    scripts = sorted({script_of(table) for table in tables()})
    script = np.array([scripts.index(script_of(table)) for table in tables()], dtype=np.int8)[names.table]
    return pa.table(
        {
            "person_id": person_ids,
            "party_id": ids("G", int(people.party[-1]) + 1, 7).take(pa.array(people.party)),
            "party_kind": coded(people.party_kind, PARTY_KINDS),
            "alone": pa.array(people.alone),
            "route": coded(people.route, ROUTES),
            "facility_id": coded(people.facility, _facility_ids(int(people.facility.max()) + 1)),
            "arrived_minute": pa.array(people.arrived_minute),
            "days_in_region": pa.array(people.days_in_region),
            "given_name": spell_given(names, people.sex, rows, roman),
            "family_name": spell_family(names, rows, roman),
            "given_name_native": spell_given(names, people.sex, rows, native),
            "family_name_native": spell_family(names, rows, native),
            "script": coded(script, scripts),
            "sex": coded(people.sex, SEXES),
            "age": pa.array(people.age_said),
            "age_known": pa.array(people.age_known),
            "birth_date": pa.array(said),
            "citizenship": coded(people.country, [country.code for country in countries()]),
            "language": coded(people.language, languages()),
            "needs_interpreter": pa.array(people.interpreter),
        }
    )


def _facility_ids(count: int) -> pa.StringArray:
    return ids("F", count, 3)


def facilities_table(facilities: Facilities) -> pa.Table:
    """Reception facilities with their place in the region."""
    words = [
        FACILITY_KINDS[kind].replace("_", " ").replace("childrens", "children’s").capitalize()
        for kind in facilities.kind
    ]
    return pa.table(
        {
            "facility_id": _facility_ids(len(facilities)),
            "name": pa.array([f"{word} {tile}" for word, tile in zip(words, facilities.tile, strict=True)]),
            "kind": coded(facilities.kind, FACILITY_KINDS),
            "route": coded(facilities.route, ROUTES),
            "tile": pa.array(facilities.tile),
            "x_km": pa.array(facilities.x_km),
            "y_km": pa.array(facilities.y_km),
            "capacity": pa.array(facilities.capacity),
        }
    )


def agencies_table() -> pa.Table:
    """The agencies that keep lists."""
    meets = ["adults" if a in ADULTS_ONLY else "children" if a in CHILDREN_ONLY else "everybody" for a in AGENCIES]
    return pa.table({"agency": list(AGENCIES), "does": list(AGENCIES.values()), "meets": meets})


def list_tables(sheets: list[Sheet], person_ids: pa.StringArray) -> tuple[pa.Table, pa.Table]:
    """All agencies' lists in one table, and the truth that links each row to a person with the errors made in it."""
    lists = pa.concat_tables([pa.table(sheet.columns) for sheet in sheets]).combine_chunks()
    person = np.concatenate([sheet.person for sheet in sheets])
    made = np.stack([np.concatenate([sheet.errors[error] for sheet in sheets]) for error in ERRORS])
    mask = (made * (1 << np.arange(len(ERRORS)))[:, None]).sum(axis=0)
    values, position = np.unique(mask, return_inverse=True)
    words = [" ".join(e for bit, e in enumerate(ERRORS) if value >> bit & 1) for value in values.tolist()]
    links = {
        "list_row": lists["list_row"],
        "person_id": person_ids.take(pa.array(person)),
        "errors": coded(position.astype(np.int32), words),
    }
    return lists, pa.table(links)


def persons_table(
    people: People,
    happened: Happenings,
    hold: Hold,
    *,
    stages: dict[str, Reals],
    person_ids: pa.StringArray,
    network_ids: pa.StringArray,
    born: Dates,
) -> pa.Table:
    """The truth about each person; ``victim`` is the definition read from the person's events."""
    victim = trafficked(happened, people.child)
    reticence = {f"reticence_{stage}": pa.array(level.astype(np.float32)) for stage, level in stages.items()}
    held = np.zeros(len(people), dtype=np.bool_)
    held[hold.person] = True
    return pa.table(
        {
            "person_id": person_ids,
            "victim": pa.array(victim),
            "form": coded(spread(hold.form, hold.person, len(people)), FORMS, held),
            "stage": coded(spread(hold.stage, hold.person, len(people)), STAGES, held),
            "network_id": coded(spread(hold.network, hold.person, len(people)), network_ids, held),
            "age": pa.array(people.age),
            "birth_date": pa.array(born),
            "child": pa.array(people.child),
            "self_identifies": pa.array(victim & (stages["intake"] < assumed("answers", "open_below"))),
            "forced_work_without_network": pa.array(happened["forced_work_in_transit"] & ~victim),
        }
        | reticence
    )


def victims_table(
    hold: Hold,
    networks: Networks,
    groups: Flags,
    *,
    person_ids: pa.StringArray,
    network_ids: pa.StringArray,
    member_ids: pa.StringArray,
) -> pa.Table:
    """People held by a network, with whom they had to do and which groups of means were used."""
    organiser = networks.first_member[hold.network]
    return pa.table(
        {
            "person_id": person_ids.take(pa.array(hold.person)),
            "network_id": network_ids.take(pa.array(hold.network)),
            "form": coded(hold.form, FORMS),
            "stage": coded(hold.stage, STAGES),
            "relation": coded(hold.relation, RELATIONS),
            "organiser_id": member_ids.take(pa.array(organiser)),
            "recruiter_id": member_ids.take(pa.array(hold.recruiter)),
            "holder_id": member_ids.take(pa.array(hold.holder)),
        }
        | {f"means_{group}": pa.array(groups[number]) for number, group in enumerate(MEANS)}
    )


def networks_table(networks: Networks, network_ids: pa.StringArray) -> pa.Table:
    """Networks with their form, region of origin and sizes."""
    members = np.bincount(networks.member_network, minlength=len(networks)).astype(np.int32)
    return pa.table(
        {
            "network_id": network_ids,
            "form": coded(networks.form, FORMS),
            "region": coded(networks.region, REGIONS),
            "victims": pa.array(networks.victims),
            "members": pa.array(members),
        }
    )


def members_table(networks: Networks, network_ids: pa.StringArray, member_ids: pa.StringArray) -> pa.Table:
    """Members of networks with their roles; the first of each network is its organiser."""
    return pa.table(
        {
            "member_id": member_ids,
            "network_id": network_ids.take(pa.array(networks.member_network)),
            "role": coded(networks.member_role, ROLES),
            "sex": coded(networks.member_sex, SEXES),
            "age": pa.array(networks.member_age),
            "region": coded(networks.member_region, REGIONS),
        }
    )
