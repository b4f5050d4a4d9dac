"""The ledger as CSV and Parquet: exact amounts, and one clear error for whatever is wrong."""

import datetime as dt
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palermo.prosecution.formats.exact import from_floats, minor_units
from palermo.prosecution.formats.ledger import ledger_of, read_balances, read_claims, read_ledger, write_ledger
from palermo.prosecution.methods.minor_units import as_text, exponent
from palermo.vocabulary.errors import Refusal

moment = dt.datetime  # the ledger keeps UTC without a zone
HEAD = "id,time,source,target,amount,currency\n"
GOOD = HEAD + "1,2024-01-01,,A,10.50,EUR\n2,2024-01-02T09:30:00,A,B,3,EUR\n3,2024-01-02 09:30:01,B,,0.05,EUR\n"


def put(tmp_path, text, name="l.csv"):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_ledger_is_read_exactly(tmp_path):
    ledger = read_ledger(put(tmp_path, GOOD))
    assert ledger.accounts.to_list() == ["A", "B"]
    assert ledger.source.tolist() == [-1, 0, 1]
    assert ledger.target.tolist() == [0, 1, -1]
    assert ledger.amount.tolist() == [1050, 300, 5]
    assert ledger.rows["line"].to_list() == [2, 3, 4]
    assert ledger.closing().tolist() == [750, 295]
    assert (ledger.currency, ledger.by_day) == ("EUR", True)


@pytest.mark.parametrize("mark", [";", "\t"])
def test_other_separators_a_mark_of_order_and_windows_lines(tmp_path, mark):
    text = "\ufeff" + GOOD.replace(",", mark).replace("\n", "\r\n")
    assert read_ledger(put(tmp_path, text)).amount.tolist() == [1050, 300, 5]


def test_written_and_read_again_it_is_the_same(tmp_path):
    ledger = read_ledger(put(tmp_path, GOOD))
    write_ledger(ledger, tmp_path / "l.parquet")
    again = read_ledger(tmp_path / "l.parquet")
    assert again.rows.drop("line").equals(ledger.rows.drop("line"))
    assert again.accounts.to_list() == ledger.accounts.to_list()


@pytest.mark.parametrize(
    ("times", "by_day"),
    [
        ([dt.date(2026, 1, 3), dt.date(2026, 1, 3)], True),
        ([moment(2026, 1, 3, 10), moment(2026, 1, 3, 9)], False),
    ],
)
def test_rows_of_statements_keep_the_order_that_their_times_show(times, by_day):
    rows = pl.DataFrame(
        {
            "id": ["1", "2"],
            "time": times,
            "source": ["A", "B"],
            "target": ["B", "C"],
            "amount": pl.Series([Decimal("1.50"), Decimal("2.00")], dtype=pl.Decimal(38, 2)),
            "currency": ["EUR", "EUR"],
            "line": [2, 3],
        }
    )
    ledger = ledger_of(rows, currency="EUR")
    assert (ledger.by_day, len(set(ledger.tie.tolist()))) == (by_day, 1 if by_day else 2)
    assert ledger.rows["id"].to_list() == (["1", "2"] if by_day else ["2", "1"])


