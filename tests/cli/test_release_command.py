"""`palermo release`: files out, budget kept."""

import json

import numpy as np
import polars as pl
import pytest
import typer
from typer.testing import CliRunner

from palermo.cli.release import register
from palermo.vocabulary.errors import Refusal


@pytest.fixture
def app() -> typer.Typer:
    made = typer.Typer()
    made.callback()(lambda: None)
    register(made)
    return made


@pytest.fixture
def file(tmp_path):
    rng = np.random.default_rng(1)
    frame = pl.DataFrame({c: rng.choice(["a", "b", ""], size=3000).tolist() for c in ("form", "age", "sex")})
    path = tmp_path / "cases.csv"
    frame.write_csv(path)
    return path


def test_files_are_written_and_the_budget_is_kept(app, file, tmp_path):
    out = tmp_path / "out"
    run = ["release", str(file), "--epsilon", "1.5", "--total", "2", "--json", "--out", str(out)]
    done = CliRunner().invoke(app, run)
    assert done.exit_code == 0, done.exception
    found = json.loads(done.stdout)
    assert (found["epsilon"], found["may_be_told"]) == (1.5, 2.0)
    assert found["told_in_all"] == pytest.approx(1.5)
    assert sorted(path.name for path in out.iterdir()) == [
        "not-for-publication", "pairs.csv", "release.json", "single.csv", "synthetic.csv",
    ]  # fmt: skip
    assert sorted(path.name for path in (out / "not-for-publication").iterdir()) == ["attack.json", "utility.json"]
    assert "attack" not in json.loads((out / "release.json").read_text())
    again = CliRunner().invoke(app, run)
    assert isinstance(again.exception, Refusal)
    assert "2 may be told, 1.500 has been" in again.exception.message


def test_names_are_not_released(app, tmp_path):
    path = tmp_path / "names.csv"
    pl.DataFrame({"name": [f"person {k}" for k in range(1500)]}).write_csv(path)
    done = CliRunner().invoke(app, ["release", str(path), "--epsilon", "1", "--out", str(tmp_path / "o")])
    assert isinstance(done.exception, Refusal)
    assert "has 1500 codes: it looks like names" in done.exception.message
