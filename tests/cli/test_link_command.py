"""`palermo link`: files in, pairs, clusters and counts out."""

import json

import polars as pl
import pytest
import typer
from typer.testing import CliRunner

from palermo.cli import encode, link
from palermo.prevention.formats.lists import read_lists
from palermo.vocabulary.errors import Refusal


@pytest.fixture
def app() -> typer.Typer:
    made = typer.Typer()
    made.callback()(lambda: None)
    link.register(made)
    encode.register(made)
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


def run(app, *words):
    done = CliRunner().invoke(app, [str(word) for word in words])
    if isinstance(done.exception, Refusal):
        raise done.exception
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


@pytest.fixture
def hashes(app, files, tmp_path):
    """What the three agencies send."""
    key, sent = tmp_path / "study.key", []
    run(app, "encode", "--new-key", key, "--json")
    for file in files:
        sent.append(tmp_path / "sent" / f"{file.stem}.parquet")
        sent[-1].parent.mkdir(exist_ok=True)
        run(app, "encode", file, "--key", key, "--out", sent[-1], "--json")
    return sent


def test_pairs_clusters_and_counts(app, files, tmp_path):
    out = tmp_path / "pairs.parquet"
    found = run(app, "link", *files, "--out", out, "--basis", "Act 12/2019, Article 7", "--json")
    assert found["sources"] == ["hotline", "police", "shelter"]
    assert (found["people"], found["linked_by"], found["legal_basis"]) == (240, "names", "Act 12/2019, Article 7")
    counts = read_lists((tmp_path / "pairs.counts.csv").read_bytes())
    assert (counts.names, counts.observed) == (("hotline", "police", "shelter"), 240)
    assert out.exists()
    assert pl.read_parquet(tmp_path / "pairs.clusters.parquet").columns == ["record", "source", "cluster"]
    told = found["estimate_with_linkage_error"]
    assert told["lower"] <= told["estimate"] <= told["upper"]


def test_hashes_are_linked_without_the_key_and_give_the_same_counts(app, files, hashes, tmp_path):
    by_name = run(app, "link", *files, "--out", tmp_path / "names.parquet", "--json")
    by_hash = run(app, "link", *hashes, "--out", tmp_path / "pairs.parquet", "--json")
    assert by_hash["linked_by"] == "hashes"
    assert by_hash["people"] == by_name["people"] == 240
    assert (tmp_path / "pairs.counts.csv").read_bytes() == (tmp_path / "names.counts.csv").read_bytes()


def test_no_name_birth_date_or_record_number_is_in_what_is_sent(files, hashes):
    given, sent = pl.read_csv(files[0], infer_schema=False), hashes[0].read_bytes()
    for column in ("name", "dob", "place"):
        assert not any(value.encode() in sent for value in given[column])
    frame = pl.read_parquet(hashes[0])
    assert frame.height == given.height
    assert frame["record"].is_sorted()
    assert not set(frame["record"]) & set(given["id"])


def test_the_key_file_is_its_owners_and_is_not_overwritten(app, tmp_path):
    key = tmp_path / "study.key"
    run(app, "encode", "--new-key", key, "--json")
    assert key.stat().st_mode & 0o777 == 0o600
    with pytest.raises(Refusal, match="cannot be made"):
        run(app, "encode", "--new-key", key, "--json")


def test_files_under_two_keys_and_hashes_with_names_are_refused(app, files, hashes, tmp_path):
    run(app, "encode", "--new-key", tmp_path / "other.key", "--json")
    other = tmp_path / "other.parquet"
    run(app, "encode", files[1], "--key", tmp_path / "other.key", "--out", other, "--json")
    with pytest.raises(Refusal, match="different secrets"):
        run(app, "link", hashes[0], other, "--out", tmp_path / "p.parquet", "--json")
    with pytest.raises(Refusal, match="some hold names"):
        run(app, "link", hashes[0], files[1], "--out", tmp_path / "p.parquet", "--json")
    with pytest.raises(Refusal, match="not a key file"):
        run(app, "encode", files[0], "--key", files[0], "--out", other, "--json")


@pytest.mark.parametrize("kind", ["files", "hashes"])
def test_verdicts_change_the_counts(app, kind, request, tmp_path):
    given, review = request.getfixturevalue(kind), tmp_path / "review.csv"
    before = run(app, "link", *given, "--out", tmp_path / "p.parquet", "--review", review, "--most", 50, "--json")
    header = review.read_text().splitlines()[0].split(",")
    assert header[:3] == ["left", "right", "verdict"]
    assert not {"name", "dob", "place"} & set(header)
    pair = pl.read_parquet(tmp_path / "p.parquet").row(0)[:2]
    decided = tmp_path / "decided.csv"
    decided.write_text(f"left,right,verdict\n{pair[0]},{pair[1]},different\n")
    after = run(app, "link", *given, "--out", tmp_path / "q.parquet", "--decided", decided, "--json")
    assert after["verdicts"] == {"same": 0, "different": 1, "cannot tell": 0}
    assert after["people"] == before["people"] + 1
    decided.write_text("left,right,verdict\na,b,perhaps\n")
    with pytest.raises(Refusal, match="is no verdict"):
        run(app, "link", *given, "--out", tmp_path / "q.parquet", "--decided", decided, "--json")
