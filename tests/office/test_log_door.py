"""Nobody writes into another agency's log: what raw SQL as `palermo_app` may append, and what it may not."""

import json

import psycopg
import pytest

from palermo.office.domain.acting import acting_as
from palermo.office.domain.emergency import open_emergency
from palermo.office.plain_words import words_for

WHY = "A threat to life was reported tonight."


def append(raw, enter, member, **said):
    line = {"purpose": "", "object": None, "person": None, "detail": {}} | said
    with enter(raw, member):
        raw.execute("SELECT office_append(%s::jsonb)", [json.dumps([line])])


@pytest.fixture
def lines(owner_sql):
    return lambda: owner_sql("SELECT agency_id, member_id, verb FROM office_logline ORDER BY at, seq")


def test_a_line_goes_into_the_own_chain(as_app, house, enter, lines):
    for member in (house.shelter_worker, house.border_officer):
        append(as_app, enter, member, agency=str(member.agency_id), verb="office.refused")
    assert lines() == [
        (member.agency_id, member.pk, "office.refused") for member in (house.shelter_worker, house.border_officer)
    ]


@pytest.mark.parametrize("verb", ["office.read_identity", "office.recall", "office.emergency_opened", "office.sign_in"])
@pytest.mark.parametrize("name", ["shelter_worker", "border_officer", "nobody"])
def test_no_line_goes_into_the_chain_of_another(as_app, house, enter, lines, name, verb):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        append(as_app, enter, getattr(house, name, None), agency=str(house.reception.pk), verb=verb)
    assert lines() == []


def test_what_sql_writes_itself_is_not_written_by_hand_in_the_own_chain_either(as_app, house, enter, lines):
    for verb in ("office.recall", "office.emergency_opened"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            append(as_app, enter, house.shelter_worker, agency=str(house.shelter.pk), verb=verb)
    assert lines() == []


def test_a_dismissed_member_writes_nothing(as_app, house, enter, lines, owner_sql):
    owner_sql("UPDATE office_member SET is_active = false WHERE id = %s", [house.shelter_worker.pk])
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        append(as_app, enter, house.shelter_worker, agency=str(house.shelter.pk), verb="office.sign_in")
    assert lines() == []


def test_migration_enforcement_names_no_file_in_its_own_log(as_app, house, enter, lines):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        append(
            as_app,
            enter,
            house.border_officer,
            agency=str(house.border_officer.agency_id),
            verb="office.refused",
            person=str(house.reception.pk),
        )
    assert lines() == []


def test_a_concern_is_logged_without_a_pass_where_concerns_are_taken(as_app, house, enter, lines):
    append(as_app, enter, None, agency=str(house.reception.pk), verb="protection.raise_concern")
    assert lines() == [(house.reception.pk, None, "protection.raise_concern")]
    for wrong in (
        {"agency": str(house.border_officer.agency_id)},
        {"agency": str(house.reception.pk), "person": str(house.reception.pk)},
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            append(as_app, enter, None, verb="protection.raise_concern", **wrong)
    assert len(lines()) == 1


@pytest.mark.parametrize(
    "odd",
    [
        {"verb": "anything at all"},
        {"purpose": 5},
        {"detail": "text"},
        {"detail": {"a": {"b": {"c": 1}}}},
        {"detail": {"a": "x" * 4000}},
        {"at": "2020-01-01T00:00:00Z"},
    ],
)
def test_a_line_of_another_shape_is_refused(as_app, house, enter, lines, odd):
    with pytest.raises(psycopg.errors.CheckViolation):
        append(as_app, enter, house.shelter_worker, **({"agency": str(house.shelter.pk), "verb": "office.x"} | odd))
    assert lines() == []


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT office_write_lines('[]')",
        "SELECT office_take_owed()",
        "SELECT office_owe_line(gen_random_uuid(), 'a.b', NULL, NULL, '{}')",
        "DELETE FROM office_owedline",
        "SELECT * FROM office_owedline",
    ],
)
def test_the_ways_behind_are_closed(as_app, house, enter, statement):
    with pytest.raises(psycopg.errors.InsufficientPrivilege), enter(as_app, house.shelter_worker):
        as_app.execute(statement)


def test_chains_are_held_with_a_pass_or_at_the_public_door(as_app, house, enter):
    hold = "SELECT office_lock_chains(%s::uuid[])"
    with pytest.raises(psycopg.errors.InsufficientPrivilege), enter(as_app, None):
        as_app.execute(hold, [[house.border_officer.agency_id]])
    for member, agency in ((house.shelter_worker, house.police), (None, house.reception)):
        with enter(as_app, member):
            as_app.execute(hold, [[agency.pk]])


def test_the_owners_log_tells_of_an_emergency_even_if_the_opener_logs_nothing(as_app, house, person, enter, lines):
    before = lines()
    with enter(as_app, house.police_manager):
        as_app.execute("SELECT office_open_emergency(%s, %s)", [person.code, b"x" * 100])
    assert lines() == [*before, (house.reception.pk, house.police_manager.pk, "office.emergency_opened")]


def test_an_opening_stands_in_both_logs(house, person, lines):
    with acting_as(house.police_manager):
        open_emergency(member=house.police_manager, code=person.code, reason=WHY)
    assert {(agency, verb) for agency, _, verb in lines() if "emergency" in verb} == {
        (house.reception.pk, "office.emergency_opened"),
        (house.police.pk, "office.open_emergency"),
    }


def test_a_verb_without_words_breaks_no_report():
    assert str(words_for("office.no_such_verb")).startswith("did something")
