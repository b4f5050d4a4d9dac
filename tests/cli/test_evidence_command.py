"""The evidence file: the same bytes for a stranger, tied by hashes and a signature; what is changed is found."""

import hashlib
import json

import pytest
from typer.testing import CliRunner

from palermo.cli import make_app
from palermo.prosecution.formats.evidence import verify
from palermo.vocabulary.errors import Refusal


def call(*arguments):
    return CliRunner().invoke(make_app(), [str(one) for one in arguments])


@pytest.fixture
def case(tmp_path):
    rows = [
        "1,2024-01-01,V,X,100.00,EUR",
        "2,2024-01-02,own,X,50.00,EUR",
        "3,2024-01-03,X,Y,60.00,EUR",
        "4,2024-01-04,Y,,10.00,EUR",
    ]
    (tmp_path / "l.csv").write_text("\n".join(["id,time,source,target,amount,currency", *rows, ""]))
    assert call("evidence", "key", "--out", tmp_path / "key.pem").exit_code == 0
    return tmp_path


def make(case, name):
    done = call("evidence", "make", case / "l.csv", "--from", "V", "--moment", "2026-02-01", "--out", case / name,
                "--key", case / "key.pem", "--json")  # fmt: skip
    assert done.exit_code == 0, done.exception
    return {path.name: path.read_bytes() for path in (case / name).iterdir()}


def test_a_stranger_makes_the_same_bytes(case):
    first, second = make(case, "a"), make(case, "b")
    assert first == second
    assert sorted(first) == [
        "findings.json",
        "manifest.json",
        "manifest.sig",
        "public-key.pem",
        "report.pdf",
        "rows.csv",
    ]
    assert first["report.pdf"].startswith(b"%PDF-")
    assert b"pdfuaid" in first["report.pdf"]


def test_the_manifest_ties_every_figure_to_rule_authority_file_and_line(case):
    made = make(case, "a")
    manifest = json.loads(made["manifest.json"])
    assert manifest["inputs"] == [
        {
            "file": "ledger: l.csv",
            "bytes": (case / "l.csv").stat().st_size,
            "sha256": hashlib.sha256((case / "l.csv").read_bytes()).hexdigest(),
        }
    ]
    for one in manifest["outputs"]:
        assert hashlib.sha256(made[one["file"]]).hexdigest() == one["sha256"]
    fifo = [one for one in manifest["figures"] if one["rule"] == "fifo"]
    assert {one["account"]: (one["held"], one["rows"]) for one in fifo} == {
        "X": ("40.00", [{"id": "1", "line": 2}]),
        "Y": ("50.00", [{"id": "3", "line": 4}]),
    }
    assert all("Clayton" in one["authority"] and one["sha256"] for one in fifo)
    findings = json.loads(made["findings.json"])
    assert {one["rule"] for one in manifest["figures"]} <= {one["method"] for one in findings["results"]}


def test_the_signature_is_good_and_a_changed_byte_is_found(case):
    made = make(case, "a")
    assert verify(made["manifest.json"], made["manifest.sig"], made["public-key.pem"])
    assert not verify(made["manifest.json"] + b" ", made["manifest.sig"], made["public-key.pem"])
    good = call("evidence", "verify", case / "a", "--json")
    assert json.loads(good.stdout) == {"files": 3, "differ": [], "signed": True, "signature_good": True}
    (case / "a" / "rows.csv").write_bytes(made["rows.csv"] + b"9")
    assert "rows.csv differ" in str(call("evidence", "verify", case / "a").exception)
    (case / "a" / "rows.csv").write_bytes(made["rows.csv"])
    (case / "a" / "manifest.json").write_bytes(made["manifest.json"].replace(b'"40.00"', b'"90.00"'))
    assert "the signature is not by that key" in str(call("evidence", "verify", case / "a").exception)


def test_another_key_is_no_good_and_keys_are_not_overwritten(case, tmp_path):
    make(case, "a")
    assert call("evidence", "key", "--out", tmp_path / "other.pem").exit_code == 0
    assert (tmp_path / "other.pem").stat().st_mode & 0o77 == 0
    assert isinstance(call("evidence", "key", "--out", tmp_path / "other.pem").exception, Refusal)
    assert isinstance(call("evidence", "verify", case / "a", "--key", tmp_path / "other.pem").exception, Refusal)


