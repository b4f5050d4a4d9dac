"""What the logins may and may not do, and that tests run as the application's login."""

from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from django.db import ProgrammingError, connection, connections


def test_the_suite_acts_as_the_application(db):
    with connection.cursor() as cursor:
        assert cursor.execute("SELECT session_user, current_user").fetchone() == ("palermo_app", "palermo_app")


def test_other_threads_act_as_the_application_too(transactional_db):
    def ask():
        with connection.cursor() as cursor:
            cursor.execute("SELECT session_user, current_database()")
            answer = cursor.fetchone()
        connections.close_all()
        return answer

    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(ask).result() == ("palermo_app", connection.settings_dict["NAME"])


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE t (i int)",
        "CREATE TEMPORARY TABLE t (i int)",
        "CREATE SCHEMA s",
        "CREATE ROLE r",
        "CREATE DATABASE d",
    ],
)
def test_the_application_makes_nothing(as_app, statement):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        as_app.execute(statement)


@pytest.mark.parametrize("login", ["palermo_owner", "palermo_admin", "postgres"])
def test_the_application_becomes_nobody_else(as_app, login):
    for statement in (f"SET ROLE {login}", f"SET SESSION AUTHORIZATION {login}"):
        with pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.InvalidParameterValue)):
            as_app.execute(statement)


def test_the_application_sees_only_what_policies_show(as_app, owner_sql):
    owner_sql("CREATE TABLE secret (agency int, fact text)")
    owner_sql("ALTER TABLE secret ENABLE ROW LEVEL SECURITY")
    owner_sql("CREATE POLICY own ON secret USING (agency = 1)")
    owner_sql("INSERT INTO secret VALUES (1, 'ours'), (2, 'theirs')")
    owner_sql("GRANT SELECT ON secret TO palermo_app")
    assert as_app.execute("SELECT fact FROM secret").fetchall() == [("ours",)]
    as_app.execute("SET row_security = off")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        as_app.execute("SELECT fact FROM secret")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        as_app.execute("ALTER TABLE secret DISABLE ROW LEVEL SECURITY")


def test_a_committed_table_of_the_test_before_is_gone(db):
    with connection.cursor() as cursor:
        assert cursor.execute("SELECT to_regclass('secret')").fetchone() == (None,)


def insert_and_fail():
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO noted VALUES (1)")
        cursor.execute("SELECT no_such_column FROM noted")


def test_as_owner_shares_the_tests_transaction_and_ends_with_it(db, as_owner, owner_sql):
    owner_sql("CREATE TABLE noted (i int)")
    with pytest.raises(ProgrammingError), as_owner():
        insert_and_fail()
    assert owner_sql("SELECT count(*) FROM noted") == [(0,)]
    with connection.cursor() as cursor:
        assert cursor.execute("SELECT current_user").fetchone() == ("palermo_app",)


def test_only_the_three_logins_may_connect(owner_sql):
    assert owner_sql(
        "SELECT acl.grantee::regrole::text, acl.privilege_type FROM pg_database, aclexplode(datacl) acl"
        " WHERE datname = current_database() ORDER BY 1, 2"
    ) == [
        ("palermo_app", "CONNECT"),
        ("palermo_door", "CONNECT"),
        ("palermo_owner", "CONNECT"),
        ("palermo_owner", "CREATE"),
        ("palermo_owner", "TEMPORARY"),
    ]
