"""Patterns as plain data for JSON, and the file of holders that shared identifiers need."""

from pathlib import Path
from typing import Any

import polars as pl

from palermo.prosecution.formats.table import read_table
from palermo.prosecution.methods.ledger import Ledger
from palermo.prosecution.methods.patterns import KINDS, Pattern, Strength


def to_json(ledger: Ledger, found: dict[str, list[Pattern]], *, most: int | None = None) -> dict[str, Any]:
    """Every pattern with its rows by id; what each kind means, what is innocent about it and what would refute it.

    Args:
        most: how many of a kind at most, the largest first; None gives all.
    """
    ids = ledger.rows["id"]
    return {
        "currency": ledger.currency,
        "counts": {kind: len(instances) for kind, instances in found.items()},
        "patterns": [
            {
                "kind": one.kind,
                "strength": one.strength.value,
                "account": ledger.name(one.account),
                "accounts": [ledger.name(account) for account in one.accounts],
                "rows": [ids[row] for row in one.rows],
                "amount": ledger.text(one.amount),
                "why": one.why,
            }
            for instances in found.values()
            for one in sorted(instances, key=_place)[:most]
        ],
        "kinds": {
            kind: {
                "title": KINDS[kind].title,
                "says": KINDS[kind].says,
                "innocent": KINDS[kind].innocent,
                "refuted_by": KINDS[kind].refuted_by,
                "red_flag": KINDS[kind].flag,
            }
            for kind in found
        },
        "caution": "A pattern is a lead: no evidence of a crime, and never by itself a reason to act against a person.",
    }


def _place(one: Pattern) -> tuple[bool, int, int, tuple[int, ...]]:
    """Stronger and larger ones first; the same order however they were found."""
    return one.strength is not Strength.TRAVELLED, -one.amount, one.account, one.rows


def read_holders(path: Path) -> pl.DataFrame:
    """Holders' identifiers: text columns `account`, `holder`, `kind`, `value`.

    Raises:
        Refusal: a column is missing, or the file cannot be read.
    """
    frame = read_table(path, ("account", "holder", "kind", "value"))
    return frame.select(pl.col("account", "holder", "kind", "value").cast(pl.String))
