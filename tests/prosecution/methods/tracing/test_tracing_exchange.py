"""Claims keep their share through a change of currency, exactly."""

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palermo.prosecution.methods.tracing import Claim, Rule
from palermo.prosecution.methods.tracing.exchange import Exchange, check_rates, trace_currencies
from palermo.vocabulary.errors import Refusal

CONSERVING = [rule for rule in Rule if rule is not Rule.POISON]


def books(ledger_of, bought=11_001):
    """100.00 claimed and 200.00 own in euro; 90.00 of it are changed into 110.01 dollars and paid on."""
    euro = ledger_of([(None, "X", 10_000), (None, "X", 20_000), ("X", None, 9_000)])
    dollar = ledger_of(
        [(None, "X$", 5_000), (None, "X$", 1), (None, "Y$", 1), (None, "X$", bought), ("X$", "Z$", 8_000)], "USD"
    )
    return {"EUR": euro, "USD": dollar}


CHANGE = Exchange("EUR", 2, "USD", 3)


def test_first_in_first_out_carries_the_whole_exchange(ledger_of):
    found = trace_currencies(books(ledger_of), {"EUR": [Claim("v", 0, 10_000)]}, [CHANGE], Rule.FIFO)
    assert found["EUR"].held_by_account == {"X": 1_000}
    assert found["USD"].held_by_account == {"X$": 8_002, "Z$": 2_999}


def test_pro_rata_carries_a_third_by_largest_remainder(ledger_of):
    """A third of 90.00 is 30.00 claimed; of 110.01 it is 36.67."""
    found = trace_currencies(books(ledger_of), {"EUR": [Claim("v", 0, 10_000)]}, [CHANGE], Rule.PRO_RATA)
    assert int(found["USD"].seeded.sum()) == 3_667
    assert found["USD"].traced == 3_667


def test_there_and_back_again(ledger_of):
    euro = ledger_of(
        [(None, "X", 10_000), ("X", None, 10_000), ("q", "q", 1), ("q", "q", 1), (None, "X", 9_900), ("X", "Y", 9_900)]
    )
    dollar = ledger_of([("q", "q", 1), ("q", "q", 1), (None, "D", 11_000), ("D", None, 11_000)], "USD")
    two = [Exchange("EUR", 1, "USD", 2), Exchange("USD", 3, "EUR", 4)]
    found = trace_currencies({"EUR": euro, "USD": dollar}, {"EUR": [Claim("v", 0, 10_000)]}, two, Rule.LOWEST_BALANCE)
    assert found["EUR"].held_by_account == {"Y": 9_900}


@given(st.integers(1, 10**9), st.integers(0, 10_000), st.integers(0, 10_000))
@settings(deadline=None, max_examples=30)
def test_claims_and_own_money_share_what_came_to_the_last_unit(bought, first, second):
    from palermo.prosecution.methods.tracing.exchange import _carried

    ledgers = books(_build, bought)
    claims = [Claim("a", 0, first)] * bool(first) + [Claim("b", 1, second)] * bool(second)
    found = trace_currencies(ledgers, {"EUR": claims}, [CHANGE], Rule.PRO_RATA)
    carried = {claim.name: claim.amount for claim in _carried(CHANGE, found["EUR"], ledgers)}
    out = {found["EUR"].claims[c]: a for r, c, a in found["EUR"].moves.iter_rows() if r == 2}
    for name, amount in out.items():
        assert abs(carried.get(name, 0) - Fraction(bought * amount, 9_000)) < 1
    assert sum(carried.values()) <= bought


def _build(rows, currency="EUR"):
    import polars as pl

    from palermo.prosecution.methods.ledger import make_ledger

    frame = pl.DataFrame(
        [(str(i), s, t, a) for i, (s, t, a) in enumerate(rows)],
        schema={"id": pl.String, "source": pl.String, "target": pl.String, "amount": pl.Int64},
        orient="row",
    ).with_columns(time=(pl.int_range(pl.len()) * 1_000_000).cast(pl.Datetime("us")))
    return make_ledger(frame, currency=currency)


@pytest.mark.parametrize("rule", CONSERVING)
def test_every_rule_but_poison_goes_through_and_conserves(rule, ledger_of):
    found = trace_currencies(books(ledger_of), {"EUR": [Claim("v", 0, 10_000)]}, [CHANGE], rule)
    for one in found.values():
        assert one.traced == int(one.seeded.sum())


def test_poison_pairs_given_twice_and_time_turned_round_are_refused(ledger_of):
    ledgers = books(ledger_of)
    with pytest.raises(Refusal, match="Poison"):
        trace_currencies(ledgers, {}, [CHANGE], Rule.POISON)
    with pytest.raises(Refusal, match="two exchanges"):
        trace_currencies(ledgers, {}, [CHANGE, Exchange("EUR", 2, "USD", 4)], Rule.FIFO)
    with pytest.raises(Refusal, match="before what paid"):
        trace_currencies(ledgers, {}, [Exchange("EUR", 2, "USD", 0)], Rule.FIFO)


def test_the_dated_rate_checks_the_pair(ledger_of):
    ledgers = books(ledger_of)
    rates = {("EUR", "USD"): [(dt.date(1969, 12, 31), Fraction("1.2")), (dt.date(1970, 2, 1), Fraction(9))]}
    (check,) = check_rates(ledgers, [CHANGE], rates)
    assert (check.day, check.expected, check.received) == (dt.date(1969, 12, 31), 10_800, 11_001)
    assert check.apart(1)
    assert not check.apart(2)
    (turned,) = check_rates(ledgers, [CHANGE], {("USD", "EUR"): [(dt.date(1969, 1, 1), Fraction("0.8"))]})
    assert turned.expected == 11_250
    assert check_rates(ledgers, [CHANGE], {})[0].apart(100)
