"""Spaces, on the embedded server and on one that `DATABASE_URL` names; each case is a process of its own, as in use."""

import json
import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from palermo.vocabulary.errors import Refusal
from palermo.web.database import ensure_running, fresh_space, server, space
from palermo.web.database.cluster import Cluster
from palermo.web.database.launcher import start
from palermo.web.database.roles import ensure_roles
from palermo.web.database.secrets import ADMIN, passwords

SRC = Path(__file__).resolve().parents[2] / "src"

PREPARE = """
import json, django
django.setup()
from django.db import connections
from palermo.web import database

def ask(alias, query):
    with connections[alias].cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchone()) if cursor.description else None

def logins():
    return {alias: ask(alias, "SELECT session_user::text, current_database()::text") for alias in ("default", "door", "owner")}

def kept():
    found = ask("default", "SELECT to_regclass('kept') IS NOT NULL")
    connections.close_all()
    return found[0]

name = database.prepare()
"""
WHO = PREPARE + "print(json.dumps([name, logins()]))"
KEEP = PREPARE + "ask('owner', 'CREATE TABLE kept (i int); GRANT SELECT ON kept TO palermo_app')"
LOOK = PREPARE + "before = kept(); database.fresh_space(name); print(json.dumps([before, kept()]))"
ALL = KEEP + "; found = [name, logins(), kept()]; database.fresh_space(name); print(json.dumps([*found, kept()]))"


def run(code, state, **environment):
    inherited = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "PALERMO_SPACE"}}
    names = {"PALERMO_STATE": str(state), "DJANGO_SETTINGS_MODULE": "palermo.web.settings", "PYTHONPATH": str(SRC)}
    done = subprocess.run(
        [sys.executable, "-c", code], env=inherited | names | environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout) if done.stdout else None


@pytest.fixture
def cluster(lasting_state):
    cluster = Cluster(lasting_state)
    start(cluster, scratch=True, say=lambda _: None)
    return cluster


def administrator(cluster, database="postgres"):
    login = {"host": str(cluster.sockets), "port": 5432, "user": ADMIN, "passfile": str(cluster.passfile)}
    return psycopg.connect(**login, dbname=database, autocommit=True)


def test_the_real_space_has_a_database_and_three_logins(cluster):
    assert run(WHO, cluster.state, PALERMO_SPACE="real") == [
        "palermo",
        {
            "default": ["palermo_app", "palermo"],
            "door": ["palermo_door", "palermo"],
            "owner": ["palermo_owner", "palermo"],
        },
    ]


def test_a_space_outlives_its_process_and_is_emptied_on_request(cluster):
    run(KEEP, cluster.state, PALERMO_SPACE="simulated")
    assert run(LOOK, cluster.state, PALERMO_SPACE="simulated") == [True, False]


def test_the_real_space_is_never_emptied():
    with pytest.raises(Refusal, match="never emptied"):
        fresh_space("palermo")


def test_a_space_is_simulated_unless_real_is_asked_for(monkeypatch):
    monkeypatch.delenv("PALERMO_SPACE", raising=False)
    assert space() == "simulated"
    monkeypatch.setenv("PALERMO_SPACE", "reel")
    with pytest.raises(Refusal, match="'reel' is no space"):
        space()


@pytest.mark.parametrize(
    ("grant", "undo", "named"),
    [
        ("ALTER ROLE palermo_app BYPASSRLS", "ALTER ROLE palermo_app NOBYPASSRLS", "BYPASSRLS"),
        ("GRANT palermo_owner TO palermo_app", "REVOKE palermo_owner FROM palermo_app", "membership of palermo_owner"),
    ],
)
def test_an_application_login_that_could_read_past_the_rules_is_refused(cluster, monkeypatch, grant, undo, named):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("PALERMO_STATE", str(cluster.state))
    with administrator(cluster) as admin:
        ensure_roles(server(), admin)
        admin.execute(grant)
        with pytest.raises(Refusal) as refused:
            ensure_roles(server(), admin)
        admin.execute(undo)
        ensure_roles(server(), admin)
    assert (
        refused.value.message == f"The login palermo_app has {named}, with which it could read past the access rules."
    )


def test_database_url_moves_the_system_to_that_server(cluster, state):
    """An administrator that may make logins and databases is enough; it need not be a superuser."""
    with administrator(cluster) as admin:
        for database in ("palermo", "palermo_demo"):
            admin.execute(f"DROP DATABASE IF EXISTS {database}")
        for (template,) in admin.execute(
            "SELECT datname FROM pg_database WHERE datname ~ '^palermo_template'"
        ).fetchall():
            admin.execute(f"DROP DATABASE {template}")
        for login in ("palermo_app", "palermo_door", "palermo_owner"):
            admin.execute(f"DROP ROLE IF EXISTS {login}")
        admin.execute("CREATE ROLE dba LOGIN CREATEROLE CREATEDB PASSWORD 'a b'")
    url = f"postgresql://dba:a%20b@/postgres?host={cluster.sockets}"
    logins = {"default": "palermo_app", "door": "palermo_door", "owner": "palermo_owner"}
    expected = {alias: [login, "palermo_demo"] for alias, login in logins.items()}
    assert run(ALL, state, DATABASE_URL=url, PALERMO_SPACE="simulated") == ["palermo_demo", expected, True, False]
    (passfile,) = (state / "database").glob("pgpass-*")
    assert (passfile.stat().st_mode & 0o777, sorted(passwords(passfile))) == (0o600, sorted(logins.values()))
    assert sorted(path.name for path in (state / "database").iterdir()) == [passfile.name]  # no server of its own
    with administrator(cluster, "palermo_demo") as admin:
        admin.execute("SET SESSION AUTHORIZATION palermo_app")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            admin.execute("CREATE TABLE t (i int)")


def test_an_address_that_leads_nowhere_is_refused(state, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", f"postgresql://dba@/postgres?host={state}")
    with pytest.raises(Refusal, match="DATABASE_URL: does not let us in: "):
        ensure_running()
    monkeypatch.setenv("DATABASE_URL", "postgres at home")
    with pytest.raises(Refusal, match="DATABASE_URL: is not a PostgreSQL address"):
        ensure_running()
