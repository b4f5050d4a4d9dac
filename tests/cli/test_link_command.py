"""`palermo link`: files in, pairs, clusters and counts out."""

import json

import polars as pl
import pytest
import typer
from typer.testing import CliRunner

from palermo.cli.link import register
from palermo.prevention.formats.lists import read_lists
from palermo.vocabulary.errors import Refusal


@pytest.fixture
def app() -> typer.Typer:
    made = typer.Typer()
    made.callback()(lambda: None)
    register(made)
    return made


@pytest.fixture
def files(tmp_path):
    """Three agencies; every third person is on two lists, every ninth on all."""
    made = []
    for step, agency in enumerate(("police", "shelter", "hotline")):
        people = [k for k in range(240) if k % 3 == step or k % 9 == 0 or k % 27 == step]
        frame = pl.DataFrame({
            "id": [f"{k}" for k in people],
            "name": [f"{chr(97 + k % 26)}e{chr(97 + k // 26)}a {chr(98 + k % 19)}ur{chr(97 + k % 23)}ov" for k in people],
            "dob": [f"{1970 + k % 30}-{k % 12 + 1:02}-{k % 27 + 2:02}" for k in people],
            "place": [f"town {k % 40}" for k in people],
        })  # fmt: skip
        made.append(tmp_path / f"{agency}.csv")
        frame.write_csv(made[-1])
    return made


@pytest.mark.parametrize("hashed", [False, True])
def test_pairs_clusters_and_counts(app, files, tmp_path, monkeypatch, hashed):
    monkeypatch.setenv("PALERMO_LINK_SECRET", "a secret of the project, long enough")
    out = tmp_path / "pairs.parquet"
    done = CliRunner().invoke(
        app, ["link", *map(str, files), "--out", str(out), "--json", *(["--hashed"] if hashed else [])]
    )
    assert done.exit_code == 0, done.exception
    found = json.loads(done.stdout)
    assert found["sources"] == ["hotline", "police", "shelter"]
    assert found["people"] == 240
    counts = read_lists((tmp_path / "pairs.counts.csv").read_bytes())
    assert (counts.names, counts.observed) == (("hotline", "police", "shelter"), 240)
    assert out.exists() is not hashed
    clusters = pl.read_parquet(tmp_path / "pairs.clusters.parquet")
    assert clusters.columns == ["record", "source", "cluster"]
    if not hashed:
        told = found["estimate_with_linkage_error"]
        assert told["lower"] <= told["estimate"] <= told["upper"]


def test_hashing_needs_a_secret(app, files, tmp_path, monkeypatch):
    monkeypatch.delenv("PALERMO_LINK_SECRET", raising=False)
    done = CliRunner().invoke(app, ["link", str(files[0]), "--out", str(tmp_path / "p.parquet"), "--hashed"])
    assert isinstance(done.exception, Refusal)
    assert done.exception.message == "There is no secret."
