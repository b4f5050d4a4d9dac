"""``palermo screen``: one JSON object or a table, and one clear error."""

import json
import subprocess
import sys

import pytest
import typer
from typer.testing import CliRunner

from palermo.cli import screen as command
from palermo.vocabulary.errors import Refusal

TEXT = "person_id,age,transported_by_another,begging_for_another\nP1,12,yes,yes\nP2,30,no,\nP3,40,huh,no\n"


@pytest.fixture
def app():
    app = typer.Typer()
    command.register(app)
    app.callback()(lambda: None)
    return app


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "answers.csv"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_json(app, file, tmp_path):
    result = CliRunner().invoke(app, ["screen", str(file), "--out", str(tmp_path / "o.csv"), "--keep-good", "--json"])
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {
        "presumed": 1,
        "not_indicated_now": 0,
        "cannot_say": 1,
        "people": 2,
        "children": 1,
        "forms": {"begging_and_crime": 1},
        "without_consent": 0,
        "left_out": 1,
        "out": str(tmp_path / "o.csv"),
    }
    assert "row 4, column transported_by_another" in result.stderr


def test_table(app, file, tmp_path):
    result = CliRunner().invoke(app, ["screen", str(file), "--out", str(tmp_path / "o.csv"), "--keep-good"])
    assert result.exit_code == 0
    assert "2 people screened, 1 as children" in " ".join(result.stdout.split())


def test_a_refusal_reaches_the_caller(app, file, tmp_path):
    result = CliRunner().invoke(app, ["screen", str(file), "--out", str(tmp_path / "o.csv")])
    assert isinstance(result.exception, Refusal)
    assert result.exception.where == "answers.csv, row 4, column transported_by_another"


def test_own_strengths(app, file, tmp_path):
    own = tmp_path / "own.tsv"
    own.write_text("item\tprofile\tstrength\tsource\nbegging_for_another\tany_begging_and_crime\tweak\tours\n")
    arguments = [
        "screen",
        str(file),
        "--out",
        str(tmp_path / "o.csv"),
        "--keep-good",
        "--json",
        "--strengths",
        str(own),
    ]
    assert CliRunner().invoke(app, arguments).exit_code == 0
    assert "(strength assumed)" in (tmp_path / "o.csv").read_text()


@pytest.mark.parametrize("link", [None, "symbolic", "hard"])
@pytest.mark.parametrize("option", [[], ["--strengths"]])
def test_what_is_read_is_not_overwritten(app, file, tmp_path, link, option):
    given = file
    if option:
        given = tmp_path / "own.tsv"
        given.write_text("item\tprofile\tstrength\tsource\nbegging_for_another\tany_begging_and_crime\tweak\tours\n")
        option = [*option, str(given)]
    before, out = given.read_bytes(), given
    if link:
        out = tmp_path / "other.csv"
        out.symlink_to(given) if link == "symbolic" else out.hardlink_to(given)
    result = CliRunner().invoke(app, ["screen", str(file), "--out", str(out), "--keep-good", *option])
    assert isinstance(result.exception, Refusal)
    assert "would overwrite" in result.exception.message
    assert given.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".")) == []


HELD = """
import atexit, sys
from functools import partial
from palermo.cli import main
from palermo.protection.formats import csv_rows

atexit.register(print, "Python ended as it always does")
held = partial(print)
if sys.argv.pop() == "held":
    csv_rows._HANDLERS.add(held)
main()
"""


@pytest.mark.parametrize("held", [False, True])
def test_the_exit_code_is_said_though_a_thread_may_still_call(file, tmp_path, held):
    """Python does not wind down where Arrow's thread holds a handler of ours: that ended in SIGABRT, not in 1."""
    arguments = ["screen", str(file), "--out", str(tmp_path / "o.csv"), "held" if held else "free"]
    done = subprocess.run([sys.executable, "-c", HELD, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("palermo: answers.csv, row 4, column transported_by_another")
    assert ("ended as it always does" in done.stdout) != held
