"""Restitution, confiscation and freeze lists on worked examples; conservation as properties."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palermo.prosecution.methods.confiscation import NEXT, Asset, State, advance, order, pay_out
from palermo.prosecution.methods.freeze import freeze_list
from palermo.prosecution.methods.restitution import Way, by_loss, by_trace
from palermo.prosecution.methods.shares import shared, shared_within
from palermo.prosecution.methods.tracing import Claim, Rule, trace
from palermo.vocabulary.errors import Refusal

AMOUNTS = st.integers(0, 10**13)


def barlow_clowes(ledger_of):
    """E5 of the worked examples: A pays in 1,000, B 2,000; 600 are gone."""
    ledger = ledger_of([(None, "X", 100_000), (None, "X", 200_000), ("X", "Y", 60_000)])
    return ledger, [Claim("A", 0, 100_000), Claim("B", 1, 200_000)]


def test_losses_borne_rateably_as_in_barlow_clowes(ledger_of):
    ledger, claims = barlow_clowes(ledger_of)
    found = trace(ledger, claims, Rule.PRO_RATA)
    paid = by_trace(found, {"X": 240_000}, {"A": 100_000, "B": 200_000})
    assert paid.paid == {"A": 80_000, "B": 160_000}
    assert (paid.surplus, paid.way) == (0, Way.ROLLING)
    assert by_loss(240_000, {"A": 100_000, "B": 200_000}).paid == {"A": 80_000, "B": 160_000}


def test_rolling_charge_and_pari_passu_differ_where_order_matters(ledger_of):
    """E6: A 100, out 50, B 100, out 50: rolling gives 33.33 and 66.67, pari passu 50 and 50."""
    ledger = ledger_of([(None, "X", 10_000), ("X", "Y", 5_000), (None, "X", 10_000), ("X", "Y", 5_000)])
    found = trace(ledger, [Claim("A", 0, 10_000), Claim("B", 2, 10_000)], Rule.PRO_RATA)
    lost = {"A": 10_000, "B": 10_000}
    assert by_trace(found, {"X": 10_000}, lost).paid == {"A": 3_333, "B": 6_667}
    assert by_loss(10_000, lost).paid == {"A": 5_000, "B": 5_000}


def test_no_more_is_paid_than_was_lost_or_recovered_than_was_there(ledger_of):
    ledger, claims = barlow_clowes(ledger_of)
    done = by_loss(500_000, {"A": 100_000, "B": 200_000})
    assert (done.paid, done.surplus, done.unpaid) == ({"A": 100_000, "B": 200_000}, 200_000, {"A": 0, "B": 0})
    with pytest.raises(Refusal, match="which held"):
        by_trace(trace(ledger, claims, Rule.PRO_RATA), {"X": 240_001}, {"A": 1, "B": 1})
    with pytest.raises(Refusal, match="rolling charge"):
        by_trace(trace(ledger, claims, Rule.FIFO), {"X": 1}, {"A": 1, "B": 1})


@given(AMOUNTS, st.dictionaries(st.text(max_size=3), AMOUNTS, max_size=8))
@settings(deadline=None)
def test_parts_sum_to_the_whole_and_lie_within_one_unit_of_the_exact_share(amount, weights):
    parts, total = shared(amount, weights), sum(weights.values())
    assert sum(parts.values()) == (amount if total else 0)
    assert all(total == 0 or abs(parts[n] * total - amount * w) < total for n, w in weights.items())


@given(AMOUNTS, st.dictionaries(st.text(max_size=3), AMOUNTS, max_size=8))
@settings(deadline=None)
def test_within_caps_nothing_is_lost_and_nobody_gets_too_much(amount, caps):
    given_out = shared_within(amount, caps)
    assert sum(given_out.values()) == min(amount, sum(caps.values()))
    assert all(0 <= given_out[name] <= caps[name] for name in caps)


def test_a_freeze_list_is_ranked_by_what_every_rule_finds(ledger_of):
    rows = [(None, "X", 30_000), (None, "X", 70_000), ("X", "Y", 30_000), ("X", "Z", 20_000)]
    ledger = ledger_of(rows)
    traces = [trace(ledger, [Claim("v", 0, 30_000)], rule) for rule in Rule]
    lines = freeze_list(traces)
    assert [line.account for line in lines] == ["X", "Y", "Z"]
    first = lines[0]
    assert first.by_rule["fifo"] == 0
    assert first.by_rule["lowest-balance"] == 30_000
    assert (first.sure, first.most, first.disagreement, first.balance) == (0, 30_000, 30_000, 50_000)
    assert first.claims == ("v",)
    assert first.leaving == 50_000 // 30
    assert freeze_list([]) == []


def test_value_that_is_lacking_is_taken_from_other_assets_of_the_holder_alone():
    assets = [
        Asset("account", 40_000, 30_000, "M"),
        Asset("car", 25_000, 0, "M"),
        Asset("flat", 90_000, 10_000, "sister"),
    ]
    taken = order(70_000, assets, holder="M")
    assert taken.in_kind == {"account": 30_000, "flat": 10_000}
    assert taken.by_value == {"account": 10_000, "car": 20_000}
    assert sum(taken.in_kind.values()) + sum(taken.by_value.values()) + taken.short == 70_000
    returned = order(70_000, assets, holder="M", returned=60_000)
    assert (returned.in_kind, returned.by_value, returned.short) == ({"account": 10_000}, {}, 0)


@given(AMOUNTS, st.lists(st.tuples(AMOUNTS, AMOUNTS, st.sampled_from("MS")), max_size=6))
@settings(deadline=None)
def test_no_more_is_taken_than_the_benefit_or_than_an_asset_is_worth(benefit, drawn):
    assets = [Asset(f"a{i}", value, part, holder) for i, (value, part, holder) in enumerate(drawn)]
    taken = order(benefit, assets, holder="M")
    assert sum(taken.in_kind.values()) + sum(taken.by_value.values()) + taken.short == benefit
    for one in assets:
        assert taken.in_kind.get(one.name, 0) + taken.by_value.get(one.name, 0) <= one.value
        assert one.holder == "M" or one.name not in taken.by_value


def test_victims_are_paid_before_the_state_and_costs_fall_on_the_state():
    paid = pay_out(100_000, {"a": 60_000, "b": 30_000}, costs=4_000)
    assert (paid.victims, paid.costs, paid.state) == ({"a": 60_000, "b": 30_000}, 4_000, 6_000)
    short = pay_out(45_000, {"a": 60_000, "b": 30_000}, costs=4_000)
    assert (short.victims, short.costs, short.state) == ({"a": 30_000, "b": 15_000}, 0, 0)
    assert short.unpaid == {"a": 30_000, "b": 15_000}


def test_an_asset_goes_from_frozen_to_paid_and_by_no_short_cut():
    way = [State.FOUND, State.FROZEN, State.SEIZED, State.CONFISCATED, State.PAID]
    for now, then in itertools.pairwise(way):
        assert advance(now, then) is then
    for now in State:
        for then in State:
            if then not in NEXT[now]:
                with pytest.raises(Refusal, match="cannot become"):
                    advance(now, then)
    assert [now for now in State if State.PAID in NEXT[now]] == [State.CONFISCATED]
