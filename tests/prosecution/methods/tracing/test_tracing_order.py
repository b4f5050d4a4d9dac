"""Orders that the evidence leaves open, paths, the way back, and what survives every rule."""

from dataclasses import replace
from itertools import permutations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palermo.prosecution.methods.ledger import make_ledger
from palermo.prosecution.methods.tracing import Claim, Rule, Sharing, trace
from palermo.prosecution.methods.tracing.backwards import origins
from palermo.prosecution.methods.tracing.compare import survivors
from palermo.prosecution.methods.tracing.order import span
from palermo.prosecution.methods.tracing.paths import paths

ACCOUNTS = ["P", "Q", "R"]
DECIDING = [Rule.FIFO, Rule.LIFO, Rule.PRO_RATA, Rule.LOWEST_BALANCE, Rule.PARI_PASSU]


def ledger_of(rows, *, opening=None, seq=None, ids=None, by_day=False):
    frame = pl.DataFrame(
        {
            "id": ids or [f"r{i}" for i in range(len(rows))],
            "time": pl.Series([row[0] for row in rows], dtype=pl.Int64).cast(pl.Datetime("us")),
            "source": pl.Series([row[1] for row in rows], dtype=pl.String),
            "target": pl.Series([row[2] for row in rows], dtype=pl.String),
            "amount": pl.Series([row[3] for row in rows], dtype=pl.Int64),
            "seq": pl.Series(seq or [0] * len(rows), dtype=pl.Int64),
        }
    )
    return make_ledger(frame, currency="EUR", balances=opening, by_day=by_day)


SAME_DAY = [(0, None, "X", 1000), (1, "X", "Y", 1000), (1, None, "X", 1000)]


def test_unknown_order_of_one_day_is_a_range():
    ledger = ledger_of(SAME_DAY)
    found = span(ledger, [Claim("A", 0, 1000)], Rule.LOWEST_BALANCE)
    # The claim is either spent on Y or kept in X, but never lost: in all 1,000 is held either way.
    assert (found.worst, found.best, found.tied_rows, found.orders, found.exact) == (1000, 1000, 2, 2, True)
    assert found.worst_by_account == {}
    spent = ledger_of([(0, None, "X", 1000), (1, "X", None, 1000), (1, None, "X", 1000)])
    found = span(spent, [Claim("A", 0, 1000)], Rule.LOWEST_BALANCE)
    assert (found.worst, found.best, found.exact) == (0, 1000, True)


def test_an_order_that_the_evidence_shows_is_no_range():
    rows = [(0, None, "X", 1000), (1, "X", None, 1000), (1, None, "X", 1000)]
    found = span(ledger_of(rows, seq=[0, 1, 2]), [Claim("A", 0, 1000)], Rule.LOWEST_BALANCE)
    assert (found.worst, found.best, found.orders) == (0, 0, 1)


def test_too_many_orders_are_sampled_and_said_to_be():
    rows = [(0, None, "X", 100), *[(1, "X", None, 10)] * 5, *[(1, None, "X", 10)] * 5]
    found = span(ledger_of(rows), [Claim("A", 0, 100)], Rule.LOWEST_BALANCE)
    assert (found.worst, found.best, found.orders, found.exact) == (50, 100, 7, False)


def test_times_before_the_claim_widen_nothing():
    rows = [*[(0, None, "X", 5), (0, "X", None, 5)] * 6, (1, None, "X", 100)]
    found = span(ledger_of(rows), [Claim("A", 12, 100)], Rule.FIFO)
    assert (found.worst, found.best, found.tied_rows, found.orders) == (100, 100, 0, 1)


@st.composite
def tied(draw):
    side = st.sampled_from([*ACCOUNTS, None])
    rows = draw(st.lists(st.tuples(st.integers(0, 3), side, side, st.integers(1, 9)), min_size=2, max_size=6))
    rows = [(t, s, "P" if s is None and d is None else d, a) for t, s, d, a in rows]
    return (
        sorted(rows, key=lambda row: row[0]),
        draw(st.integers(0, len(rows) - 1)),
        draw(st.permutations(range(len(rows)))),
    )


@pytest.mark.parametrize("rule", [*DECIDING, Rule.POISON, Rule.DIRECT])
@settings(max_examples=25, deadline=None)
@given(case=tied())
def test_the_range_is_that_of_all_orders(rule, case):
    rows, claimed, _ = case
    if rows[claimed][1] == rows[claimed][2]:
        return
    ledger = ledger_of(rows)
    mine = Claim("A", claimed, rows[claimed][3])
    found = span(ledger, [mine], rule, most_orders=10_000)
    held = []
    for order in permutations(range(len(rows))):
        if [rows[i][0] for i in order] != [row[0] for row in rows]:
            continue
        held.append(trace(ledger.take(list(order)), [replace(mine, row=order.index(claimed))], rule).held_total)
    assert found.exact
    assert (found.worst, found.best) == (min(held), max(held))


@settings(max_examples=60, deadline=None)
@given(case=tied())
def test_the_order_of_rows_in_a_file_changes_nothing(case):
    rows, claimed, shuffled = case
    ids = [f"r{i}" for i in range(len(rows))]
    one = ledger_of(rows, ids=ids)
    other = ledger_of([rows[i] for i in shuffled], ids=[ids[i] for i in shuffled])
    for rule in Rule:
        found = [trace(ledger, [Claim("A", ledger.row_of(ids[claimed]), 1)], rule) for ledger in (one, other)]
        assert found[0].held_by_account == found[1].held_by_account
        assert found[0].moves.equals(found[1].moves)


