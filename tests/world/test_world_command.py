import json

import polars as pl
import pytest
import typer
from typer.testing import CliRunner

from palermo.cli.world import register
from palermo.vocabulary.errors import Refusal
from palermo.world import CODES, answers_in_words, make_world, write_world


@pytest.fixture
def run():
    app = typer.Typer()
    register(app)
    app.command("other")(lambda: None)
    return lambda *arguments: CliRunner().invoke(app, ["world", *arguments])


def test_json_is_one_object_on_standard_output(run, tmp_path):
    result = run("--people", "500", "--seed", "4", "--out", str(tmp_path / "w"), "--json")
    assert result.exit_code == 0
    report = json.loads(result.stdout)
    assert report["people"] == 500
    assert report["parameters"]["seed"] == 4
    assert sorted(report["files"]) == sorted(
        str(path.relative_to(tmp_path / "w")) for path in (tmp_path / "w").rglob("*.parquet")
    )
    assert "Making a world" in result.stderr


def test_the_table_for_people_names_every_figure(run, tmp_path):
    result = run("--people", "300", "--seed", "4", "--out", str(tmp_path))
    assert [line.split()[0] for line in result.stdout.splitlines()] == [
        "people",
        "victims",
        "children",
        "networks",
        "events",
        "list",
    ]


def test_wrong_usage_exits_with_two(run, tmp_path):
    assert run("--people", "many", "--seed", "1", "--out", str(tmp_path)).exit_code == 2
    assert run("--people", "10").exit_code == 2


def test_a_refusal_reaches_the_caller_and_nothing_is_written(run, tmp_path):
    result = run("--people", "0", "--seed", "1", "--out", str(tmp_path / "w"))
    assert isinstance(result.exception, Refusal)
    assert not (tmp_path / "w").exists()


@pytest.mark.parametrize("name", ["notes.txt", "mine.parquet", "truth/mine.parquet", "world.json", "deep/er/notes.txt"])
@pytest.mark.parametrize("beside_a_world", [False, True])
def test_a_directory_with_other_files_is_refused_and_left_alone(run, tmp_path, name, beside_a_world):
    if beside_a_world:
        write_world(make_world(people=20, seed=1), tmp_path)
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text("mine")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    with pytest.raises(Refusal, match="no empty directory"):
        write_world(make_world(people=20, seed=2), tmp_path)
    result = run("--people", "20", "--seed", "2", "--out", str(tmp_path))
    assert isinstance(result.exception, Refusal)
    assert "Making" not in result.stderr
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_an_earlier_world_is_replaced_as_a_whole(tmp_path):
    write_world(make_world(people=20, seed=1, money=True), tmp_path)
    files = write_world(make_world(people=20, seed=2), tmp_path)
    left = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    assert left == {"world.json", *files}


def test_help_says_which_directories_are_taken(run):
    assert "an earlier world and nothing else" in " ".join(run("--help").stdout.replace("│", " ").split())


def test_a_file_in_the_way_is_refused(tmp_path):
    (tmp_path / "taken").write_text("mine")
    with pytest.raises(Refusal):
        write_world(make_world(people=20, seed=1), tmp_path / "taken")


def test_answers_in_words_say_what_the_codes_say():
    world = make_world(people=3000, seed=8)
    for stage in ("answers", "answers_interview"):
        words, coded = answers_in_words(world, stage), world.tables[stage]
        for item in coded.column_names[1:]:
            assert [CODES[word] for word in words[item].to_pylist()] == coded[item].to_pylist()
    people = world.tables["people"]
    expected = [
        age if known else None
        for age, known in zip(people["age"].to_pylist(), people["age_known"].to_pylist(), strict=True)
    ]
    assert words["age"].to_pylist() == expected
    assert None in expected


def test_written_tables_are_read_by_others_as_they_were(tmp_path):
    world = make_world(people=400, seed=8)
    write_world(world, tmp_path)
    manifest = json.loads((tmp_path / "world.json").read_text())
    assert manifest["simulated"] is True
    for folder, tables in (("", world.tables), ("truth", world.truth)):
        for name, table in tables.items():
            frame = pl.read_parquet(tmp_path / folder / f"{name}.parquet")
            added = ["age"] if name.startswith("answers") else []
            assert frame.columns == table.column_names[:1] + added + table.column_names[1:]
            assert frame.height == len(table)
    people = pl.read_parquet(tmp_path / "people.parquet")
    assert people["given_name"].to_list() == world.tables["people"]["given_name"].to_pylist()
    assert set(pl.read_parquet(tmp_path / "answers.parquet")["violence_or_threats"]) == {"no", "yes", "not_known"}
    truth_columns = {"victim", "form", "network_id", "reticence_intake", "errors"}
    visible = {column for table in world.tables.values() for column in table.column_names}
    assert not visible & truth_columns
