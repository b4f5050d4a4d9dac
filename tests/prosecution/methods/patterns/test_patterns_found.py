"""Patterns against brute force on small ledgers, and planted among others."""

from itertools import pairwise, permutations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palermo.prosecution.methods.ledger import make_ledger
from palermo.prosecution.methods.patterns import KINDS, Strength, find_patterns
from palermo.prosecution.methods.patterns.cycles import cycles
from palermo.prosecution.methods.patterns.flow import funnels, matched, pass_through, pay_leaves
from palermo.prosecution.methods.patterns.graph import DAY, graph
from palermo.prosecution.methods.patterns.scatter import scatter_gather
from palermo.vocabulary.errors import Refusal

HOUR = DAY // 24


def ledger_of(rows):
    frame = pl.DataFrame(
        {
            "id": [str(i) for i in range(len(rows))],
            "time": pl.Series([int(row[0]) for row in rows], dtype=pl.Int64).cast(pl.Datetime("us")),
            "source": pl.Series([row[1] for row in rows], dtype=pl.String),
            "target": pl.Series([row[2] for row in rows], dtype=pl.String),
            "amount": pl.Series([row[3] for row in rows], dtype=pl.Int64),
        }
    )
    return make_ledger(frame, currency="EUR")


@st.composite
def payments(draw, size=9, names="ABCD"):
    side = st.sampled_from(names)
    row = st.tuples(st.integers(0, 8).map(lambda day: day * DAY), side, side, st.integers(60, 100))
    return sorted(draw(st.lists(row, min_size=3, max_size=size)), key=lambda row: row[0])


def all_cycles(rows, days, longest):
    out = {}
    for length in range(3, longest + 1):
        for choice in permutations(range(len(rows)), length):
            picked = [rows[i] for i in choice]
            if any(a[0] >= b[0] for a, b in pairwise(picked)) or picked[-1][0] - picked[0][0] > days * DAY:
                continue
            closed = [*picked[1:], picked[0]]
            if (
                any(a[2] != b[1] for a, b in zip(picked, closed, strict=True))
                or len({row[1] for row in picked}) != length
            ):
                continue
            sums = [row[3] for row in picked]
            out[choice] = all(b <= a and b * 100 >= a * 90 for a, b in pairwise(sums))
    return out


@settings(max_examples=60, deadline=None)
@given(rows=payments())
def test_cycles_are_those_of_brute_force(rows):
    ledger = ledger_of(rows)
    order = [int(name) for name in ledger.rows["id"]]
    for longest in (3, 4, 6):
        found = cycles(ledger, graph(ledger), days=5, longest=longest, keep_percent=90)
        told = {tuple(order[row] for row in one.rows): one.strength is Strength.TRAVELLED for one in found.patterns}
        assert told == all_cycles(rows, 5, min(longest, 5))
        assert (found.total, found.complete) == (len(told), True)


def test_a_search_that_cannot_end_says_so():
    rows = [(i * HOUR, "ABC"[i % 3], "ABC"[(i + 1) % 3], 100) for i in range(60)]
    ledger = ledger_of(rows)
    found = cycles(ledger, graph(ledger), most_steps=10)
    assert not found.complete
    few = cycles(ledger, graph(ledger), most=2)
    assert (len(few.patterns), few.total > 2, few.complete) == (2, True, True)


@settings(max_examples=60, deadline=None)
@given(rows=payments(size=12, names="ABCDE"))
def test_scatter_gather_is_that_of_brute_force(rows):
    ledger = ledger_of(rows)
    expected = set()
    for s in "ABCDE":
        for g in "ABCDE":
            for at in range(9):
                through = {
                    a[2]
                    for a in rows
                    for b in rows
                    if a[1] == s
                    and b[2] == g
                    and a[2] == b[1]
                    and a[2] not in (s, g)
                    and s != g
                    and at * DAY <= a[0] < b[0] <= at * DAY + 3 * DAY
                }
                if len(through) >= 2:
                    expected.add((s, g))
    found = scatter_gather(ledger, graph(ledger), days=3, fewest=2)
    assert {(ledger.name(one.accounts[0]), ledger.name(one.accounts[-1])) for one in found} == expected


@settings(max_examples=60, deadline=None)
@given(rows=payments(size=12))
def test_matching_counts_every_unit_once_and_in_time(rows):
    ledger = ledger_of(rows)
    pairs = matched(ledger, 48)
    for came, went in pairs.select("came", "went").iter_rows():
        assert ledger.target[came] == ledger.source[went]
        assert 0 < ledger.time[went] - ledger.time[came] <= 48 * HOUR
    for side in ("came", "went"):
        total = pairs.group_by(side).agg(pl.col("amount").sum())
        assert all(amount <= ledger.amount[row] for row, amount in total.iter_rows())


