"""`palermo ledger import`, and what it makes can be traced."""

import json

import pytest
import typer
from typer.testing import CliRunner

from palermo.cli import ledger, trace
from palermo.vocabulary.errors import Refusal

MINE = "date,description,counterparty,amount,balance,currency,account\n2024-01-02,gift,Ann,50.00,150.00,EUR,X\n2024-01-03,rent,Y,-120.00,30.00,EUR,X\n"


@pytest.fixture
def run():
    app = typer.Typer()
    app.callback()(lambda: None)
    ledger.register(app)
    trace.register(app)

    def call(*arguments):
        done = CliRunner().invoke(app, [str(one) for one in arguments])
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done

    return call


def test_statements_become_a_ledger_that_can_be_traced(run, tmp_path):
    (tmp_path / "x.csv").write_text(MINE)
    out, opening = tmp_path / "l.parquet", tmp_path / "b.csv"
    told = json.loads(run("ledger", "import", tmp_path / "x.csv", "--out", out, "--balances", opening, "--json").stdout)
    assert (told["rows"], told["not_proven"], told["gaps"]) == (2, [], [])
    assert told["accounts"][0]["opening"] == "100.00"
    found = json.loads(run("trace", out, "--from", "Ann", "--method", "fifo", "--balances", opening, "--json").stdout)
    assert found["held"] == {"X": "30.00", "Y": "20.00"}
    assert "proven" in run("ledger", "import", tmp_path / "x.csv", "--out", out).stdout


def test_nothing_is_written_if_one_file_is_refused(run, tmp_path):
    (tmp_path / "x.csv").write_text(MINE)
    (tmp_path / "bad.csv").write_text(MINE.replace("30.00", "31.00"))
    with pytest.raises(Refusal, match=r"bad\.csv, row 3, column balance"):
        run("ledger", "import", tmp_path / "x.csv", tmp_path / "bad.csv", "--out", tmp_path / "l.parquet")
    assert not (tmp_path / "l.parquet").exists()
    assert (
        run("ledger", "import", tmp_path / "x.csv", "--out", tmp_path / "l.parquet", "--map", "nonsense").exit_code == 2
    )
