"""Net worth and bank deposits, worked by hand."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palermo.prosecution.methods.means import PARTS, Item, bank_deposits, net_worth
from palermo.vocabulary.errors import Refusal


def case():
    """Base: cash 2,000, car 8,000, loan 5,000. A year on: flat 90,000, mortgage 60,000, loan repaid, car kept, cash 1,000."""
    start = [("asset", "cash", 2_000), ("asset", "car", 8_000), ("liability", "loan", 5_000)]
    end = [("asset", "cash", 1_000), ("asset", "car", 8_000), ("asset", "flat", 90_000), ("liability", "mortgage", 60_000),
           ("spending", "living", 18_000), ("income", "wages", 22_000), ("other_receipt", "gift", 3_000)]  # fmt: skip
    return [Item(p, n, "2024", a) for p, n, a in start] + [Item(p, n, "2025", a) for p, n, a in end]


def test_net_worth_by_hand():
    """Net worth 5,000 to 39,000; +34,000 +18,000 spent −3,000 gift −22,000 wages leaves 27,000 unexplained."""
    (year,) = net_worth(case())
    assert (year.assets, year.liabilities, year.net_worth, year.increase) == (99_000, 60_000, 39_000, 34_000)
    assert year.unexplained == 27_000


def test_source_and_application_by_hand_gives_the_same():
    """Into: flat 90,000, loan 5,000, living 18,000. From: cash 1,000, mortgage 60,000, gift 3,000, wages 22,000."""
    (year,) = net_worth(case())
    assert (year.applications, year.sources) == (113_000, 86_000)
    assert year.applications - year.sources == year.unexplained


ITEMS = st.builds(
    Item, st.sampled_from(PARTS), st.sampled_from("abc"), st.sampled_from(["1", "2", "3"]), st.integers(0, 10**12)
)


@given(st.lists(ITEMS, max_size=12))
@settings(deadline=None)
def test_both_ways_always_agree_and_increases_add_up(items):
    known = [*items, Item("asset", "x", "1", 5), Item("asset", "x", "3", 5)]
    years = net_worth(known)
    assert all(year.applications - year.sources == year.unexplained for year in years)
    assert all(after.net_worth - before.net_worth == after.increase for before, after in itertools.pairwise(years))


def test_what_cannot_be_reckoned_is_refused():
    with pytest.raises(Refusal, match="two periods"):
        net_worth([Item("asset", "cash", "2024", 1)])
    with pytest.raises(Refusal, match="no part"):
        net_worth([Item("hunch", "cash", "2024", 1), Item("asset", "cash", "2025", 1)])
    with pytest.raises(Refusal, match="negative"):
        net_worth([Item("asset", "cash", "2024", -1), Item("asset", "cash", "2025", 1)])


def test_bank_deposits_by_hand(ledger_of):
    """In: 9,000 cash, 2,000 from the own other account, 4,000 loan, 1,500 wages. 700 drawn, 1,200 spent in cash.

    Deposits 16,500 less own 2,000 less loan 4,000 is 10,500; 500 cash beyond what was drawn; less 1,500 income: 9,500.
    """
    ledger = ledger_of(
        [(None, "A", 9_000), ("B", "A", 2_000), ("bank", "A", 4_000), ("firm", "B", 1_500), ("A", None, 700)]
    )
    found = bank_deposits(ledger, ["A", "B"], income=1_500, not_income=["2"], cash_spent=1_200)
    assert (found.deposits, found.own, found.not_income, found.net) == (16_500, 2_000, 4_000, 10_500)
    assert (found.cash_spent, found.receipts, found.unexplained) == (500, 11_000, 9_500)
    assert found.rows == (0, 3)
