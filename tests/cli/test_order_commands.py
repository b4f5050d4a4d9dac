"""`palermo freeze`, `restitution`, `networth`, `deposits` and `trace --exchanges` as contracts."""

import json

import pytest
from typer.testing import CliRunner

from palermo.cli import make_app


@pytest.fixture
def run(tmp_path):
    def call(*arguments):
        done = CliRunner().invoke(make_app(), [*arguments, "--json"])
        assert done.exit_code == 0, done.exception
        return json.loads(done.stdout)

    return call


@pytest.fixture
def barlow(tmp_path):
    rows = ["1,2024-01-01,A,X,1000.00,GBP", "2,2024-01-02,B,X,2000.00,GBP", "3,2024-01-03,X,Y,600.00,GBP"]
    (tmp_path / "l.csv").write_text("\n".join(["id,time,source,target,amount,currency", *rows, ""]))
    (tmp_path / "c.csv").write_text("claim,id\nTrust A,1\nTrust B,2\n")
    (tmp_path / "r.csv").write_text("account,amount\nX,2400.00\n")
    return str(tmp_path / "l.csv"), str(tmp_path / "c.csv"), str(tmp_path / "r.csv")


@pytest.mark.parametrize("way", ["rolling", "pari-passu"])
def test_restitution_of_two_trusts(run, barlow, way):
    ledger, claims, recovered = barlow
    told = run("restitution", ledger, "--claims", claims, "--recovered", recovered, "--way", way)
    assert [(one["claim"], one["paid"], one["unpaid"]) for one in told["claims"]] == [
        ("Trust A", "800.00", "200.00"),
        ("Trust B", "1600.00", "400.00"),
    ]
    assert (told["way"], told["surplus"]) == (way, "0.00")
    assert "Barlow Clowes" in told["authority"]


def test_a_freeze_list_of_what_the_trusts_paid(run, barlow):
    told = run("freeze", barlow[0], "--claims", barlow[1])
    assert [(line["account"], line["sure"], line["most"]) for line in told["accounts"]] == [
        ("X", "2400.00", "2400.00"),
        ("Y", "600.00", "600.00"),
    ]
    assert told["accounts"][0]["by_method"]["poison"] == "2400.00"


def test_net_worth_and_deposits(run, tmp_path, barlow):
    (tmp_path / "n.csv").write_text(
        "part,name,period,amount\nasset,cash,2024,100.00\nasset,car,2025,9000.00\nincome,wages,2025,1000.00\n"
    )
    told = run("networth", str(tmp_path / "n.csv"))
    assert told["periods"][0]["unexplained"] == "7900.00"
    assert told["before_you_conclude"]
    found = run("deposits", barlow[0], "--of", "X", "--income", "500.00", "--not-income", "1")
    assert (found["deposits"], found["not_income"], found["unexplained"], found["rows"]) == (
        "3000.00",
        "1000.00",
        "1500.00",
        ["2"],
    )


def test_a_change_of_currency_is_followed_where_it_is_recorded(run, tmp_path):
    rows = [
        "1,2024-01-01,V,X,100.00,EUR",
        "2,2024-01-02,X,,100.00,EUR",
        "3,2024-01-03,,X,109.00,USD",
        "4,2024-01-04,X,Z,109.00,USD",
    ]
    (tmp_path / "l.csv").write_text("\n".join(["id,time,source,target,amount,currency", *rows, ""]))
    (tmp_path / "e.csv").write_text("sold,bought\n2,3\n")
    (tmp_path / "r.csv").write_text("date,from,to,rate\n2024-01-01,EUR,USD,1.10\n")
    told = run("trace", str(tmp_path / "l.csv"), "--from", "V", "--method", "fifo", "--exchanges", str(tmp_path / "e.csv"),
               "--rates", str(tmp_path / "r.csv"))  # fmt: skip
    euro, dollar = told["results"]
    assert (euro["currency"], euro["held"], euro["dissipated"]) == ("EUR", {}, "100.00")
    assert (dollar["currency"], dollar["held"]) == ("USD", {"Z": "109.00"})
    assert told["exchanges"] == [
        {"sold": "2", "sold_amount": "100.00 EUR", "bought": "3", "bought_amount": "109.00 USD",
         "rate_of": "2024-01-01", "at_that_rate": "110.00", "apart": False}
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        ("n.csv", "part,name,period,amount\nhunch,x,2024,1.00\n", "n.csv, row 2: 'hunch' is no part."),
        ("n.csv", "part,name,period,amount\nasset,x,2024,1.005\n", "n.csv, row 2, column amount: '1.005' is no exact"),
    ],
)
def test_a_fault_is_one_error_with_its_row(tmp_path, file, text, message):
    (tmp_path / file).write_text(text)
    done = CliRunner().invoke(make_app(), ["networth", str(tmp_path / file)])
    assert str(done.exception).startswith(message)
