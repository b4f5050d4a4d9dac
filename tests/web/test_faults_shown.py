"""The database server is killed while somebody works: pages say that it starts, and nothing is kept by halves."""

import json
import os
import subprocess
import sys
from pathlib import Path

import django.db
import psycopg
import pytest
from django.test import RequestFactory

from palermo.web.faults import broken, database_is_away

CHECKOUT = Path(__file__).resolve().parents[2]


def test_a_killed_server_leaves_a_whole_referral_or_none_and_the_site_recovers(state):
    known = {
        name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
    }
    paths = os.pathsep.join(str(CHECKOUT / folder) for folder in ("src", "tests/support"))
    done = subprocess.run(
        [sys.executable, str(CHECKOUT / "tests/support/killed_site.py"), "[0, 9, 17]"],
        env=known | {"PALERMO_STATE": str(state), "PALERMO_SPACE": "simulated", "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found = json.loads(done.stdout.splitlines()[-1])
    starting = {
        "refer": [503, "the records are starting"],
        "page": [503, "5", True],
        "after": 200,
        "kept": [0] * 6,
        "log": True,
    }
    assert found == {"seen": [starting] * 3, "whole": [201, 1, 1, 1, 1, 4, 1]}


def wrapped(cause):
    error = django.db.OperationalError("x")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "away"),
    [
        (wrapped(psycopg.OperationalError("connection refused")), True),
        (wrapped(psycopg.errors.CannotConnectNow("in recovery mode")), True),
        (wrapped(psycopg.errors.AdminShutdown("terminating connection")), True),
        (wrapped(psycopg.errors.TooManyConnections("too many clients")), True),
        (wrapped(psycopg.errors.DeadlockDetected("deadlock")), False),
        (wrapped(psycopg.errors.ProgramLimitExceeded("too much")), False),
        (django.db.InterfaceError("the connection is closed"), True),
        (ValueError("x"), False),
        (None, False),
    ],
)
def test_what_counts_as_away(error, away):
    assert database_is_away(error) is away


def test_another_fault_is_a_fault():
    try:
        1 / 0  # noqa: B018 -- a fault of ours
    except ZeroDivisionError:
        answer = broken(RequestFactory().get("/"))
    assert (answer.status_code, "Something broke" in answer.content.decode()) == (500, True)
