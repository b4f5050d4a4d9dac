"""`palermo trends` on weekly counts and on case dates."""

import json
from datetime import date, timedelta

import numpy as np
import pytest
import typer
from typer.testing import CliRunner

from palermo.cli.trends import register
from palermo.vocabulary.errors import Refusal


@pytest.fixture
def app() -> typer.Typer:
    made = typer.Typer()
    made.callback()(lambda: None)
    register(made)
    return made


def test_weekly_counts(app, tmp_path):
    rng = np.random.default_rng(1)
    lines = ["date,count,stratum"]
    for k in range(260):
        day = date(2020, 1, 6) + timedelta(weeks=k)
        for stratum in ("labour", "sexual"):
            extra = 25 if stratum == "labour" and 250 <= k < 254 else 0
            lines.append(f"{day},{rng.poisson(9) + extra},{stratum}")
    path = tmp_path / "weeks.csv"
    path.write_text("\n".join(lines))
    done = CliRunner().invoke(app, ["trends", str(path), "--weeks", "20", "--json"])
    assert done.exit_code == 0, done.exception
    found = json.loads(done.stdout)
    assert found["strata"] == ["labour", "sexual"]
    firm = {(a["stratum"], a["week"]) for a in found["alarms"] if a["holds_among_all_strata"]}
    injected = {("labour", str(date(2020, 1, 6) + timedelta(weeks=k))) for k in range(250, 254)}
    assert injected <= firm
    assert "cases where" in found["alarms"][0]["reason"]


def test_case_dates(app, tmp_path):
    rng = np.random.default_rng(2)
    lines = ["identified,registered"]
    for _ in range(800):
        day = date(2025, 1, 6) + timedelta(days=int(rng.integers(0, 300)))
        lines.append(f"{day},{day + timedelta(days=int(rng.exponential(14)))}")
    path = tmp_path / "cases.csv"
    path.write_text("\n".join(lines))
    found = json.loads(CliRunner().invoke(app, ["trends", str(path), "--json"]).stdout)
    assert len(found["nowcast"]) == 12
    assert all(w["lower"] <= w["expected"] <= w["upper"] for w in found["nowcast"])
    assert "expected in the end" in CliRunner().invoke(app, ["trends", str(path)]).stdout


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a,b\n1,2\n", "The columns are a, b."),
        ("date,count\n2025-13-01,2\n", "'2025-13-01' is not a date like 2026-03-31."),
        ("date,count\n2025-12-01,-2\n", "'-2' is not a number of 0 or more."),
    ],
)
def test_malformed_files_are_refused(app, tmp_path, text, message):
    path = tmp_path / "f.csv"
    path.write_text(text)
    done = CliRunner().invoke(app, ["trends", str(path)])
    assert isinstance(done.exception, Refusal)
    assert done.exception.message == message
