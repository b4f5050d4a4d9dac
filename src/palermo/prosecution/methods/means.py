"""Unexplained means, which need no tracing: net worth, source and application of funds, bank deposits.

The indirect methods of proof as tax and financial investigators use them (IRS Internal Revenue Manual 9.5.9: net worth
9.5.9.5, with expenditures as its other face, bank deposits 9.5.9.7). A result is a lead or an inference that the person
may rebut: every likely lawful source must have been looked for, cash on hand at the start above all.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from palermo.prosecution.methods.ledger import Ledger
from palermo.vocabulary.errors import Refusal

PARTS = ("asset", "liability", "spending", "income", "other_receipt")
"""Kinds of item: what is owned (at cost) and owed at the end of a period; what is spent, lawfully earned, and received
without being income (gifts, loans are liabilities) in it."""

CHECKS = (
    "Cash on hand at the start is asked for and settled: what was kept at home is an asset of the first period.",
    "Assets stand at what they cost, not at what they are worth now.",
    "Gifts, inheritances, insurance and sales at cost are looked for and entered as other receipts.",
    "Leads to lawful sources that the person names are followed before anything is concluded.",
)


@dataclass(frozen=True)
class Item:
    """One figure: which part, what, at or in which period, minor units."""

    part: str
    name: str
    period: str
    amount: int


@dataclass(frozen=True)
class NetWorth:
    """One period. All in minor units; `unexplained` may be negative (nothing unexplained).

    Attributes:
        period: its name.
        assets, liabilities, net_worth: at its end.
        increase: over the period before.
        spending, other_receipts, income: in it.
        unexplained: increase + spending − other receipts − income.
        applications, sources: the same as source and application of funds: what money went into, where it came from.
    """

    period: str
    assets: int
    liabilities: int
    net_worth: int
    increase: int
    spending: int
    other_receipts: int
    income: int
    unexplained: int
    applications: int
    sources: int


def net_worth(items: Iterable[Item]) -> list[NetWorth]:
    """Unexplained means by period; the first period is the base and has none.

    Raises:
        Refusal: an unknown part, a negative amount, fewer than two periods.
    """
    known = list(items)
    for one in known:
        if one.part not in PARTS:
            raise Refusal(f"{one.part!r} is no part.", where=one.name, remedy=f"Use {', '.join(PARTS)}.")
        if one.amount < 0:
            raise Refusal("An amount is negative.", where=one.name, remedy="Enter what is owed as a liability.")
    periods = sorted({one.period for one in known})
    if len(periods) < 2:
        raise Refusal("Net worth needs a base and a period after it.", remedy="Give items of two periods or more.")
    return [_between(known, before, period) for before, period in pairwise(periods)]


def _between(items: Sequence[Item], before: str, period: str) -> NetWorth:
    def total(part: str, when: str) -> int:
        return sum(one.amount for one in items if (one.part, one.period) == (part, when))

    def change(part: str) -> tuple[int, int]:
        """What single items rose and fell by."""
        names = {one.name for one in items if one.part == part and one.period in (before, period)}
        steps = [
            sum(
                o.amount * ((o.period == period) - (o.period == before))
                for o in items
                if (o.part, o.name) == (part, name)
            )
            for name in names
        ]
        return sum(step for step in steps if step > 0), -sum(step for step in steps if step < 0)

    assets, owed = total("asset", period), total("liability", period)
    worth = assets - owed
    increase = worth - (total("asset", before) - total("liability", before))
    spending, other, income = (total(part, period) for part in ("spending", "other_receipt", "income"))
    up, down = change("asset")
    borrowed, repaid = change("liability")
    unexplained = increase + spending - other - income
    applications, sources = up + repaid + spending, down + borrowed + other + income
    return NetWorth(period, assets, owed, worth, increase, spending, other, income, unexplained, applications, sources)


@dataclass(frozen=True)
class Deposits:
    """The bank-deposits method, minor units.

    Attributes:
        deposits: all that came into the person's accounts.
        own: of these, from other accounts of the same person.
        not_income: of these, loans, gifts, refunds (by row).
        net: deposits without own and not income.
        cash_spent: spent in cash beyond what was drawn from the accounts.
        receipts: net + cash spent: what the person must have had.
        income: known and lawful.
        unexplained: receipts − income.
        rows: positions of the deposits that count.
    """

    deposits: int
    own: int
    not_income: int
    net: int
    cash_spent: int
    receipts: int
    income: int
    unexplained: int
    rows: tuple[int, ...]


def bank_deposits(
    ledger: Ledger,
    accounts: Sequence[str],
    *,
    income: int,
    not_income: Iterable[str] = (),
    cash_spent: int = 0,
) -> Deposits:
    """Unexplained deposits of one person.

    Args:
        ledger: movements of one currency.
        accounts: all accounts of the person.
        income: known lawful income of the same time.
        not_income: ids of rows that are no income (a loan, a gift, a refund).
        cash_spent: known spending in cash; what was drawn from the accounts in cash or to outside is set against it.
    """
    mine = np.array([ledger.code(name) for name in accounts], dtype=np.int32)
    into = np.isin(ledger.target, mine) & (ledger.source != ledger.target)
    own = into & np.isin(ledger.source, mine)
    excused = np.zeros(len(ledger), dtype=np.bool_)
    excused[[ledger.row_of(name) for name in not_income]] = True
    excused &= into & ~own
    drawn = int(ledger.amount[np.isin(ledger.source, mine) & (ledger.target < 0)].sum())
    total, between, other = (int(ledger.amount[some].sum()) for some in (into, own, excused))
    counts = into & ~own & ~excused
    net, cash = total - between - other, max(cash_spent - drawn, 0)
    return Deposits(total, between, other, net, cash, net + cash, income, net + cash - income,
                    tuple(np.flatnonzero(counts).tolist()))  # fmt: skip
