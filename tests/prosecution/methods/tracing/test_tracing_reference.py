"""Each rule against a naive reference in plain Python, written from the definitions and sharing no code."""

from collections import Counter
from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palermo.prosecution.methods.ledger import Ledger, make_ledger
from palermo.prosecution.methods.tracing import Claim, Rule, Sharing, Trace, trace

ACCOUNTS = ["P", "Q", "R", "S"]
LOTS = [
    (Rule.FIFO, Sharing.RATEABLE),
    (Rule.LIFO, Sharing.RATEABLE),
    (Rule.PRO_RATA, Sharing.RATEABLE),
    (Rule.LOWEST_BALANCE, Sharing.RATEABLE),
    (Rule.LOWEST_BALANCE, Sharing.OLDEST_FIRST),
]


def rateably(want, parts):
    """Largest remainder over (name, amount) pairs; ties go to the pair that stands first."""
    total = sum(amount for _, amount in parts)
    quotas = [Fraction(want * amount, total) for _, amount in parts]
    out = [int(quota) for quota in quotas]
    by_remainder = sorted(range(len(parts)), key=lambda i: (-(quotas[i] - out[i]), i))
    for i in by_remainder[: want - sum(out)]:
        out[i] += 1
    return {name: gone for (name, _), gone in zip(parts, out, strict=True)}


class Account:
    """A list of [claim or None, amount] in order of arrival, and a debt to the bank."""

    def __init__(self, opening, rule, sharing):
        self.lots = [[None, opening]] if opening > 0 else []
        self.debt = max(-opening, 0)
        self.rule, self.sharing = rule, sharing

    def pay(self, amount):
        have = sum(part for _, part in self.lots)
        out = self.remove(min(amount, have))
        if amount > have:
            out.append((None, amount - have))
            self.debt += amount - have
        return out

    def remove(self, want):
        order = range(len(self.lots))
        if self.rule is Rule.LIFO:
            order = reversed(order)
        elif self.rule is not Rule.FIFO:
            return self.remove_blended(want)
        return self.remove_in(list(order), want)

    def remove_in(self, order, want):
        out = []
        for i in order:
            part = min(want, self.lots[i][1])
            self.lots[i][1] -= part
            want -= part
            if part:
                out.append((self.lots[i][0], part))
        self.lots = [lot for lot in self.lots if lot[1]]
        return out

    def remove_blended(self, want):
        totals = Counter()
        for claim, part in self.lots:
            totals[claim] += part
        claims = sorted(name for name in totals if name is not None)
        own = totals[None]
        if self.rule is Rule.PRO_RATA:
            gone = rateably(want, [(None, own), *((c, totals[c]) for c in claims)]) if want else {}
        else:
            gone = {None: min(own, want)}
            if want > own and self.sharing is Sharing.OLDEST_FIRST:
                return self.remove_in([i for i, lot in enumerate(self.lots) if lot[0] is None], own) + self.remove_in(
                    [i for i, lot in enumerate(self.lots) if lot[0] is not None], want - own
                )
            if want > own:
                gone |= rateably(want - own, [(c, totals[c]) for c in claims])
        out = []
        for name in [None, *claims]:
            out += self.remove_in([i for i, lot in enumerate(self.lots) if lot[0] == name], gone.get(name, 0))
        return out

    def receive(self, parts):
        self.lots += [list(part) for part in parts]
        repay = min(self.debt, sum(part for _, part in parts))
        self.debt -= repay
        return self.remove(repay) if repay else []


def lay(claims, parts):
    """Lay claims over the first clean units of a payment."""
    for name, wanted in claims:
        fresh, want = [], wanted
        for claim, part in parts:
            got = min(want, part) if claim is None else 0
            want -= got
            fresh += [(c, p) for c, p in ((name, got), (claim, part - got)) if p]
        parts = fresh
    return parts


def naive(rows, opening, seeds, rule, sharing):
    accounts = {name: Account(opening.get(name, 0), rule, sharing) for name in ACCOUNTS}
    moves, repaid = {}, {}
    for i, (source, target, amount) in enumerate(rows):
        if source == target or not amount:
            continue
        parts = accounts[source].pay(amount) if source else [(None, amount)]
        if sharing is Sharing.OLDEST_FIRST:
            # Of claims that one payment brings together, those that came before it are older than those made on it.
            parts.sort(key=lambda part: part[0] is None)
        parts = lay(seeds.get(i, []), parts)
        count(moves, i, parts)
        if target:
            count(repaid, i, accounts[target].receive(parts))
    held = {}
    for name, account in accounts.items():
        count(held, name, account.lots)
    return moves, repaid, held


def count(into, key, parts):
    for claim, part in parts:
        if claim is not None:
            into[key, claim] = into.get((key, claim), 0) + part


def poison_reference(rows, opening, seeds):
    balance = {name: opening.get(name, 0) for name in ACCOUNTS}
    bad = {name: set() for name in ACCOUNTS}
    moves, repaid = {}, Counter()
    for i, (source, target, amount) in enumerate(rows):
        if source == target or not amount:
            continue
        carried = set(bad[source]) if source else set()
        if source:
            balance[source] -= amount
            if balance[source] <= 0:
                bad[source] = set()
        carried |= {name for name, _ in seeds.get(i, [])}
        if carried:
            moves[i] = carried
        if target:
            if carried:
                repaid[i] += min(amount, max(-balance[target], 0))
            balance[target] += amount
            if balance[target] > 0:
                bad[target] |= carried
    return moves, +repaid, {name: (names, balance[name]) for name, names in bad.items() if names}


