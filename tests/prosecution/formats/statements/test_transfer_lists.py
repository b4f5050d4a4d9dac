"""Money-transfer, mobile-money and crypto lists: both sides in a row, fees apart, what failed left out."""

import datetime as dt

import polars as pl
import pytest

from palermo.prosecution.formats.ledger import read_ledger
from palermo.prosecution.formats.statements import Reading, combine, read_statements
from palermo.vocabulary.errors import Refusal

GUESS = Reading({})
OPERATOR = (
    "MTCN,Send Date,Sender,Sender Phone,Receiver,Receiver Phone,Send Amount,Send Currency,Fee,Status,Payout Country\n"
    "11,2026-01-03,Ana Lin,+39 0444 123456,Boss,00390444654321,250.00,EUR,4.90,Paid,XA\n"
    "12,2026-01-04,Ana Lin,+390444123456,Boss,+390444654321,250.00,EUR,,Cancelled,XA\n"
    "13,2026-01-05,Mara,,Boss,+390444654321,1200.00,EUR,,Paid,XA\n"
)
CRYPTO = (
    "txid,timestamp,from address,to address,value,asset,network fee,fee asset\n"
    "aa,1767430800,0xA,0xB,0.50000000,BTC,0.00010000,BTC\n"
    "bb,1767430801,0xB,0xC,0.4,BTC,0,BTC\n"
)
MOBILE = (
    "Receipt No.,Completion Time,Details,Paid In,Withdrawn,Balance,Currency\n"
    "R3,2026-01-03 10:00:00,Transfer to 700,,300.00,700.00,EUR\n"
    "R2,2026-01-02 09:00:00,From 701,1000.00,,1000.00,EUR\n"
)


def rows_of(tmp_path, text, **more):
    path = tmp_path / "list.csv"
    path.write_text(text)
    return combine(read_statements(path, Reading({}, **more) if more else GUESS)).rows


def test_an_operators_list_has_both_sides_fees_apart_and_no_cancelled_ones(tmp_path):
    rows = rows_of(tmp_path, OPERATOR)
    told = rows.select("time", "source", "target", pl.col("amount").cast(pl.String), "text").rows()
    assert told == [
        (dt.date(2026, 1, 3), "+390444123456", "+390444654321", "250.00", "XA"),
        (dt.date(2026, 1, 3), "+390444123456", None, "4.90", "fee"),
        (dt.date(2026, 1, 5), "Mara", "+390444654321", "1200.00", "XA"),
    ]
    assert rows["line"].to_list() == [2, 2, 4]


def test_a_crypto_list_keeps_time_and_every_decimal(tmp_path):
    rows = rows_of(tmp_path, CRYPTO)
    assert rows["time"].dtype == pl.Datetime("us")
    assert rows.select("source", "target", pl.col("amount").cast(pl.String)).rows() == [
        ("0xA", "0xB", "0.50000000"),
        ("0xA", None, "0.00010000"),
        ("0xB", "0xC", "0.40000000"),
    ]
    rows.write_parquet(tmp_path / "l.parquet")
    ledger = read_ledger(tmp_path / "l.parquet")
    assert not ledger.by_day
    assert ledger.text(int(ledger.amount[0])) == "0.50000000"


def test_a_mobile_money_statement_is_proven_by_its_balances(tmp_path):
    path = tmp_path / "m.csv"
    path.write_text(MOBILE)
    (statement,) = read_statements(path, GUESS)
    assert statement.proven
    assert (statement.opening, statement.closing) == (0, 70_000)
    assert [(entry.amount, entry.bank_id) for entry in statement.entries] == [(100_000, "R2"), (-30_000, "R3")]


def test_a_list_has_no_balances_and_says_so(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(OPERATOR)
    assert [one["proven"] for one in combine(read_statements(path, GUESS)).accounts] == [False, False]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("Paid,XA\n12", "Maybe,XA\n12", "row 2, column status: 'maybe' says neither"),
        ("250.00,EUR,4.90", "250.005,EUR,4.90", "row 2, column amount"),
        ("2026-01-05", "5 May", "no date"),
        ("13,2026-01-05,Mara", "13,2026-01-05,", "row 4: The sender is missing"),
        ("1200.00,EUR,,Paid,XA", "1200.00", "row 4: The row has 7 cells"),
        ("250.00,EUR,4.90", "250.00,,4.90", "row 2: The currency is not known"),
    ],
)
def test_a_fault_in_a_list_is_named_by_its_row(tmp_path, old, new, message):
    assert old in OPERATOR
    path = tmp_path / "list.csv"
    path.write_text(OPERATOR.replace(old, new, 1))
    with pytest.raises(Refusal, match=r"list\.csv") as refused:
        read_statements(path, GUESS)
    assert message in str(refused.value)
