"""The public and migration enforcement work through a login without grants on files: no plan that is run counts them."""

import psycopg
import pytest
from django.db import connection, connections, transaction

from palermo.office.domain.acting import acting_as, log
from palermo.office.models import Person

#: All that the door reads: agencies, sites, staff and their second factors, the figures of a demonstration.
READS = {
    "account_emailaddress",
    "account_emailconfirmation",
    "django_content_type",
    "django_migrations",
    "mfa_authenticator",
    "office_agency",
    "office_member",
    "office_site",
    # What an office published, by policies that let the door see nothing else (docs/access.md).
    "partnership_finding",
    "partnership_findingtext",
    "partnership_report",
    "partnership_reportissue",
    "prevention_publishedestimate",
    "prevention_publictable",
    "training_demonstration",
}
TABLES = (
    "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
    " WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND c.relkind IN ('r', 'p', 'v', 'm', 'f')"
)


def may_read(raw):
    return {name for (name,) in raw.execute(f"{TABLES} AND has_any_column_privilege(c.oid, 'SELECT')")}


def test_the_door_reads_these_tables_and_no_other(as_door):
    assert may_read(as_door) == READS


def test_the_door_writes_a_concern_and_what_signing_in_needs(as_door):
    writable = {
        name
        for (name,) in as_door.execute(
            f"{TABLES} AND (has_any_column_privilege(c.oid, 'INSERT, UPDATE') OR has_table_privilege(c.oid, 'DELETE, TRUNCATE'))"
        )
    }
    assert writable == {
        "account_emailaddress",
        "account_emailconfirmation",
        "mfa_authenticator",
        "office_member",
        "protection_concern",
    }


@pytest.mark.parametrize("who", [None, "border_officer", "reception_responder"])
def test_no_plan_counts_what_is_guarded(as_door, house, person, enter, who):
    """With a pass or without, with a desk or without: the grant is missing before any policy is asked."""
    closed = [name for (name,) in as_door.execute(TABLES).fetchall() if name not in READS]
    assert {"office_person", "office_reach", "office_notice", "protection_case", "protection_concern"} < set(closed)
    for name in closed:
        for statement in (
            f"SELECT count(*) FROM {name}",
            f"EXPLAIN (ANALYZE) SELECT * FROM {name}",
            f"EXPLAIN SELECT FROM {name}",
        ):
            with (
                pytest.raises(psycopg.errors.InsufficientPrivilege, match="permission denied"),
                enter(as_door, getattr(house, who) if who else None),
            ):
                as_door.execute(statement)


@pytest.mark.parametrize("login", ["palermo_app", "palermo_owner", "palermo_admin"])
def test_the_door_becomes_nobody_else(as_door, login):
    for statement in (f"SET ROLE {login}", f"SET SESSION AUTHORIZATION {login}", "CREATE TEMPORARY TABLE t (i int)"):
        with pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.InvalidParameterValue)):
            as_door.execute(statement)


def session_user():
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_user::text")
        return cursor.fetchone()[0]


def test_who_works_through_which_login(house, db):
    people = {None: None} | {
        name: getattr(house, name)
        for name in ("border_officer", "reception_responder", "reception_dpo", "shelter_worker", "police_manager")
    }
    seen = {}
    for name, member in people.items():
        with acting_as(member):
            seen[name] = session_user()
    assert seen == {
        None: "palermo_door",
        "border_officer": "palermo_door",
        "reception_responder": "palermo_app",
        "reception_dpo": "palermo_app",
        "shelter_worker": "palermo_app",
        "police_manager": "palermo_app",
    }


def test_roles_written_into_an_officers_row_open_no_other_login(house, db):
    house.border_officer.roles = ["case_manager", "data_protection_officer"]
    with acting_as(house.border_officer):
        assert session_user() == "palermo_door"


@pytest.mark.django_db(transaction=True, databases=["default", "door"])
def test_a_guest_inside_the_public_door_has_a_transaction_of_the_applications_login(own_connections, house, person):
    """The login itself, on a connection of its own; the inner block and its log line stand when the outer one fails."""
    with pytest.raises(ZeroDivisionError), acting_as(None):
        assert session_user() == "palermo_door"
        with acting_as(house.reception_responder):
            assert session_user() == "palermo_app"
            assert Person.objects.count() == 1
            log("office.read_person", object_id=person.pk, person_id=person.pk)
        assert session_user() == "palermo_door"
        raise ZeroDivisionError
    assert session_user() == "palermo_app"
    assert {alias: connections[alias].alias for alias in ("default", "door")} == {"default": "default", "door": "door"}
    assert not transaction.get_connection().in_atomic_block
    with acting_as(house.reception_dpo), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM office_logline WHERE verb = 'office.read_person'")
        assert cursor.fetchone() == (1,)


def test_nobody_enters_records_whom_the_owner_read(house):
    member = house.reception_responder
    member._state.db = "owner"  # as `using("owner")` leaves it
    with pytest.raises(RuntimeError, match="not the owner's"), acting_as(member):
        pytest.fail("was let in")
