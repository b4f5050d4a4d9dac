"""Findings of a trace as plain data for JSON: amounts as decimal strings, rows by their ids."""

from collections.abc import Sequence
from typing import Any

import polars as pl

from palermo.prosecution.methods.ledger import Ledger
from palermo.prosecution.methods.tracing.backwards import Origin
from palermo.prosecution.methods.tracing.claims import overdrawn_unknown
from palermo.prosecution.methods.tracing.compare import survivors
from palermo.prosecution.methods.tracing.order import Span
from palermo.prosecution.methods.tracing.paths import paths
from palermo.prosecution.methods.tracing.result import Claim, Trace
from palermo.prosecution.methods.tracing.rules import COMMON, Rule

_MOST_ROWS = 1_000


def one_rule(
    found: Trace, claims: Sequence[Claim], span: Span | None, *, most_paths: int, doubtful: list[str] | None = None
) -> dict[str, Any]:
    """Everything one rule finds, with its authority and the rows behind each figure.

    Args:
        found: what a rule finds.
        claims: what was asked.
        span: the range over orders that the evidence leaves open.
        most_paths: how many paths to tell; 0 tells all.
        doubtful: what `overdrawn_unknown` gives, where that was found on parts of a larger ledger.
    """
    text, ledger = found.text, found.ledger
    told = paths(found)
    return {
        "method": found.rule.value,
        "sharing": found.sharing.value if found.rule is Rule.LOWEST_BALANCE else None,
        "currency": ledger.currency,
        "traced": ledger.text(found.traced),
        "held": {name: ledger.text(amount) for name, amount in found.held_by_account.items()},
        "dissipated": ledger.text(found.dissipated),
        "unidentified": ledger.text(found.unidentified),
        "paths": [
            {
                "claim": path.claim,
                "amount": ledger.text(path.amount),
                "ends": path.ends,
                "rows": list(path.rows),
                "accounts": list(path.accounts),
            }
            for path in told[: most_paths or None]
        ],
        "paths_total": len(told),
        "claims": _by_claim(found, claims),
        "held_rows": _rows_behind(found),
        "ended": [
            {"row": ledger.rows["id"][row], "claim": _claim(found, claim), "amount": ledger.text(amount), "how": how}
            for row, claim, amount, how in found.ended.head(_MOST_ROWS).iter_rows()
        ],
        "rows_touched": found.rows_touched(),
        "order": _order(span, ledger) if span else None,
        "rule": {
            "title": text.title,
            "says": text.says,
            "authority": text.authority,
            "caution": text.caution,
            "conserves": text.conserves,
        },
        "warnings": _warnings(found, claims, span, overdrawn_unknown(found) if doubtful is None else doubtful),
    }


def all_rules(results: list[dict[str, Any]], traces: Sequence[Trace]) -> dict[str, Any]:
    """The rules side by side, and which finding survives all that decide."""
    ledger = traces[0].ledger
    return {
        "method": "all",
        "currency": ledger.currency,
        "results": results,
        "survives": [
            {
                "account": one.account,
                "amount": ledger.text(one.amount),
                "by_method": {rule: ledger.text(amount) for rule, amount in one.by_rule.items()},
            }
            for one in survivors(traces)
        ],
        "survives_total": ledger.text(min((one.held_total for one in traces if one.text.decides), default=0)),
        "survives_means": (
            "Every deciding rule finds at least this much in that account, and in all accounts together; "
            "poison and direct do not decide."
        ),
        "assumptions": list(COMMON),
    }


def way_back(ledger: Ledger, row: int, found: Sequence[Origin]) -> dict[str, Any]:
    """Where the money of one payment came from."""
    ids = ledger.rows["id"]
    return {
        "method": "fifo",
        "backwards": True,
        "row": ids[row],
        "currency": ledger.currency,
        "amount": ledger.text(int(ledger.amount[row])),
        "origins": [
            {
                "kind": part.kind,
                "account": ledger.name(part.account),
                "amount": ledger.text(part.amount),
                "rows": [ids[at] for at in part.rows],
            }
            for part in found
        ],
    }


def _claim(found: Trace, number: int) -> str:
    return found.claims[number] if number >= 0 else "any"


def _by_claim(found: Trace, claims: Sequence[Claim]) -> list[dict[str, Any]]:
    ledger = found.ledger
    asked: dict[str, int] = {}
    for claim in claims:
        asked[claim.name] = asked.get(claim.name, 0) + claim.amount
    return [
        {
            "claim": name,
            "claimed": ledger.text(asked.get(name, int(found.seeded[number]))),  # carried in by an exchange
            "followed": ledger.text(int(found.seeded[number])),
            "held": {account: ledger.text(amount) for account, amount in found.held_of(number).items()},
        }
        for number, name in enumerate(found.claims)
    ]


def _rows_behind(found: Trace) -> dict[str, list[str]]:
    """For each account that holds something, the payments that brought it there."""
    ids, target = found.ledger.rows["id"], pl.Series("target", found.ledger.target[found.moves["row"].to_numpy()])
    moves = found.moves.with_columns(target)
    out: dict[str, list[str]] = {}
    for name in found.held_by_account:
        rows = moves.filter(pl.col("target") == found.ledger.code(name))["row"].unique().sort().head(_MOST_ROWS)
        out[name] = ids.gather(rows).to_list()
    return out


def _order(span: Span, ledger: Ledger) -> dict[str, Any]:
    return {
        "tied_rows": span.tied_rows,
        "orders_tried": span.orders,
        "exact": span.exact,
        "worst": ledger.text(span.worst),
        "best": ledger.text(span.best),
        "held_in_every_order": {name: ledger.text(amount) for name, amount in span.worst_by_account.items()},
    }


def _warnings(found: Trace, claims: Sequence[Claim], span: Span | None, accounts: list[str]) -> list[str]:
    out = []
    if not found.text.conserves:
        out.append("This rule finds more than was claimed; no amount may rest on it.")
    if span and span.tied_rows:
        kind = "" if span.exact else " The orders were too many to try them all: the true range is at least as wide."
        out.append(f"{span.tied_rows} rows of one time have no order in evidence; see `order`.{kind}")
    if int(found.seeded.sum()) < sum(claim.amount for claim in claims):
        out.append("Some claimed payments already carried another claim, which comes first; see `claims`.")
    if accounts:
        named = ", ".join(accounts[:5]) + (f" and {len(accounts) - 5} more" if len(accounts) > 5 else "")
        out.append(
            f"No opening balance was given for {named}: an overdraft there may be a statement that is missing "
            "(--opening enough assumes so)."
        )
    return out
