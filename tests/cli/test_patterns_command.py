"""`palermo patterns` as a contract."""

import json

import typer
from typer.testing import CliRunner

from palermo.cli.patterns import register

LEDGER = """id,time,source,target,amount,currency
a,2024-01-01,A,B,100.00,EUR
b,2024-01-02,B,C,95.00,EUR
c,2024-01-03,C,A,90.00,EUR
"""


def test_patterns_come_with_rows_reasons_and_cautions(tmp_path):
    app = typer.Typer()
    app.callback()(lambda: None)
    register(app)
    (tmp_path / "l.csv").write_text(LEDGER)
    (tmp_path / "h.csv").write_text("account,holder,kind,value\n")
    arguments = ["patterns", str(tmp_path / "l.csv"), "--threshold", "5000", "--holders", str(tmp_path / "h.csv")]
    found = json.loads(CliRunner().invoke(app, [*arguments, "--json"]).stdout)
    assert found["patterns"] == [
        {
            "kind": "cycle",
            "strength": "money could have travelled",
            "account": "A",
            "accounts": ["A", "B", "C"],
            "rows": ["a", "b", "c"],
            "amount": "90.00",
            "why": "3 payments in order of time within 14 days; each at most the one before and at least 70 % of it",
        }
    ]
    assert set(found["kinds"]["cycle"]) == {"title", "says", "innocent", "refuted_by", "red_flag"}
    assert "Round trip: 1" in CliRunner().invoke(app, arguments).stdout
