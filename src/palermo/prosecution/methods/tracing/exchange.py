"""Change of currency: an act that the statements record on both sides, never one that is assumed.

What leaves in one currency and comes in in another is one exchange. Every claim in the payment out lies on the payment
in, in the same proportion of it: the sum that was really received decides, to the minor unit, by largest remainder. The
dated rate is a check on the pairing, not a source of amounts.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from palermo.prosecution.methods.ledger import Ledger
from palermo.prosecution.methods.rates import Rates, rate_on
from palermo.prosecution.methods.shares import shared
from palermo.prosecution.methods.tracing.engine import trace
from palermo.prosecution.methods.tracing.result import Claim, Trace
from palermo.prosecution.methods.tracing.rules import Rule, Sharing
from palermo.vocabulary.errors import Refusal

_CLEAN = ""


@dataclass(frozen=True)
class Exchange:
    """One change of currency.

    Attributes:
        sold, sold_row: currency and position of the payment out, in the ledger of that currency.
        bought, bought_row: currency and position of the payment in.
    """

    sold: str
    sold_row: int
    bought: str
    bought_row: int


@dataclass(frozen=True)
class RateCheck:
    """What was received against the dated rate.

    Attributes:
        exchange: which.
        day: of the rate, the last on or before the payment out; None if there is none.
        expected: minor units at that rate, rounded down; None without a rate.
        received: minor units that came.
    """

    exchange: Exchange
    day: dt.date | None
    expected: int | None
    received: int

    def apart(self, percent: int) -> bool:
        """Whether what was received is further than `percent` from the rate, or cannot be checked."""
        return self.expected is None or abs(self.received - self.expected) * 100 > self.expected * percent


def trace_currencies(
    ledgers: Mapping[str, Ledger],
    claims: Mapping[str, Sequence[Claim]],
    exchanges: Sequence[Exchange],
    rule: Rule,
    *,
    sharing: Sharing = Sharing.RATEABLE,
) -> dict[str, Trace]:
    """Follow claims through several currencies.

    Since a payment depends only on earlier ones, repeating until nothing changes takes at most one turn an exchange.

    Args:
        ledgers: one a currency.
        claims: by currency, laid on payments of its ledger.
        exchanges: recorded changes of currency.
        rule, sharing: as in `trace`.

    Raises:
        Refusal: poison, which tells no amounts; a payment in two exchanges; one that is bought before it is sold.
    """
    if rule is Rule.POISON:
        raise Refusal("Poison tells no amount that could be exchanged.", remedy="Choose another method.")
    _check(ledgers, exchanges)
    asked = {currency: list(claims.get(currency, ())) for currency in ledgers}
    found = {currency: trace(book, asked[currency], rule, sharing=sharing) for currency, book in ledgers.items()}
    for _ in range(len(exchanges) + 1):
        carried: dict[str, list[Claim]] = {currency: [] for currency in ledgers}
        for one in exchanges:
            carried[one.bought] += _carried(one, found[one.sold], ledgers)
        fresh = {currency: [*claims.get(currency, ()), *carried[currency]] for currency in ledgers}
        if fresh == asked:
            return found
        for currency, book in ledgers.items():
            if fresh[currency] != asked[currency]:
                found[currency] = trace(book, fresh[currency], rule, sharing=sharing)
        asked = fresh
    return found


def _check(ledgers: Mapping[str, Ledger], exchanges: Sequence[Exchange]) -> None:
    seen: set[tuple[str, int]] = set()
    for one in exchanges:
        for side in ((one.sold, one.sold_row), (one.bought, one.bought_row)):
            if side in seen:
                row_id = ledgers[side[0]].rows["id"][side[1]]
                raise Refusal(f"The payment {row_id} is in two exchanges.", remedy="Pair each payment once.")
            seen.add(side)
        sold, bought = ledgers[one.sold], ledgers[one.bought]
        if bought.time[one.bought_row] < sold.time[one.sold_row]:
            raise Refusal(
                f"The payment {bought.rows['id'][one.bought_row]} comes before what paid for it.",
                remedy="Check the pair and the dates.",
            )


def _carried(one: Exchange, found: Trace, ledgers: Mapping[str, Ledger]) -> list[Claim]:
    moved = (
        found.moves.filter(pl.col("row") == one.sold_row).group_by("claim").agg(pl.col("amount").sum()).sort("claim")
    )
    whole, received = int(ledgers[one.sold].amount[one.sold_row]), int(ledgers[one.bought].amount[one.bought_row])
    parts = {found.claims[claim]: amount for claim, amount in moved.iter_rows()}
    weights = {_CLEAN: whole - sum(parts.values())} | parts
    given = shared(received, weights)
    return [Claim(name, one.bought_row, given[name]) for name in parts if given[name] > 0]


def check_rates(
    ledgers: Mapping[str, Ledger],
    exchanges: Sequence[Exchange],
    rates: Rates,
) -> list[RateCheck]:
    """Each exchange beside the rate of its day.

    Args:
        ledgers: one a currency.
        exchanges: recorded changes of currency.
        rates: by (sold, bought), dated rates in order: how many units are bought with one. The inverse is used too.
    """
    out = []
    for one in exchanges:
        sold, bought = ledgers[one.sold], ledgers[one.bought]
        day = sold.rows["time"][one.sold_row].date()
        received = int(bought.amount[one.bought_row])
        rate = rate_on(rates, one.sold, one.bought, day)
        if rate is None:
            out.append(RateCheck(one, None, None, received))
            continue
        expected = int(sold.amount[one.sold_row]) * rate.minor
        out.append(RateCheck(one, rate.day, expected.numerator // expected.denominator, received))
    return out
