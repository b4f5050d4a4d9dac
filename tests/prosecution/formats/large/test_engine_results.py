"""Ledgers cut into parts by an engine give what the whole ledger gives: on DuckDB always, on Spark where it is there."""

import json
import os
import random
import shutil
import sys

import polars as pl
import pytest
import typer
from typer.testing import CliRunner

from palermo.cli import flags, patterns, trace
from palermo.prosecution.formats.large.engine import engine
from palermo.prosecution.formats.large.flags import flags_large
from palermo.prosecution.formats.large.patterns import patterns_large
from palermo.prosecution.formats.large.tracing import Question, trace_large
from palermo.prosecution.formats.pattern_json import to_json
from palermo.vocabulary.errors import Refusal
from palermo.world import make_world, write_world

pytest.importorskip("ibis", reason="needs the extra `large`")
# Ibis 12 calls DuckDB by names that DuckDB 2 takes back; Spark leaves sockets to its own end.
pytestmark = [
    pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


@pytest.fixture(scope="module")
def spark():
    """One small Spark for all tests of this module."""
    pytest.importorskip("pyspark", reason="needs the extra `spark`")
    if not shutil.which("java"):
        pytest.skip("needs Java")
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master("local[1]")
    for name, value in {"ui.enabled": "false", "sql.shuffle.partitions": "1", "sql.session.timeZone": "UTC"}.items():
        builder = builder.config(f"spark.{name}", value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()


def app():
    made = typer.Typer()
    for group in (trace, patterns, flags):
        group.register(made)
    return made


def told(engine, path, **asked):
    """What `palermo patterns --json` prints, by an engine."""
    return to_json(*patterns_large(engine, path, **asked))


def run(*words):
    """The one JSON object that a command prints."""
    done = CliRunner().invoke(app(), [*map(str, words), "--json"], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def random_ledger(folder, seed, *, rows, accounts):
    """A ledger with outside, ties, days alone or times of day; balances of half the accounts; claims on five payments."""
    dice = random.Random(seed)
    names = [f"A{n}" for n in range(accounts)]
    out = []
    for n in range(rows):
        source, target = (dice.choice(["", *names]) for _ in "ab")
        day = f"2026-0{dice.randrange(1, 4)}-{dice.randrange(1, 29):02}"
        time = day if seed % 2 else f"{day}T{dice.randrange(24):02}:00:00"
        sum_ = dice.choice([100, 95, 90, 85]) * dice.choice([1, 1, 1, 60])
        out.append((f"r{n}", time, source, target or "A1", f"{sum_}.{dice.randrange(100):02}", "EUR"))
    for month in range(1, 4):
        for worker in "VWX":
            days = (f"2026-0{month}-03", f"2026-0{month}-04")
            ends = ("EMPLOYER", worker), (worker, "BOSS")
            for day, (source, target), sum_ in zip(days, ends, ("900", "880"), strict=True):
                time = day if seed % 2 else f"{day}T01:00:00"
                out.append((f"{source}{target}{month}", time, source, target, sum_, "EUR"))
    ledger, balances, claims = (folder / f"{name}{seed}.csv" for name in ("ledger", "balances", "claims"))
    columns = ["id", "time", "source", "target", "amount", "currency"]
    pl.DataFrame(out, schema=columns, orient="row").write_csv(ledger)
    known = names[::2]
    pl.DataFrame({"account": known, "amount": [dice.randrange(500) for _ in known]}).write_csv(balances)
    ids = dice.sample(range(rows // 2), 5)
    pl.DataFrame({"claim": [dice.choice("XYZ") for _ in ids], "id": [f"r{n}" for n in ids]}).write_csv(claims)
    return ledger, balances, claims


@pytest.mark.parametrize("seed", range(8))
def test_a_trace_by_parts_is_the_trace(tmp_path, seed):
    ledger, balances, claims = random_ledger(tmp_path, seed, rows=120 - 10 * seed, accounts=25 + 5 * seed)
    more = ["--opening", "enough"] if seed % 4 > 1 else ["--balances", str(balances)]
    more += ["--from", "A3"] if seed % 3 else ["--outside", "A2"]
    want = run("trace", ledger, "--claims", claims, "--paths", 0, *more)
    question = Question(
        ledger, ["A3"] if seed % 3 else [], claims, None if seed % 4 > 1 else balances, None,
        [] if seed % 3 else ["A2"], seed % 4 > 1, most_paths=0,
    )  # fmt: skip
    with engine("duckdb") as duck:
        assert trace_large(duck, question, rows_a_part=10) == want
    assert want["results"][0]["rows_touched"] > 0


@pytest.mark.parametrize("seed", range(4))
def test_patterns_by_parts_are_the_patterns(tmp_path, seed):
    ledger, _, _ = random_ledger(tmp_path, seed, rows=900, accounts=30)
    holders = tmp_path / "holders.csv"
    holders.write_text("account,holder,kind,value\nA1,a,phone,1\nA2,b,phone,1\nA3,c,phone,1\nnobody,d,phone,1\n")
    want = run("patterns", ledger, "--holders", holders)
    people = pl.read_csv(holders, infer_schema=False)
    with engine("duckdb") as duck:
        assert told(duck, ledger, holders=people, rows_a_part=300) == want
    assert all(want["counts"][kind] for kind in want["counts"] if kind != "structuring")


def test_flags_by_parts_are_the_flags(tmp_path):
    write_world(make_world(people=300, seed=9, prevalence=0.4, money=True), tmp_path)
    ledger, accounts = tmp_path / "transfers.parquet", tmp_path / "accounts.parquet"
    want = run("flags", ledger, "--accounts", accounts)
    with engine("duckdb") as duck:
        assert flags_large(duck, ledger, accounts=accounts, rows_a_part=20_000) == want
    assert len({sign["flag"] for sign in want["signs"]}) > 12


def test_a_folder_of_files_is_one_ledger(tmp_path):
    ledger, balances, claims = random_ledger(tmp_path, 1, rows=60, accounts=20)
    rows = pl.read_csv(ledger, infer_schema=False).with_columns(pl.col("time").str.to_date())
    folder = tmp_path / "many"
    folder.mkdir()
    for n, part in enumerate(rows.iter_slices(25)):
        part.write_parquet(folder / f"{n}.parquet")
    asked = ("--claims", claims, "--balances", balances, "--method", "fifo")
    assert run("trace", folder, *asked, "--engine", "duckdb") == run("trace", ledger, *asked)


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("r1,2026-01-01,A,B,-1,EUR", "negative"),
        ("r1,2026-01-01,A,B,1.001,EUR", "no exact amount"),
        ("r1,2026-01-01T10:00:00,A,B,1,EUR", "Some times are bare dates"),
        ("r1,yesterday,A,B,1,EUR", "no date or time"),
        ("r0,2026-01-01,A,B,1,EUR", "given twice"),
        (",2026-01-01,A,B,1,EUR", "id is missing"),
        ("r1,2026-01-01,A,B,1,USD", "several currencies"),
        (f"r1,2026-01-01,{'A' * 2000},B,1,EUR", "longer than"),
    ],
)
def test_what_the_whole_would_refuse_an_engine_refuses(tmp_path, cell, said):
    path = tmp_path / "ledger.csv"
    path.write_text(f"id,time,source,target,amount,currency\nr0,2026-01-01,A,B,5.00,EUR\n{cell}\n")
    with engine("duckdb") as duck, pytest.raises(Refusal, match=said):
        trace_large(duck, Question(path, ["A"]))


def test_an_engine_that_is_none_is_refused():
    with pytest.raises(Refusal, match="no engine"), engine("abacus"):
        pass


def test_spark_finds_the_same(tmp_path, spark):
    ledger, balances, claims = random_ledger(tmp_path, 3, rows=40, accounts=30)
    kinds = ["fan-in", "cycle", "scatter-gather"]
    want = run("trace", ledger, "--claims", claims, "--balances", balances)
    with engine("spark") as at_work:
        assert trace_large(at_work, Question(ledger, [], claims, balances), rows_a_part=20) == want
        asked = [word for kind in kinds for word in ("--kind", kind)]
        assert told(at_work, ledger, kinds=kinds, rows_a_part=60) == run("patterns", ledger, *asked)


def test_spark_raises_the_same_flags(tmp_path, spark):
    write_world(make_world(people=40, seed=9, prevalence=0.4, money=True), tmp_path)
    ledger, accounts = tmp_path / "transfers.parquet", tmp_path / "accounts.parquet"
    asked = ("flags", ledger, "--accounts", accounts)
    assert run(*asked, "--engine", "spark") == run(*asked)
