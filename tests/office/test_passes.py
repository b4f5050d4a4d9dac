"""Who may be let in: a live, genuine pass, and nothing else. Asked in SQL as the application's own login."""

import time
from uuid import uuid4

import psycopg
import pytest

from palermo.office.domain.acting import sign_pass


def with_policies(raw):
    """Tables under row-level security that the application may read, from the catalogue."""
    return [
        row[0]
        for row in raw.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public'"
            " AND c.relrowsecurity AND has_table_privilege('palermo_app', c.oid, 'SELECT') ORDER BY 1"
        )
    ]


#: Readable at sign-in, when nobody has a pass yet: names of staff, hashes of passwords, sealed second factors.
READ_BEFORE_SIGN_IN = {"office_member", "mfa_authenticator"}


def rows(raw):
    return {
        table: raw.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        for table in with_policies(raw)
        if table not in READ_BEFORE_SIGN_IN
    }


def bad_passes(house):
    good = sign_pass(house.reception_responder.id)
    member, expiry, mac = good.split(".")
    return {
        "none": "",
        "nonsense": "x",
        "forged mac": f"{member}.{expiry}.{'0' * 64}",
        "expired": sign_pass(house.reception_responder.id, seconds=-1),
        "longer life": f"{member}.{int(expiry) + 60}.{mac}",
        "another member": f"{house.shelter_worker.id}.{expiry}.{mac}",
        "nobody": sign_pass(uuid4()),
        "far future": f"{member}.999999999999.{mac}",
        "broken id": "-" * 36 + f".{expiry}.{mac}",
    }


def test_only_a_live_genuine_pass_shows_anything(as_app, house, person, enter):
    with enter(as_app, house.reception_responder):
        mine = rows(as_app)
    assert (mine["office_person"], mine["office_sealedidentity"], mine["office_personevent"]) == (1, 1, 1)
    for name, signed in bad_passes(house).items():
        with enter(as_app, None, signed):
            assert {table: count for table, count in rows(as_app).items() if count} == {}, name


def test_a_genuine_pass_of_another_agency_shows_nothing_of_the_file(as_app, house, person, enter):
    with enter(as_app, house.shelter_worker):
        seen = rows(as_app)
    assert (seen["office_person"], seen["office_sealedidentity"], seen["office_blindtoken"], seen["office_reach"]) == (
        0,
        0,
        0,
        0,
    )


def test_a_pass_ends_with_its_time(as_app, house, person, enter):
    soon = sign_pass(house.reception_responder.id, seconds=1)
    with enter(as_app, None, soon):
        time.sleep(2.1)
        assert as_app.execute("SELECT office_me()").fetchone() == (None,)


def test_dismissed_members_pass_opens_nothing(as_app, house, person, enter, owner_sql):
    owner_sql("UPDATE office_member SET is_active = false WHERE id = %s", [house.reception_responder.id])
    with enter(as_app, house.reception_responder):
        assert as_app.execute("SELECT count(*) FROM office_person").fetchone() == (0,)


@pytest.mark.parametrize(
    "table", ["office_passkey", "office_space", "pghistory_context", "auth_group", "auth_permission"]
)
def test_keys_and_what_nobody_needs_are_not_readable(as_app, table):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        as_app.execute(f"SELECT * FROM {table}")


def test_a_pass_is_not_shown_in_the_list_of_activities(house, transactional_db):
    """Other sessions of the application's login read each other's statements there; even an administrator sees no pass."""
    from django.db import connection

    from palermo.office.domain import acting
    from palermo.web.database import server

    with server().connect() as administrator, acting.acting_as(house.reception_responder):
        acting._show(house.reception_responder)
        shown = administrator.execute(
            "SELECT query FROM pg_stat_activity WHERE pid = %s", [connection.connection.info.backend_pid]
        ).fetchone()[0]
    assert shown.startswith("SELECT set_config('palermo.pass', $1, true)")
    assert str(house.reception_responder.id) not in shown


def test_the_exercises_clock_is_deaf_in_the_real_space(as_app, owner_sql, keys):
    as_app.execute("SET palermo.clock = '2001-01-01T00:00:00Z'")
    assert as_app.execute("SELECT extract(year FROM office_now())::int").fetchone() == (2001,)
    owner_sql("UPDATE office_space SET simulated = false")
    assert as_app.execute("SELECT office_now() = statement_timestamp()").fetchone() == (True,)
