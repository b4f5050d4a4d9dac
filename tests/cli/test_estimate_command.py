"""`palermo estimate` as a person and as a program meets it."""

import json
import subprocess
import sys

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


GROUPS = """sex,police,shelter,inspectorate,count
female,1,0,0,200
female,0,1,0,150
female,0,0,1,120
female,1,1,0,30
female,1,0,1,25
female,0,1,1,18
male,1,0,0,90
male,0,1,0,80
male,0,0,1,70
male,1,1,0,12
male,1,0,1,11
male,0,1,1,9
"""


def test_groups_apart_and_their_sum(app, tmp_path):
    path = tmp_path / "groups.csv"
    path.write_text(GROUPS)
    done = CliRunner().invoke(app, ["estimate", str(path), "--by", "sex", "--resamples", "200", "--json"])
    told = json.loads(done.stdout)
    assert [(g["group"], g["observed"]) for g in told["groups"]] == [(["female"], 543), (["male"], 272)]
    assert told["total"]["estimate"] == pytest.approx(sum(g["estimate"] for g in told["groups"]))
    assert told["total"]["at_least"] is False
    shown = CliRunner().invoke(app, ["estimate", str(path), "--by", "sex", "--resamples", "200"]).stdout
    assert shown.splitlines()[-1].startswith(f"together: {told['total']['estimate']:,.0f} (")


@pytest.mark.parametrize(("by", "says"), [("age", "no column 'age'"), ("sex,age", "no column 'age'")])
def test_a_group_that_is_no_column_is_refused(app, tmp_path, by, says):
    path = tmp_path / "groups.csv"
    path.write_text(GROUPS)
    with pytest.raises(Refusal, match=says):
        CliRunner().invoke(app, ["estimate", str(path), "--by", by], catch_exceptions=False)


def test_a_blank_group_names_its_row(app, tmp_path):
    path = tmp_path / "groups.csv"
    path.write_text(GROUPS.replace("male,0,0,1,70", ",0,0,1,70"))
    with pytest.raises(Refusal, match="row 10, column 'sex'"):
        CliRunner().invoke(app, ["estimate", str(path), "--by", "sex"], catch_exceptions=False)


def test_against_the_truth_of_simulated_regions(app):
    ask = ["estimate", "--world", "--people", "3000", "--seeds", "2", "--true-links", "--resamples", "200"]
    told = json.loads(CliRunner().invoke(app, [*ask, "--json"]).stdout)
    assert told["regions"] == 2
    assert [row["seed"] for row in told["trials"]] == [1, 2]
    assert "2 regions" in CliRunner().invoke(app, ask).stdout


@pytest.mark.parametrize("ask", [["estimate"], ["estimate", "lists.csv", "--world"]])
def test_a_file_or_worlds_but_not_both(app, ask):
    assert CliRunner().invoke(app, ask).exit_code == 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a,b,c,count\n1,0,0,5\n0,1,x,5\n", "'x' is not 0 or 1."),
        (
            "a,b,c,count\n1,0,0,50\n0,0,1,40\n1,1,0,20\n1,1,1,2\n1,0,1,9\n",
            "Everybody on 'b' is also on 'a': it is a part or a copy of it.",
        ),
        (
            "a,b,c,count\n1,0,0,50\n0,1,0,40\n0,0,1,20\n",
            "No person is on two lists, so nothing tells how many are on none.",
        ),
        ("id,a,b,c\np1,1,0,0\np2,0,1,1\np1,0,0,1\n", "Person 'p1' stands in rows 2 and 4."),
        ("name,a,b,c\nRossi,1,0,0\nBianchi,0,1,1\nVerdi,1,1,0\n", "The column 'name' holds 'Rossi' and the like"),
    ],
)
def test_five_ways_to_be_wrong_are_one_clear_error_each(tmp_path, text, message):
    path = tmp_path / "lists.csv"
    path.write_text(text)
    done = subprocess.run(
        [sys.executable, "-c", "from palermo.cli import main; main()", "estimate", str(path), "--method", "stepwise"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stdout == ""
    lines = [line for line in done.stderr.splitlines() if line.startswith("palermo: ")]
    assert len(lines) == 1
    assert message in lines[0]
