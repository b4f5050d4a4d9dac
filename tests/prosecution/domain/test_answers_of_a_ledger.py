"""What is kept of an answer: totals count payments, each once."""

import polars as pl

from palermo.prosecution.domain.answers import answer_rule
from palermo.prosecution.methods.tracing import Rule


def rows_of(ledger):
    """The rows that a ledger was made of, as a statement gives them."""
    names = pl.Series(ledger.accounts)
    return ledger.rows.select("id", "time", "line").with_columns(
        source=names.gather(ledger.rows["source"].replace(-1, None)),
        target=names.gather(ledger.rows["target"].replace(-1, None)),
        amount=ledger.rows["amount"],
        text=pl.lit(""),
        file=pl.lit("E-1"),
        sha256=pl.lit("0" * 64),
    )


def test_a_payment_that_carries_two_claims_is_one_movement(ledger_of):
    ledger = ledger_of([("A", "X", 100), ("B", "X", 100), ("X", "Y", 200)])
    told = answer_rule(ledger, rows_of(ledger), Rule.PRO_RATA, ["A", "B"])
    assert (told["moves_total"], len(told["moves"])) == (3, 3)