def build(rows, opening) -> Ledger:
    frame = pl.DataFrame(
        {
            "id": [f"r{i}" for i in range(len(rows))],
            "time": pl.Series(range(len(rows)), dtype=pl.Int64).cast(pl.Datetime("us")),
            "source": pl.Series([row[0] for row in rows], dtype=pl.String),
            "target": pl.Series([row[1] for row in rows], dtype=pl.String),
            "amount": pl.Series([row[2] for row in rows], dtype=pl.Int64),
        }
    )
    return make_ledger(frame, currency="EUR", balances=opening)


def claims_of(seeds):
    names = sorted({name for claims in seeds.values() for name, _ in claims})
    laid = [Claim(name, i, amount) for i, claims in seeds.items() for name, amount in claims]
    return sorted(laid, key=lambda claim: names.index(claim.name))


@st.composite
def cases(draw, top=30):
    side = st.sampled_from([*ACCOUNTS, *ACCOUNTS, None])
    rows = draw(st.lists(st.tuples(side, side, st.integers(0, top)), min_size=1, max_size=24))
    opening = draw(st.dictionaries(st.sampled_from(ACCOUNTS), st.integers(-10, top)))
    seeds = {}
    for i, (source, target, amount) in enumerate(rows):
        if amount and source != target and draw(st.integers(0, 3)) == 0:
            names = draw(st.lists(st.sampled_from("abc"), min_size=1, max_size=2, unique=True))
            seeds[i] = sorted((name, draw(st.integers(1, amount))) for name in names)
    return rows, opening, seeds


def table(frame: pl.DataFrame, key, found: Trace):
    return {
        (key(row["row" if "row" in row else "account"]), found.claims[row["claim"]]): row["amount"]
        for row in frame.iter_rows(named=True)
    }


@pytest.mark.parametrize(("rule", "sharing"), LOTS)
@settings(max_examples=60, deadline=None)
@given(case=cases())
def test_each_rule_equals_the_naive_reference(rule, sharing, case):
    rows, opening, seeds = case
    ledger = build(rows, opening)
    found = trace(ledger, claims_of(seeds), rule, sharing=sharing)
    moves, repaid, held = naive(rows, opening, seeds, rule, sharing)
    assert table(found.moves, int, found) == moves
    assert table(found.ended.filter(pl.col("how") == "overdraft"), int, found) == repaid
    assert table(found.held, ledger.name, found) == held


@settings(max_examples=80, deadline=None)
@given(case=cases())
def test_poison_equals_the_naive_reference(case):
    rows, opening, seeds = case
    ledger = build(rows, opening)
    found = trace(ledger, claims_of(seeds), Rule.POISON)
    moves, repaid, bad = poison_reference(rows, opening, seeds)
    assert sorted(moves) == found.moves["row"].to_list()
    assert dict(found.ended.filter(pl.col("how") == "overdraft").select("row", "amount").iter_rows()) == dict(repaid)
    assert found.held_by_account == {name: balance for name, (_, balance) in bad.items()}
    for number, name in enumerate(found.claims):
        assert found.carries(number).tolist() == [row for row, names in moves.items() if name in names]
        assert found.held_of(number) == {acct: balance for acct, (names, balance) in bad.items() if name in names}


CONSERVING = [*LOTS, (Rule.PARI_PASSU, Sharing.RATEABLE), (Rule.DIRECT, Sharing.RATEABLE)]


@pytest.mark.parametrize(("rule", "sharing"), CONSERVING)
@settings(max_examples=60, deadline=None)
@given(case=cases())
def test_claimed_money_is_neither_made_nor_lost(rule, sharing, case):
    rows, opening, seeds = case
    ledger = build(rows, opening)
    found = trace(ledger, claims_of(seeds), rule, sharing=sharing)
    for number in range(len(found.claims)):
        mine = [frame.filter(pl.col("claim") == number)["amount"].sum() for frame in (found.held, found.ended)]
        assert sum(mine) == found.seeded[number]
    closing = dict(zip(ledger.accounts, ledger.closing().tolist(), strict=True))
    assert all(amount <= max(closing[name], 0) for name, amount in found.held_by_account.items())
    assert found.traced == found.held_total + found.dissipated + found.unidentified == found.seeded.sum()


@pytest.mark.parametrize("rule", [Rule.FIFO, Rule.LIFO, Rule.POISON, Rule.DIRECT])
@settings(max_examples=60, deadline=None)
@given(case=cases(), factor=st.integers(2, 10**12))
def test_scale_changes_nothing_but_the_scale(rule, case, factor):
    rows, opening, seeds = case
    small = trace(build(rows, opening), claims_of(seeds), rule)
    large = trace(
        build([(s, t, a * factor) for s, t, a in rows], {k: v * factor for k, v in opening.items()}),
        claims_of({i: [(n, a * factor) for n, a in claims] for i, claims in seeds.items()}),
        rule,
    )
    for name in ("moves", "held", "ended"):
        assert getattr(small, name).with_columns(pl.col("amount") * factor).equals(getattr(large, name))


@pytest.mark.parametrize(("rule", "sharing"), LOTS[2:4])
@settings(max_examples=60, deadline=None)
@given(case=cases(top=2**55))
def test_shares_of_very_large_sums_are_exact(rule, sharing, case):
    rows, opening, seeds = case
    found = trace(build(rows, opening), claims_of(seeds), rule, sharing=sharing)
    _, _, held = naive(rows, opening, seeds, rule, sharing)
    assert table(found.held, found.ledger.name, found) == held
