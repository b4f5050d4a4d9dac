"""What the methods find in a ledger, as plain data to be kept: each figure with the rows behind it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import polars as pl

from palermo.prosecution.formats.amount import one_amount
from palermo.prosecution.formats.findings import one_rule, way_back
from palermo.prosecution.formats.flag_json import to_json as flags_json
from palermo.prosecution.formats.pattern_json import to_json as patterns_json
from palermo.prosecution.methods.freeze import freezing
from palermo.prosecution.methods.ledger import Ledger
from palermo.prosecution.methods.minor_units import as_text
from palermo.prosecution.methods.patterns import find_patterns
from palermo.prosecution.methods.redflags import alerts, signs
from palermo.prosecution.methods.tracing import RULES, Rule, trace
from palermo.prosecution.methods.tracing.backwards import origins
from palermo.prosecution.methods.tracing.claims import payments_of_all
from palermo.prosecution.methods.tracing.compare import surviving
from palermo.prosecution.methods.tracing.order import span
from palermo.prosecution.methods.tracing.result import Trace
from palermo.prosecution.methods.tracing.rules import COMMON

#: Paths and movements that are kept of one rule; the command line gives all.
MOST_PATHS, MOST_MOVES = 200, 5_000


def answer_rule(ledger: Ledger, rows: pl.DataFrame, rule: Rule, accounts: Sequence[str]) -> dict[str, Any]:
    """Where everything went that the accounts paid, under one rule."""
    claims = payments_of_all(ledger, accounts)
    found = trace(ledger, claims, rule)
    told = one_rule(found, claims, span(ledger, claims, rule) if claims else None, most_paths=MOST_PATHS)
    balance = ledger.closing()
    moves = _moves(found)
    shown = {row for path in told["paths"] for row in path["rows"]}
    shown |= {row for some in told["held_rows"].values() for row in some}
    return told | {
        "held_minor": dict(found.held_by_account),
        "balances": {name: ledger.text(int(balance[ledger.code(name)])) for name in found.held_by_account},
        "moves": moves,
        "moves_total": found.rows_touched(),
        "held_total": ledger.text(found.held_total),
        "rows": details(rows, shown),
    }


def _moves(found: Trace) -> list[list[Any]]:
    """Day, source, target, minor units and row id of what carried claim money; of many the largest are kept."""
    ledger = found.ledger
    moves = found.moves.group_by("row").agg(pl.col("amount").sum()).sort("amount", "row", descending=[True, False])
    kept = moves.head(MOST_MOVES).sort("row")
    at = kept["row"].to_numpy()
    days = ledger.rows["time"].dt.strftime("%Y-%m-%d").gather(at).to_list()
    ids = ledger.rows["id"].gather(at).to_list()
    return [
        [days[n], ledger.name(int(ledger.source[row])), ledger.name(int(ledger.target[row])), amount, ids[n]]
        for n, (row, amount) in enumerate(kept.iter_rows())
    ]


def answer_survivors(ledger: Ledger, parts: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The rules side by side, what every deciding rule finds, and what to freeze first."""
    unit = next(iter(parts.values()))["currency"]
    deciding = {name: part["held_minor"] for name, part in parts.items() if RULES[Rule(name)].decides}
    lines = freezing(ledger, {name: part["held_minor"] for name, part in parts.items()}, list(deciding))
    total = min((sum(held.values()) for held in deciding.values()), default=0)
    return {
        "currency": unit,
        "rules": {
            name: {
                "title": part["rule"]["title"],
                "decides": RULES[Rule(name)].decides,
                "traced": part["traced"],
                "held": part["held_total"],
                "dissipated": part["dissipated"],
                "unidentified": part["unidentified"],
                "rows_touched": part["rows_touched"],
            }
            for name, part in parts.items()
        },
        "survives": [
            {
                "account": one.account,
                "amount": as_text(one.amount, unit),
                "minor": one.amount,
                "by_rule": {rule: as_text(amount, unit) for rule, amount in one.by_rule.items()},
            }
            for one in surviving(deciding)
        ],
        "survives_total": as_text(total, unit),
        "balances": {name: text for part in parts.values() for name, text in part["balances"].items()},
        "assumptions": list(COMMON),
        "freeze": [
            {
                "account": one.account,
                "sure": ledger.text(one.sure),
                "most": ledger.text(one.most),
                "balance": ledger.text(one.balance),
                "leaving": ledger.text(one.leaving),
            }
            for one in lines
        ],
    }


def answer_back(ledger: Ledger, rows: pl.DataFrame, row_id: str) -> dict[str, Any]:
    """Where the money of one payment came from; of many origins the largest are kept, and all are summed by kind."""
    row = ledger.row_of(row_id)
    found = origins(ledger, row)
    sums: dict[tuple[str, str], int] = {}
    for one in found:
        key = (one.kind, ledger.name(one.account))
        sums[key] = sums.get(key, 0) + one.amount
    kept = sorted(found, key=lambda one: (-one.amount, one.first))[:MOST_PATHS]
    told = way_back(ledger, row, kept)
    return told | {
        "sums": [[kind, account, ledger.text(amount)] for (kind, account), amount in sorted(sums.items())],
        "total": len(found),
        "rows": details(rows, [row_id, *(name for one in told["origins"] for name in one["rows"])]),
    }


def answer_patterns(ledger: Ledger, rows: pl.DataFrame, threshold: str) -> dict[str, Any]:
    """Shapes in time, at most fifty of a kind."""
    limit = one_amount(threshold, ledger.currency, where="threshold") if threshold else None
    told = patterns_json(ledger, find_patterns(ledger, threshold=limit), most=50)
    return told | {"rows": details(rows, (row for one in told["patterns"] for row in one["rows"]))}


def answer_flags(ledger: Ledger, rows: pl.DataFrame, threshold: str) -> dict[str, Any]:
    """Signs, and alerts where several families of them meet."""
    limit = one_amount(threshold, ledger.currency, where="threshold") if threshold else None
    found = signs(ledger, duty=limit)
    told = flags_json(ledger, found, alerts(ledger, found))
    return told | {"rows": details(rows, (row for one in told["signs"] for row in one["rows"]))}


def details(rows: pl.DataFrame, ids: Iterable[str]) -> dict[str, list[Any]]:
    """Row id → day, source, target, amount, text, file, line, SHA-256."""
    some = rows.filter(pl.col("id").is_in(sorted(set(ids))))
    return {
        row["id"]: [
            row["time"].isoformat(), row["source"] or "", row["target"] or "", str(row["amount"]),
            row["text"][:80], row["file"], row["line"], row["sha256"],
        ]
        for row in some.iter_rows(named=True)
    }  # fmt: skip
