"""`palermo flags` as a contract."""

import json

import typer
from typer.testing import CliRunner

from palermo.cli.flags import register
from palermo.world import make_world, write_world


def test_signs_come_with_rows_sources_and_what_was_not_looked_for(tmp_path):
    app = typer.Typer()
    app.callback()(lambda: None)
    register(app)
    rows = [f"{i},2024-01-0{i + 1},,X,6000.00,EUR" for i in range(3)]
    (tmp_path / "l.csv").write_text("\n".join(["id,time,source,target,amount,currency", *rows, ""]))
    found = json.loads(CliRunner().invoke(app, ["flags", str(tmp_path / "l.csv"), "--json"]).stdout)
    assert found["alerts"] == []
    assert found["signs"] == [
        {
            "flag": "NET-05",
            "family": "structuring",
            "role": "any",
            "subjects": ["X"],
            "protect": [],
            "rows": ["0", "1", "2"],
            "why": "3 payments below 10000.00 within 3 days, 18000.00 together",
        }
    ]
    assert found["flags"]["NET-05"]["source"].startswith("FinCEN")
    assert found["off"] == ["SEX-05", "SEX-13"]
    assert len(found["not_looked_for"]) == 53
    assert found["not_looked_for"]["SEX-04"]["missing"] == ["channel", "place"]
    assert found["not_looked_for"]["CTL-01"]["missing"] == ["accounts.holder", "accounts.phone"]
    assert found["not_looked_for"]["CTL-09"]["missing"] == ["reports: what staff of a branch saw"]
    assert "Single signs" in CliRunner().invoke(app, ["flags", str(tmp_path / "l.csv")]).stdout


def test_more_columns_let_more_flags_be_looked_for(tmp_path):
    app = typer.Typer()
    app.callback()(lambda: None)
    register(app)
    world = make_world(people=400, seed=9, prevalence=0.4, money=True)
    write_world(world, tmp_path)
    run = CliRunner().invoke(
        app, ["flags", str(tmp_path / "transfers.parquet"), "--accounts", str(tmp_path / "accounts.parquet"), "--json"]
    )
    found = json.loads(run.stdout)
    assert len(found["not_looked_for"]) == 10
    assert {sign["flag"] for sign in found["signs"]} >= {"SEX-01", "CTL-01", "LAB-08"}
    protected = {account for sign in found["signs"] for account in sign["protect"]}
    assert not protected & {alert["subject"] for alert in found["alerts"]}
    assert all(alert["families"] and alert["refuted_by"] for alert in found["alerts"])


def test_a_fault_in_the_accounts_is_refused_with_its_row(tmp_path):
    app = typer.Typer()
    app.callback()(lambda: None)
    register(app)
    (tmp_path / "l.csv").write_text("id,time,source,target,amount,currency\n1,2024-01-01,A,B,1.00,EUR\n")
    (tmp_path / "a.csv").write_text("account,staff\nA,5\nB,many\n")
    run = CliRunner().invoke(app, ["flags", str(tmp_path / "l.csv"), "--accounts", str(tmp_path / "a.csv")])
    assert str(run.exception) == "a.csv, row 3, column staff: 'many' is not a whole number."
