"""`palermo trace` as a contract: one JSON object, decimal strings, exit codes."""

import json

import pytest
import typer
from typer.testing import CliRunner

from palermo.cli.trace import register
from palermo.vocabulary.errors import Refusal

LEDGER = """id,time,source,target,amount,currency
1,2024-01-01,victim,X,30.00,EUR
2,2024-01-02,,X,70.00,EUR
3,2024-01-03,X,Y,30.00,EUR
4,2024-01-04,X,Z,69.50,EUR
5,2024-01-05,Z,,10.00,EUR
"""


@pytest.fixture
def run(tmp_path):
    app = typer.Typer()
    app.callback()(lambda: None)
    register(app)
    (tmp_path / "l.csv").write_text(LEDGER)

    def call(*arguments):
        done = CliRunner().invoke(app, ["trace", str(tmp_path / "l.csv"), *arguments])
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done

    return call


EXPECTED = {
    "fifo": ("30.00", {"Y": "30.00"}, "0.00"),
    "lifo": ("30.00", {"Z": "19.50", "X": "0.50"}, "10.00"),
    "pro-rata": ("30.00", {"Z": "17.85", "Y": "9.00", "X": "0.15"}, "3.00"),
    "pari-passu": ("30.00", {"Z": "17.85", "Y": "9.00", "X": "0.15"}, "3.00"),
    "poison": ("100.00", {"Z": "59.50", "Y": "30.00", "X": "0.50"}, "10.00"),
    "direct": ("30.00", {}, "0.00"),
    "lowest-balance": ("30.00", {"Z": "29.50", "X": "0.50"}, "0.00"),
}


@pytest.mark.parametrize("method", EXPECTED)
def test_each_method_answers_the_contract(run, method):
    found = json.loads(run("--from", "victim", "--method", method, "--json").stdout)
    assert (found["method"], found["traced"], found["held"], found["dissipated"]) == (method, *EXPECTED[method])
    assert found["rule"]["authority"]
    if method == "fifo":
        assert found["paths"] == [
            {"claim": "victim", "amount": "30.00", "ends": "held", "rows": ["1", "3"], "accounts": ["victim", "X", "Y"]}
        ]
        assert found["held_rows"] == {"Y": ["3"]}


def test_all_methods_stand_side_by_side(run):
    found = json.loads(run("--from", "victim", "--json").stdout)
    assert {one["method"]: one["held"] for one in found["results"]} == {
        name: held for name, (_, held, _) in EXPECTED.items()
    }
    assert found["survives"] == []
    assert found["survives_total"] == "20.00"
    assert "Survives every rule" in run("--from", "victim").stdout


def test_claims_and_balances_come_from_files(run, tmp_path):
    (tmp_path / "b.csv").write_text("account,amount\nX,100\n")
    (tmp_path / "c.csv").write_text("claim,id,amount\nAnn,1,10\nBen,2,\n")
    arguments = ("--claims", str(tmp_path / "c.csv"), "--balances", str(tmp_path / "b.csv"))
    found = json.loads(run(*arguments, "--method", "lowest-balance", "--json").stdout)
    assert [(one["claim"], one["claimed"], one["held"]) for one in found["claims"]] == [
        ("Ann", "10.00", {"X": "10.00"}),
        ("Ben", "70.00", {"X": "70.00"}),
    ]


def test_a_payment_is_traced_back(run):
    found = json.loads(run("--back", "5", "--json").stdout)
    assert found["origins"] == [{"kind": "outside", "account": "X", "amount": "10.00", "rows": ["2", "4", "5"]}]
    assert "2 → 4 → 5" in run("--back", "5").stdout


def test_an_account_can_be_counted_as_outside(run):
    found = json.loads(run("--from", "victim", "--method", "fifo", "--outside", "Y", "--json").stdout)
    assert (found["held"], found["dissipated"]) == ({}, "30.00")


def test_accounts_without_statements_can_be_taken_as_funded(run, tmp_path):
    text = "id,time,source,target,amount,currency\n1,2024-01-01,firm,X,5.00,EUR\n2,2024-01-02,victim,firm,8.00,EUR\n"
    (tmp_path / "l.csv").write_text(text)
    plain = json.loads(run("--from", "victim", "--method", "lifo", "--json").stdout)
    assert (plain["held"], plain["dissipated"]) == ({"firm": "3.00"}, "5.00")
    assert "No opening balance was given for firm" in plain["warnings"][0]
    enough = json.loads(run("--from", "victim", "--method", "lifo", "--opening", "enough", "--json").stdout)
    assert (enough["held"], enough["dissipated"], enough["warnings"]) == ({"firm": "8.00"}, "0.00", [])
    assert run("--from", "victim", "--opening", "much").exit_code == 2


def test_what_cannot_be_asked_is_refused(run):
    with pytest.raises(Refusal, match="No account 'nobody'"):
        run("--from", "nobody")
    for arguments in ((), ("--from", "X", "--method", "magic"), ("--from", "X", "--sharing", "no")):
        assert run(*arguments).exit_code == 2
