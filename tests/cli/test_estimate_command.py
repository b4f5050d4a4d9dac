"""`palermo estimate` as a person and as a program meets it."""

import json

import pytest
import typer
from typer.testing import CliRunner

from palermo.cli.estimate import register
from palermo.vocabulary.errors import Refusal

TABLE = """police,shelter,inspectorate,count
1,0,0,200
0,1,0,150
0,0,1,120
1,1,0,30
1,0,1,25
0,1,1,18
1,1,1,4
"""


@pytest.fixture
def app() -> typer.Typer:
    made = typer.Typer()
    made.callback()(lambda: None)
    register(made)
    return made


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "lists.csv"
    path.write_text(TABLE)
    return path


def test_one_json_object(app, table):
    done = CliRunner().invoke(
        app, ["estimate", str(table), "--method", "stepwise", "--resamples", "200", "--seed", "1234", "--json"]
    )
    assert done.exit_code == 0
    found = json.loads(done.stdout)
    assert found["observed"] == 547
    assert found["lists"] == {"police": 259, "shelter": 202, "inspectorate": 167}
    (only,) = found["methods"]
    assert only["method"] == "stepwise"
    assert only["lower"] < only["estimate"] < only["upper"]
    assert [span["kind"] for span in only["intervals"]] == ["bca", "percentile", "conditional"]
    assert only["interactions"] == []
    assert found["conclusion"].startswith("547 persons are known from 3 lists, 77 of them from two or more.")


def test_the_same_seed_gives_the_same_figures(app, table):
    options = ["estimate", str(table), "--method", "bic", "--resamples", "200", "--json"]
    first, second = (CliRunner().invoke(app, options).stdout for _ in range(2))
    assert first == second


def test_tables_for_a_person(app, table):
    done = CliRunner().invoke(app, ["estimate", str(table), "--method", "decomposable"])
    assert done.exit_code == 0
    assert "By method" in done.stdout
    assert "Models the data do not tell apart" in done.stdout


def test_a_missing_file_is_refused(app, tmp_path):
    done = CliRunner().invoke(app, ["estimate", str(tmp_path / "none.csv")])
    assert isinstance(done.exception, Refusal)
    assert done.exception.message == "The file cannot be read."