@st.composite
def histories(draw):
    side = st.sampled_from([*ACCOUNTS, *ACCOUNTS, None])
    rows = draw(st.lists(st.tuples(side, side, st.integers(1, 20)), min_size=2, max_size=20))
    opening = draw(st.dictionaries(st.sampled_from(ACCOUNTS), st.integers(-8, 20)))
    return [(t, *row) for t, row in enumerate(rows)], opening


@settings(max_examples=80, deadline=None)
@given(case=histories())
def test_fifo_forwards_equals_fifo_backwards(case):
    rows, opening = case
    ledger = ledger_of(rows, opening=opening)
    claims = [Claim(f"c{i}", i, row[3]) for i, row in enumerate(rows) if row[1] is None and row[2] is not None]
    if not claims:
        return
    found = trace(ledger, claims, Rule.FIFO)
    name_of = {claim.row: claim.name for claim in claims}
    forwards = {}
    for row, claim, amount in found.moves.iter_rows():
        forwards[row, found.claims[claim]] = amount
    backwards = {}
    for row, (_, source, target, amount) in enumerate(rows):
        if source == target:
            continue
        behind = origins(ledger, row)
        assert sum(part.amount for part in behind) == amount
        assert [part.first for part in behind] == [sum(p.amount for p in behind[:i]) for i in range(len(behind))]
        for part in behind:
            if part.kind == "outside" and part.rows[0] in name_of:
                key = (row, name_of[part.rows[0]])
                backwards[key] = backwards.get(key, 0) + part.amount
    assert backwards == forwards


def test_the_price_of_a_flat_is_traced_back_row_by_row():
    rows = [(0, None, "shop", 700), (1, "shop", "holder", 600), (2, None, "holder", 500), (3, "holder", "seller", 1500)]
    back = origins(ledger_of(rows, opening={"holder": 100}), 3)
    assert [(part.kind, part.rows, part.amount) for part in back] == [
        ("opening", (3,), 100),
        ("outside", (0, 1, 3), 600),
        ("outside", (2, 3), 500),
        ("overdraft", (3,), 300),
    ]


@pytest.mark.parametrize("rule", [*DECIDING, Rule.DIRECT])
@settings(max_examples=60, deadline=None)
@given(case=histories(), share=st.integers(1, 20))
def test_paths_sum_to_what_the_rule_finds(rule, case, share):
    rows, opening = case
    ledger = ledger_of(rows, opening=opening)
    claims = [Claim("ab"[i % 2], i, min(share, row[3])) for i, row in enumerate(rows) if i % 3 == 0]
    found = trace(ledger, claims, rule)
    held, ended = {}, {}
    for path in paths(found):
        into = held if path.ends == "held" else ended
        key = (path.claim, path.accounts[-1] if path.ends == "held" else path.ends)
        into[key] = into.get(key, 0) + path.amount
        assert list(path.rows) == sorted(path.rows, key=lambda name: int(name[1:]))
    expected = {(found.claims[c], ledger.name(a)): amount for a, c, amount in found.held.iter_rows()}
    assert held == expected
    if rule is Rule.PARI_PASSU:
        return  # no path is told to what left the fund
    gone = found.ended.group_by("claim", "how").agg(pl.col("amount").sum())
    assert ended == {(found.claims[c], how): amount for c, how, amount in gone.iter_rows()}


def test_a_path_names_its_rows_and_accounts():
    rows = [(0, "A", "X", 300), (1, None, "X", 700), (2, "X", "Y", 500), (3, "Y", None, 100)]
    told = paths(trace(ledger_of(rows), [Claim("A", 0, 300)], Rule.FIFO))
    assert [(p.rows, p.accounts, p.amount, p.ends) for p in told] == [
        (("r0", "r2"), ("A", "X", "Y"), 200, "held"),
        (("r0", "r2", "r3"), ("A", "X", "Y", ""), 100, "outside"),
    ]
    poison = paths(trace(ledger_of(rows), [Claim("A", 0, 300)], Rule.POISON))
    assert [(p.rows, p.amount, p.ends) for p in poison] == [(("r0",), 500, "held"), (("r0", "r2"), 400, "held")]


def test_what_survives_every_rule_is_the_least_that_any_finds():
    rows = [(0, None, "X", 300), (1, None, "X", 700), (2, "X", "Y", 500)]
    traces = [trace(ledger_of(rows), [Claim("A", 0, 300)], rule) for rule in Rule]
    assert [(s.account, s.amount, s.by_rule) for s in survivors(traces)] == []
    more = [trace(ledger_of([*rows, (3, None, "X", 50)]), [Claim("A", 3, 50)], rule) for rule in Rule]
    assert [(s.account, s.amount) for s in survivors(more)] == [("X", 50)]


def test_sharing_is_an_option_of_the_lowest_balance_only():
    rows = [(0, None, "X", 100), (1, None, "X", 200), (2, "X", None, 60)]
    claims = [Claim("A", 0, 100), Claim("B", 1, 200)]
    rateable = trace(ledger_of(rows), claims, Rule.LOWEST_BALANCE)
    oldest = trace(ledger_of(rows), claims, Rule.LOWEST_BALANCE, sharing=Sharing.OLDEST_FIRST)
    assert [rateable.held_of(c) for c in (0, 1)] == [{"X": 80}, {"X": 160}]
    assert [oldest.held_of(c) for c in (0, 1)] == [{"X": 40}, {"X": 200}]
