"""Rows for spreadsheets and entities for Aleph: exact, safe, and nobody named who is to be protected."""

import csv
import io
import json
import zipfile

import polars as pl
import pytest
from openpyxl import load_workbook

from palermo.prosecution.formats.ftm import entities, lines
from palermo.prosecution.formats.rows_out import csv_bytes, rows, safe, write_rows, xlsx_bytes
from palermo.prosecution.methods.ledger import make_ledger
from palermo.vocabulary.errors import Refusal

NASTY = ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\tx", "plain"]


@pytest.fixture
def nasty():
    frame = pl.DataFrame(
        {
            "id": [str(i) for i in range(len(NASTY))],
            "source": NASTY,
            "target": ["X"] * len(NASTY),
            "amount": [5] * len(NASTY),
        }
    ).with_columns(time=pl.Series([0] * len(NASTY)).cast(pl.Datetime("us")))
    return make_ledger(frame, currency="EUR")


def test_no_cell_can_be_taken_for_a_formula(nasty):
    told = list(csv.reader(io.StringIO(csv_bytes(rows(nasty)).decode("utf-8-sig"))))
    assert told[0] == ["id", "time", "source", "target", "amount", "currency", "line"]
    assert [row[2] for row in told[1:]] == [safe(name) for name in NASTY]
    assert all(cell[:1] not in tuple("=+-@\t\r") for row in told for cell in row if cell)
    sheet = load_workbook(io.BytesIO(xlsx_bytes(rows(nasty)))).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}
    assert [row[4].value for row in sheet.iter_rows(min_row=2)] == ["0.05"] * len(NASTY)


def test_workbooks_are_the_same_bytes_each_time_and_endings_are_held_to(nasty, tmp_path):
    book = xlsx_bytes(rows(nasty))
    assert xlsx_bytes(rows(nasty)) == book
    core = zipfile.ZipFile(io.BytesIO(book)).read("docProps/core.xml").decode()
    assert core.count("2000-01-01T00:00:00Z") == 2
    write_rows(nasty, tmp_path / "r.xlsx")
    assert (tmp_path / "r.xlsx").read_bytes() == xlsx_bytes(rows(nasty))
    with pytest.raises(Refusal, match="neither CSV nor XLSX"):
        write_rows(nasty, tmp_path / "r.ods")


ACCOUNTS = pl.DataFrame(
    {"account": ["A", "B"], "holder": ["H1", "H2"], "kind": ["person", "business"], "phone": ["+999 1", None]}
)


def test_entities_link_holders_accounts_and_payments(ledger_of):
    ledger = ledger_of([("A", "B", 150), (None, "A", 20)])
    found = [json.loads(line) for line in lines(entities(ledger, ACCOUNTS))]
    by_schema = {}
    for one in found:
        by_schema.setdefault(one["schema"], []).append(one)
    assert {schema: len(some) for schema, some in by_schema.items()} == {
        "Person": 1, "Company": 1, "BankAccount": 2, "Ownership": 2, "Payment": 2
    }  # fmt: skip
    payment = by_schema["Payment"][0]["properties"]
    ids = {one["id"]: one for one in found}
    assert ids[payment["payer"][0]]["properties"]["name"] == ["H1"]
    assert ids[payment["beneficiaryAccount"][0]]["properties"]["accountNumber"] == ["B"]
    assert payment["amount"] == ["1.50"]
    assert "payer" not in by_schema["Payment"][1]["properties"]
    assert found == [json.loads(line) for line in lines(entities(ledger, ACCOUNTS))]


def test_who_is_to_be_protected_is_an_account_and_no_person(ledger_of):
    ledger = ledger_of([("A", "B", 150)])
    text = "".join(lines(entities(ledger, ACCOUNTS, protect=["A"])))
    assert "H1" not in text
    assert "+999" not in text
    assert "H2" in text


def test_every_entity_is_one_that_the_library_knows(ledger_of):
    followthemoney = pytest.importorskip("followthemoney", reason="install palermo[aleph]")
    for line in lines(entities(ledger_of([("A", "B", 150)]), ACCOUNTS), check=True):
        proxy = followthemoney.model.get_proxy(json.loads(line))
        assert proxy.schema.name == json.loads(line)["schema"]
    with pytest.raises(Refusal, match="Payment has no colour"):
        list(lines([{"id": "x", "schema": "Payment", "properties": {"colour": ["red"]}}], check=True))
