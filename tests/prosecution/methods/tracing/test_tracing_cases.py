"""The decided and published cases of the reference, and what the definitions add to them."""

import json
import os
from pathlib import Path

import polars as pl
import pytest

from palermo.prosecution.methods.ledger import make_ledger
from palermo.prosecution.methods.tracing import Claim, Rule, Sharing, trace

ROOT = Path(__file__).parents[4]
SHARED = next(
    (
        place
        for place in (
            Path(os.environ.get("PALERMO_SHARED", "/nowhere")),
            ROOT.parent / "shared",
            ROOT.parent.parent / "shared",
        )
        if place.is_dir()
    ),
    None,
)
RULES = {
    "fifo": (Rule.FIFO, Sharing.RATEABLE),
    "lifo": (Rule.LIFO, Sharing.RATEABLE),
    "prorata": (Rule.PRO_RATA, Sharing.RATEABLE),
    "libr": (Rule.LOWEST_BALANCE, Sharing.RATEABLE),
    "libr_fifo": (Rule.LOWEST_BALANCE, Sharing.OLDEST_FIRST),
    "poison": (Rule.POISON, Sharing.RATEABLE),
}


def ledger_of(rows, opening=None):
    frame = pl.DataFrame(
        {
            "id": [str(i) for i in range(len(rows))],
            "time": pl.Series(range(len(rows)), dtype=pl.Int64).cast(pl.Datetime("us")),
            "source": pl.Series([row[0] for row in rows], dtype=pl.String),
            "target": pl.Series([row[1] for row in rows], dtype=pl.String),
            "amount": pl.Series([row[2] for row in rows], dtype=pl.Int64),
        }
    )
    return make_ledger(frame, currency="GBP", balances=opening)


def published():
    if SHARED is None:
        return []
    return json.loads((SHARED / "reference" / "tracing_cases.json").read_text())


@pytest.mark.skipif(SHARED is None, reason="the shared reference is not beside the checkout")
@pytest.mark.parametrize("case", published(), ids=lambda case: f"{case['id']} {case['title'][:40]}")
def test_published_case(case):
    ledger = ledger_of(case["rows"])
    claims = [Claim(name, int(row), amount) for row, seeds in case["seeds"].items() for name, amount in seeds.items()]
    checks = 0
    for key, expected in case.get("expect_rows", {}).items():
        found = trace(ledger, claims, RULES[key][0], sharing=RULES[key][1])
        carried = dict(found.moves.group_by("row").agg(pl.col("amount").sum()).iter_rows())
        assert {row: carried.get(int(row), 0) for row in expected} == expected, key
        checks += len(expected)
    accounts = {key: {"X": left} for key, left in case.get("expect_surviving", {}).items()} | case.get(
        "expect_account", {}
    )
    for key, expected in accounts.items():
        found = trace(ledger, claims, RULES[key][0], sharing=RULES[key][1])
        names = {name: number for number, name in enumerate(found.claims)}
        for account, left in expected.items():
            held = {name: found.held_of(number).get(account) for name, number in names.items()}
            assert {name: amount for name, amount in held.items() if amount} == left, key
            checks += 1
    assert checks


def held(found, account):
    amounts = {name: found.held_of(number).get(account, 0) for number, name in enumerate(found.claims)}
    return {name: amount for name, amount in amounts.items() if amount}


def test_pari_passu_shares_what_is_left_whatever_the_order():
    rows = [(None, "X", 10000), ("X", "Y", 5000), (None, "X", 10000), ("X", "Y", 5000)]
    found = trace(ledger_of(rows), [Claim("A", 0, 10000), Claim("B", 2, 10000)], Rule.PARI_PASSU)
    assert held(found, "X") == {"A": 5000, "B": 5000}
    assert held(found, "Y") == {"A": 5000, "B": 5000}


def test_pari_passu_rateable_loss_of_barlow_clowes():
    rows = [(None, "X", 100000), (None, "X", 200000), ("X", None, 60000)]
    found = trace(ledger_of(rows), [Claim("A", 0, 100000), Claim("B", 1, 200000)], Rule.PARI_PASSU)
    assert held(found, "X") == {"A": 80000, "B": 160000}
    assert found.dissipated == 60000


def test_pari_passu_counts_accounts_that_pay_each_other_as_one_fund():
    rows = [(None, "X", 100), ("X", "Y", 60), (None, "Y", 100), ("Y", "X", 50), ("X", None, 90), ("Y", None, 10)]
    found = trace(ledger_of(rows), [Claim("A", 0, 100)], Rule.PARI_PASSU)
    # 200 came in, 100 of it claimed; 100 went out; half of the 100 left in Y (100) and X (0) is the claim's.
    assert held(found, "Y") == {"A": 50}
    assert held(found, "X") == {}
    assert found.dissipated == 50


@pytest.mark.parametrize("rule", [Rule.FIFO, Rule.LIFO, Rule.PRO_RATA, Rule.LOWEST_BALANCE, Rule.PARI_PASSU])
def test_an_overdraft_ends_the_trace_in_both_directions(rule):
    spent = ledger_of([(None, "X", 1000), ("X", "Y", 1500), (None, "X", 2000)])
    found = trace(spent, [Claim("A", 0, 1000)], rule)
    assert held(found, "X") == {}
    assert held(found, "Y") == {"A": 1000}
    owing = ledger_of([(None, "X", 1000)], {"X": -400})
    found = trace(owing, [Claim("A", 0, 1000)], rule)
    assert held(found, "X") == {"A": 600}
    assert found.ended.rows() == [(0, 0, 400, "overdraft")]


def test_direct_follows_the_same_sum_and_gives_reasons_where_it_cannot():
    same = trace(ledger_of([(None, "X", 500), ("X", "Y", 500)], {"X": 70}), [Claim("A", 0, 500)], Rule.DIRECT)
    assert same.held_by_account == {"Y": 500}
    other = trace(ledger_of([(None, "X", 500), ("X", "Y", 400)]), [Claim("A", 0, 500)], Rule.DIRECT)
    assert (other.held_total, other.unidentified) == (0, 500)
    assert other.ended["how"].to_list() == ["not identified: the next payment is another sum"]
    mixed = trace(ledger_of([(None, "X", 500), (None, "X", 1), ("X", "Y", 500)]), [Claim("A", 0, 500)], Rule.DIRECT)
    assert mixed.ended["how"].to_list() == ["not identified: other money came in between"]


def test_direct_refuses_where_the_order_is_not_evidenced():
    frame = pl.DataFrame(
        {
            "id": ["1", "2"],
            "time": pl.Series([0, 0], dtype=pl.Int64).cast(pl.Datetime("us")),
            "source": [None, "X"],
            "target": ["X", "Y"],
            "amount": [500, 500],
        }
    )
    found = trace(make_ledger(frame, currency="EUR"), [Claim("A", 0, 500)], Rule.DIRECT)
    assert found.ended["how"].to_list() == ["not identified: the evidence does not show the order"]
