"""`palermo flags` as a contract."""

import json

import typer
from typer.testing import CliRunner

from palermo.cli.flags import register


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
            "subjects": ["X"],
            "protect": [],
            "rows": ["0", "1", "2"],
            "why": "3 payments below 10000.00 within 3 days, 18000.00 together",
        }
    ]
    assert found["flags"]["NET-05"]["source"].startswith("FinCEN")
    assert found["off"] == ["SEX-05", "SEX-13"]
    assert len(found["not_looked_for"]) == 52
    assert "Single signs" in CliRunner().invoke(app, ["flags", str(tmp_path / "l.csv")]).stdout
