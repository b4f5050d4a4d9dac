"""What is kept of an answer: totals count payments, each once; the last step follows nothing again."""

import polars as pl

from palermo.prosecution.domain.answers import answer_rule, answer_survivors
from palermo.prosecution.methods.freeze import freeze_list
from palermo.prosecution.methods.tracing import Rule, trace
from palermo.prosecution.methods.tracing.claims import payments_of_all


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


def test_what_to_freeze_comes_of_the_answers_under_each_rule(ledger_of):
    ledger = ledger_of([("A", "X", 300), (None, "X", 700), ("X", "Y", 300), ("B", "Y", 50), ("Y", None, 20)])
    accounts = ["A", "B"]
    parts = {rule.value: answer_rule(ledger, rows_of(ledger), rule, accounts) for rule in Rule}
    lines = freeze_list([trace(ledger, payments_of_all(ledger, accounts), rule) for rule in Rule])
    assert answer_survivors(ledger, parts)["freeze"] == [
        {
            "account": line.account,
            "sure": ledger.text(line.sure),
            "most": ledger.text(line.most),
            "balance": ledger.text(line.balance),
            "leaving": ledger.text(line.leaving),
        }
        for line in lines
    ]
    assert [line.claims for line in lines if line.account == "Y"] == [("A", "B")]
