"""Freeze lists, restitution, net worth and deposits as plain data for JSON: amounts as decimal strings."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from palermo.prosecution.methods.freeze import Line
from palermo.prosecution.methods.ledger import Ledger
from palermo.prosecution.methods.means import CHECKS, Deposits, NetWorth
from palermo.prosecution.methods.minor_units import as_text
from palermo.prosecution.methods.restitution import WAYS, Restitution
from palermo.prosecution.methods.tracing.exchange import RateCheck


def freeze_json(ledger: Ledger, lines: Sequence[Line]) -> dict[str, Any]:
    """A freeze list, most certain money first."""
    return {
        "currency": ledger.currency,
        "accounts": [
            {
                "account": line.account,
                "balance": ledger.text(line.balance),
                "sure": ledger.text(line.sure),
                "most": ledger.text(line.most),
                "disagreement": ledger.text(line.disagreement),
                "by_method": {rule: ledger.text(amount) for rule, amount in line.by_rule.items()},
                "claims": list(line.claims),
                "leaving_a_day": ledger.text(line.leaving),
            }
            for line in lines
        ],
        "means": "`sure` is the least that any deciding rule traces there, `most` the greatest, both at most the "
        "balance. Balances are those of the ledger's last row: ask the bank before you rely on them.",
    }


def restitution_json(ledger: Ledger, done: Restitution) -> dict[str, Any]:
    """Who gets what."""
    return {
        "currency": ledger.currency,
        "way": done.way.value,
        "authority": WAYS[done.way],
        "claims": [
            {"claim": name, "lost": ledger.text(lost), "paid": ledger.text(done.paid[name]),
             "unpaid": ledger.text(done.unpaid[name])}
            for name, lost in done.lost.items()
        ],
        "surplus": ledger.text(done.surplus),
        "rounding": "Whole minor units; those left over go to the largest remainders, then by name.",
    }  # fmt: skip


def net_worth_json(years: Sequence[NetWorth], currency: str) -> dict[str, Any]:
    """Unexplained means by period, both ways."""
    return {
        "method": "net-worth",
        "currency": currency,
        "periods": [
            {name: value if name == "period" else as_text(value, currency) for name, value in asdict(year).items()}
            for year in years
        ],
        "authority": "IRS Internal Revenue Manual 9.5.9 (net worth and expenditures)",
        "before_you_conclude": list(CHECKS),
    }


def deposits_json(ledger: Ledger, found: Deposits) -> dict[str, Any]:
    """Unexplained deposits with the rows that count."""
    figures = {name: ledger.text(value) for name, value in asdict(found).items() if name != "rows"}
    return {
        "method": "bank-deposits",
        "currency": ledger.currency,
        **figures,
        "rows": [ledger.rows["id"][row] for row in found.rows],
        "authority": "IRS Internal Revenue Manual 9.5.9 (bank deposits)",
        "before_you_conclude": list(CHECKS),
    }


def rate_json(ledgers: Mapping[str, Ledger], checks: Sequence[RateCheck], percent: int) -> list[dict[str, Any]]:
    """Each exchange beside the rate of its day."""
    out = []
    for one in checks:
        change = one.exchange
        sold, bought = ledgers[change.sold], ledgers[change.bought]
        out.append(
            {
                "sold": sold.rows["id"][change.sold_row],
                "sold_amount": f"{sold.text(int(sold.amount[change.sold_row]))} {change.sold}",
                "bought": bought.rows["id"][change.bought_row],
                "bought_amount": f"{bought.text(one.received)} {change.bought}",
                "rate_of": one.day.isoformat() if one.day else None,
                "at_that_rate": None if one.expected is None else bought.text(one.expected),
                "apart": one.apart(percent),
            }
        )
    return out