def planted(kind):
    d = DAY
    return {
        "cycle": [(0, "A", "B", 10_000), (d, "B", "C", 9_500), (2 * d, "C", "A", 9_000)],
        "scatter-gather": [
            *[(i * HOUR, "S", f"m{i}", 10_000) for i in range(3)],
            *[(d + i * HOUR, f"m{i}", "G", 9_500) for i in range(3)],
        ],
        "fan-in": [(i * HOUR, f"p{i}", "G", 10_000 + 10 * i) for i in range(5)],
        "fan-out": [(i * HOUR, "S", f"r{i}", 10_000 + 10 * i) for i in range(5)],
        "pass-through": [
            row
            for i in range(5)
            for row in (
                (i * 7 * d, f"p{i}", "X", 50_000 + 9_000 * i),
                (i * 7 * d + HOUR, "X", f"q{i}", 49_000 + 9_000 * i),
            )
        ],
        "funnel": [*[(i * HOUR, f"p{i}", "X", 10_000 * (i + 1)) for i in range(5)], (d, "X", None, 140_000)],
        "structuring": [(i * 20 * HOUR, None, "X", 600_000) for i in range(3)],
        "pay-leaves": [
            row
            for i in range(3)
            for row in ((i * 30 * d, "firm", "worker", 150_000), (i * 30 * d + HOUR, "worker", "boss", 140_000))
        ],
    }[kind]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "shared-identifier"])
def test_what_is_planted_is_found_with_all_its_rows(kind):
    rows = sorted(planted(kind), key=lambda row: row[0])
    noise = [((100 + 40 * i) * DAY, f"n{i}", f"n{i + 1}", 777) for i in range(20)]
    ledger = ledger_of([*rows, *noise])
    found = find_patterns(ledger, kinds=[kind])[kind]
    assert [one.rows for one in found] == [tuple(range(len(rows)))]
    weak = kind in ("fan-in", "fan-out", "structuring")
    assert found[0].strength is (Strength.WINDOW if weak else Strength.TRAVELLED)


def test_amounts_that_do_not_follow_are_only_in_the_same_window():
    ledger = ledger_of([(0, "A", "B", 100), (DAY, "B", "C", 5_000), (2 * DAY, "C", "A", 7)])
    assert [one.strength for one in find_patterns(ledger, kinds=["cycle"])["cycle"]] == [Strength.WINDOW]


def test_payments_of_one_time_are_in_no_order():
    assert find_patterns(ledger_of([(0, "A", "B", 9), (0, "B", "C", 9), (0, "C", "A", 9)]), kinds=["cycle"]) == {
        "cycle": []
    }


def test_near_misses_are_not_found():
    below = [(i * 20 * HOUR, None, "X", 300_000) for i in range(3)]
    assert find_patterns(ledger_of(below), kinds=["structuring"]) == {"structuring": []}
    late = [
        (i * 7 * DAY + j, *ends) for i in range(5) for j, ends in ((0, ("p", "X", 100)), (30 * HOUR, ("X", "q", 100)))
    ]
    assert pass_through(ledger_of(sorted(late))) == []
    irregular = [(t * DAY, "firm", "w", 1500) for t in (0, 10, 47)] + [
        (t * DAY + HOUR, "w", "boss", 1500) for t in (0, 10, 47)
    ]
    assert pay_leaves(ledger_of(sorted(irregular))) == []
    assert funnels(ledger_of([(i, "p", "X", 10) for i in range(6)] + [(9, "X", None, 60)]), threshold=100) == []


def test_holders_who_share_a_phone_are_found_and_blanks_never_match():
    ledger = ledger_of([(0, "A", "B", 1), (1, "B", "C", 1), (2, "C", "D", 1)])
    holders = pl.DataFrame(
        [("A", "Ann", "phone", "+44 20 7"), ("B", "Ben", "phone", "44-20-7"), ("C", "Cem", "phone", "44207"),
         ("D", "Dua", "phone", None), ("A", "Ann", "address", "-"), ("B", "Ben", "address", " "), ("C", "Cem", "address", "?")],
        schema=["account", "holder", "kind", "value"], orient="row",
    )  # fmt: skip
    found = find_patterns(ledger, kinds=["shared-identifier"], holders=holders)["shared-identifier"]
    assert [[ledger.name(a) for a in one.accounts] for one in found] == [["A", "B", "C"]]
    assert find_patterns(ledger, kinds=["shared-identifier"]) == {"shared-identifier": []}


def test_an_unknown_kind_is_refused():
    with pytest.raises(Refusal, match="no pattern 'spiral'"):
        find_patterns(ledger_of([(0, "A", "B", 1)]), kinds=["spiral"])
