"""What is asked: claims laid on the payments of an account, and what the ledger lacks to answer."""

from collections.abc import Iterable

import numpy as np
import polars as pl

from palermo.prosecution.methods.ledger import Ledger
from palermo.prosecution.methods.tracing.result import Claim, Trace


def payments_of(ledger: Ledger, account: str) -> list[Claim]:
    """One claim, by the account's name, to everything the account paid: where did its money go?"""
    code = ledger.code(account)
    rows = np.flatnonzero((ledger.source == code) & (ledger.target != code) & (ledger.amount > 0))
    return [Claim(account, row, int(ledger.amount[row])) for row in rows.tolist()]


def payments_of_all(ledger: Ledger, accounts: Iterable[str]) -> list[Claim]:
    """The claims of several accounts, one after the other."""
    return [claim for account in accounts for claim in payments_of(ledger, account)]


def overdrawn_unknown(found: Trace) -> list[str]:
    """Accounts that claims reached and that went below nought though nobody gave their opening balance.

    Their overdraft, which ends a trace, may be nothing but a statement that is missing.
    """
    ledger = found.ledger
    reached = {int(code) for code in ledger.target[found.moves["row"].to_numpy()] if code >= 0}
    doubtful = [code for code in reached if not ledger.opening_known[code]]
    rows = ledger.rows.with_row_index("at")
    sides = [
        rows.filter(pl.col(side).is_in(doubtful), pl.col("source") != pl.col("target")).select(
            "at", account=pl.col(side), change=sign * pl.col("amount")
        )
        for side, sign in (("source", -1), ("target", 1))
    ]
    running = pl.concat(sides).sort("at").with_columns(balance=pl.col("change").cum_sum().over("account"))
    opening = pl.Series("opening", ledger.opening[running["account"].to_numpy()])
    low = running.filter(pl.col("balance") + opening < 0)["account"].unique().sort()
    return [ledger.name(code) for code in low]