FAULTS = {
    "no header": ("1,2,3\n", "l.csv, row 1: The column 'id' is missing"),
    "empty": ("", "l.csv: The file is empty."),
    "binary": (b"\x7fELF\0\0\0\n", "l.csv, row 1: This is no CSV or Parquet file."),
    "not utf-8": (HEAD.encode() + b"1,2024-01-01,\xff\xfe,A,1,EUR\n", "l.csv: The file is broken"),
    "thousands": (
        HEAD + '1,2024-01-01,A,B,"1,000.00",EUR\n',
        "l.csv, row 2, column amount: '1,000.00' is no exact amount",
    ),
    "decimals": (HEAD + "1,2024-01-01,A,B,1.005,EUR\n", "l.csv, row 2, column amount: '1.005' is no exact amount"),
    "exponent": (HEAD + "1,2024-01-01,A,B,1e3,EUR\n", "l.csv, row 2, column amount: '1e3' is no exact amount"),
    "not a number": (HEAD + "1,2024-01-01,A,B,NaN,EUR\n", "l.csv, row 2, column amount: 'NaN' is no exact amount"),
    "too large": (HEAD + "1,2024-01-01,A,B,1234567890123456,EUR\n", "l.csv, row 2, column amount"),
    "amount missing": (HEAD + "1,2024-01-01,A,B,,EUR\n", "l.csv, row 2, column amount: The amount is missing."),
    "negative": (HEAD + "1,2024-01-01,A,B,-1,EUR\n", "l.csv, row 2, column amount: An amount is negative. Swap"),
    "time": (HEAD + "1,01/02/2024,A,B,1,EUR\n", "l.csv, row 2, column time: '01/02/2024' is no date or time."),
    "no such day": (HEAD + "1,2024-02-30,A,B,1,EUR\n", "l.csv, row 2, column time: '2024-02-30' is no date"),
    "time missing": (HEAD + "1,,A,B,1,EUR\n", "l.csv, row 2, column time: The time is missing."),
    "twice": (
        HEAD + "7,2024-01-01,A,B,1,EUR\n7,2024-01-01,A,B,1,EUR\n",
        "l.csv, row 3, column id: The id '7' is given twice.",
    ),
    "no id": (HEAD + ",2024-01-01,A,B,1,EUR\n", "l.csv, row 2, column id: id is missing."),
    "currencies": (
        HEAD + "1,2024-01-01,A,B,1,EUR\n2,2024-01-01,A,B,1,USD\n",
        "l.csv, column currency: The ledger holds several",
    ),
    "no currency": (HEAD + "1,2024-01-01,A,B,1,\n", "l.csv, row 2, column currency: The currency is missing."),
    "unknown currency": (HEAD + "1,2024-01-01,A,B,1,ZZZ\n", "Unknown currency 'ZZZ'"),
    "cut short": (HEAD + "1,2024-01-01,A,B,1,EUR\n2,2024-01", "l.csv, row 3"),
    "too many cells": (HEAD + "1,2024-01-01,A,B,1,EUR,x,y\n", "l.csv: The file is broken"),
    "long cell": (HEAD + f"1,2024-01-01,{'A' * 2000},B,1,EUR\n", "l.csv, row 2, column source: A cell is longer"),
    "one long line": ("x" * 70_000, "l.csv, row 1: This is no CSV"),
    "broken parquet": (b"PAR1" + b"\0" * 50, "l.csv: The file is broken"),
    "seq": (
        HEAD.replace("currency", "currency,seq") + "1,2024-01-01,A,B,1,EUR,x\n",
        "l.csv, row 2, column seq: 'x' is no whole number.",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_named_by_file_row_and_column(tmp_path, name):
    text, expected = FAULTS[name]
    with pytest.raises(Refusal) as caught:
        read_ledger(put(tmp_path, text))
    assert expected in str(caught.value)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(Refusal, match="cannot be read"):
        read_ledger(tmp_path / "none.csv")


def test_one_of_several_currencies_is_read_when_named(tmp_path):
    text = HEAD + "1,2024-01-01,A,B,1,EUR\n2,2024-01-01,A,B,7,JPY\n"
    assert read_ledger(put(tmp_path, text), currency="JPY").amount.tolist() == [7]
    with pytest.raises(Refusal, match="No row in CHF"):
        read_ledger(put(tmp_path, text), currency="CHF")


def test_a_formula_is_only_text(tmp_path):
    ledger = read_ledger(put(tmp_path, HEAD + '1,2024-01-01,"=cmd()",B,1,EUR\n'))
    assert ledger.accounts.to_list() == ["=cmd()", "B"]


def test_times_with_an_offset_come_to_utc_and_whole_numbers_are_days_or_seconds(tmp_path):
    rows = "1,2024-01-01T10:00:00+02:00,A,B,1,EUR\n2,2024-01-01T08:00:01Z,A,B,1,EUR\n"
    ledger = read_ledger(put(tmp_path, HEAD + rows))
    assert ledger.rows["time"].to_list() == [moment(2024, 1, 1, 8), moment(2024, 1, 1, 8, 0, 1)]
    steps = read_ledger(put(tmp_path, HEAD + "1,0,A,B,1,EUR\n2,3,A,B,1,EUR\n"))
    assert steps.rows["time"].to_list() == [moment(1970, 1, 1), moment(1970, 1, 4)]
    unix = read_ledger(put(tmp_path, HEAD + "1,1704067200,A,B,1,EUR\n"))
    assert unix.rows["time"].to_list() == [moment(2024, 1, 1)]


def test_rows_without_order_are_sorted_by_id_as_numbers(tmp_path):
    rows = [f"t{i},2024-01-01,A,B,{i},EUR\n" for i in (10, 9, 2)]
    assert read_ledger(put(tmp_path, HEAD + "".join(rows))).rows["id"].to_list() == ["t2", "t9", "t10"]


def test_parquet_keeps_decimals_and_takes_a_float_only_if_it_is_one_amount(tmp_path):
    frame = pl.DataFrame(
        {"id": [1, 2], "time": [0, 1], "source": [5, 6], "target": ["A", "B"], "currency": ["EUR"] * 2}
    )
    path = tmp_path / "l.parquet"
    for amounts in ([Decimal("1.10"), Decimal("2.00")], [1.1, 2.0], ["1.1", "2"]):
        frame.with_columns(amount=pl.Series(amounts)).write_parquet(path)
        assert read_ledger(path).amount.tolist() == [110, 200]
    for bad in (0.1 + 0.2, float("nan"), float("inf"), 1e18):
        frame.with_columns(amount=pl.Series([bad, 1.0])).write_parquet(path)
        with pytest.raises(Refusal, match="row 2, column amount"):
            read_ledger(path)


def test_balances_and_claims(tmp_path):
    ledger = read_ledger(put(tmp_path, GOOD), balances=put(tmp_path, "account,amount\nA,-2.50\nC,7\n", "b.csv"))
    assert dict(zip(ledger.accounts, ledger.opening.tolist(), strict=True)) == {"A": -250, "B": 0, "C": 700}
    assert ledger.opening_known.tolist() == [True, False, True]
    claims = read_claims(put(tmp_path, "claim,id,amount\nAnn,1,2.00\nBen,2,\n", "c.csv"), ledger)
    assert [(claim.name, claim.row, claim.amount) for claim in claims] == [("Ann", 0, 200), ("Ben", 1, 300)]
    for text, message in {
        "claim,id\nAnn,9\n": "c.csv, row 2: '9' is no id of the ledger.",
        "claim,id\n,1\n": "c.csv, row 2: The claim has no name.",
        "claim,id,amount\nAnn,1,99\n": "c.csv, row 2, column amount: The claim is for 99.00, its payment is 10.50.",
    }.items():
        with pytest.raises(Refusal) as caught:
            read_claims(put(tmp_path, text, "c.csv"), ledger)
        assert message in str(caught.value)
    with pytest.raises(Refusal, match="row 3, column account"):
        read_balances(put(tmp_path, "account,amount\nA,1\nA,2\n", "b.csv"), "EUR")


@settings(max_examples=200)
@given(minor=st.integers(-(10**14), 10**14), currency=st.sampled_from(["EUR", "JPY", "KWD", "BTC", "XMR"]))
def test_text_and_minor_units_go_back_and_forth(minor, currency):
    minor //= 10 ** max(exponent(currency) - 2, 0) or 1
    text = pl.Series(
        "amount", [as_text(minor, currency), as_text(minor, currency) + ("0" if exponent(currency) else "")]
    )
    assert minor_units(text, currency, lines=pl.Series([1, 2]), where="f").to_list() == [minor, minor]


@settings(max_examples=200)
@given(minor=st.integers(-(2**50) + 1, 2**50 - 1))
def test_a_float_that_is_one_amount_is_read_as_it(minor):
    value = pl.Series("amount", [float(Decimal(minor) / 100)])
    assert from_floats(value, "EUR", lines=pl.Series([1]), where="f").to_list() == [minor]
