"""`palermo keys`, `agency`, `member` and `audit`, each as its own process on a server of their own."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from palermo.web.database.cluster import Cluster
from palermo.web.database.launcher import stop
from palermo.web.database.state import state_home


@pytest.fixture(scope="module")
def palermo():
    shelf = state_home().with_name("palermo-tests")
    shelf.mkdir(parents=True, exist_ok=True)
    state = Path(tempfile.mkdtemp(dir=shelf, prefix="c"))
    known = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "PALERMO_KEYS"}}
    environment = known | {"PALERMO_STATE": str(state), "PALERMO_SPACE": "simulated"}

    def run(*arguments):
        command = [sys.executable, "-c", "from palermo.cli import main; main()", *arguments]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    run.state = state
    yield run
    stop(Cluster(state))
    shutil.rmtree(state)


def test_a_space_is_made_staffed_checked_and_its_keys_are_turned(palermo, tmp_path):
    early = palermo("audit", "verify", "--json")
    assert (early.returncode, early.stdout) == (1, "")
    assert early.stderr.splitlines()[-1].startswith("palermo: the simulated space was not made yet")
    made = json.loads(palermo("keys", "make", "--json").stdout)
    assert (made["ok"], Path(made["keys"]).stat().st_mode & 0o777) == (True, 0o600)
    founded = json.loads(
        palermo("agency", "add", "Shelter", "--kind", "service_provider", "--state", "gr", "--json").stdout
    )
    assert (founded["name"], founded["purposes"][0]) == ("Shelter", "protection")
    enrolled = json.loads(
        palermo(
            "member", "add", "anna", "--name", "Anna", "--agency", "Shelter", "--role", "administrator", "--json"
        ).stdout
    )
    assert len(enrolled["first_password"]) == 16
    refused = palermo("member", "add", "bob", "--name", "Bob", "--agency", "Nowhere", "--role", "administrator")
    assert (refused.returncode, refused.stderr.strip()) == (
        1,
        "palermo: agency: there is no agency named Nowhere. See `palermo agency list`.",
    )
    assert palermo("agency", "add", "X").returncode == 2
    assert json.loads(palermo("keys", "rotate", "--json").stdout)["sealed_anew"] == 0
    assert json.loads(palermo("audit", "verify", "--json").stdout) == {"lines": 0, "ok": True, "first_broken": None}
    kept = tmp_path / "roots.txt"
    kept.write_text(palermo("audit", "root").stdout)
    whole = palermo("audit", "verify", "--against", str(kept))
    assert (whole.returncode, whole.stdout) == (0, "The access log is whole: 0 lines in 0 chains.\n")
    Path(made["keys"]).write_text("{}")
    wrong = palermo("keys", "check")
    assert (wrong.returncode, "the key file is damaged" in wrong.stderr) == (1, True)