def test_openings_and_changes_of_currency_stand_in_the_file_and_are_made_again(case):
    """V's 100 EUR and X's own 60 are sold for 176 USD: 110 of them are V's; the rest of the ledger's USD is not."""
    rows = [
        "1,2024-01-01,V,X,100.00,EUR",
        "2,2024-01-03,X,,160.00,EUR",
        "3,2024-01-03,,X,176.00,USD",
        "4,2024-01-05,X,Z,50.00,USD",
    ]
    (case / "l.csv").write_text("\n".join(["id,time,source,target,amount,currency", *rows, ""]))
    (case / "e.csv").write_text("sold,bought\n2,3\n")
    (case / "r.csv").write_text("date,from,to,rate\n2024-01-02,EUR,USD,1.10\n")
    options = ["--opening", "enough", "--exchanges", case / "e.csv", "--rates", case / "r.csv"]

    def made(name):
        done = call("evidence", "make", case / "l.csv", "--from", "V", "--moment", "2026-02-01", "--out", case / name,
                    *options)  # fmt: skip
        assert done.exit_code == 0, done.exception
        return {path.name: path.read_bytes() for path in (case / name).iterdir()}

    first = made("a")
    assert first == made("b")
    manifest = json.loads(first["manifest.json"])
    assert manifest["command"].endswith("--from V --opening enough --exchanges e.csv --rates r.csv --moment 2026-02-01")
    assert [one["file"] for one in manifest["inputs"]] == ["exchanges: e.csv", "ledger: l.csv", "rates: r.csv"]
    held = {
        (one["rule"], one["account"]): (one["held"], one["currency"])
        for one in manifest["figures"]
        if one["rule"] in ("fifo", "pro-rata")
    }
    # FIFO: V's part of the dollars lies on the first 110 of them; of 50 that leave all are V's.
    assert held == {
        ("fifo", "X"): ("60.00", "USD"), ("fifo", "Z"): ("50.00", "USD"),
        ("pro-rata", "X"): ("78.75", "USD"), ("pro-rata", "Z"): ("31.25", "USD"),
    }  # fmt: skip
    findings = json.loads(first["findings.json"])
    assert findings["exchanges"] == [
        {"sold": "2", "sold_amount": "160.00 EUR", "bought": "3", "bought_amount": "176.00 USD",
         "rate_of": "2024-01-02", "at_that_rate": "176.00", "apart": False}
    ]  # fmt: skip
    assert len(first["rows.csv"].splitlines()) == 5


def test_options_that_do_not_go_together_are_wrong_usage(case):
    made = ("evidence", "make", case / "l.csv", "--from", "V", "--moment", "2026-02-01", "--out", case / "x")
    for wrong in (
        ["--opening", "much"],
        ["--rates", case / "l.csv"],
        ["--exchanges", case / "l.csv", "--currency", "EUR"],
    ):
        assert call(*made, *wrong).exit_code == 2


def test_nothing_is_overwritten(case):
    make(case, "a")
    again = call("evidence", "make", case / "l.csv", "--from", "V", "--moment", "2026-02-01", "--out", case / "a")
    assert "not empty" in str(again.exception)


def test_rows_of_statements_are_tied_to_their_statement(case):
    (case / "bank.csv").write_text(
        "Date,Amount,Name,IBAN,Currency,Balance\n2024-01-01,100.00,V,V1,EUR,100.00\n2024-01-02,-40.00,Y,Y1,EUR,60.00\n"
    )
    assert call("ledger", "import", case / "bank.csv", "--account", "X1", "--out", case / "l.parquet").exit_code == 0
    done = call("evidence", "make", case / "l.parquet", "--from", "V1", "--moment", "2026-02-01", "--out", case / "c")
    assert done.exit_code == 0, done.exception
    figures = json.loads((case / "c" / "manifest.json").read_bytes())["figures"]
    origin = next(one for one in figures if one["account"] == "X1")["rows"][0]["statement"]
    assert (origin["file"], origin["line"]) == ("bank.csv", 2)
    assert origin["sha256"] == hashlib.sha256((case / "bank.csv").read_bytes()).hexdigest()
