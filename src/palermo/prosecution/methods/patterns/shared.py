"""Many holders with one phone, address, e-mail or device."""

import polars as pl

from palermo.prosecution.methods.ledger import Ledger
from palermo.prosecution.methods.patterns.found import Pattern, Strength


def shared_identifiers(ledger: Ledger, holders: pl.DataFrame, *, fewest: int = 3) -> list[Pattern]:
    """Groups of at least `fewest` accounts of different holders with the same identifier.

    Args:
        ledger: only accounts that stand in it count.
        holders: text columns `account`, `holder`, `kind` (phone, address, e-mail, device), `value`; a missing value
            never matches.
        fewest: how many holders.

    Values are compared by their letters and digits alone, so that spaces and signs do not part them.
    """
    clean = pl.col("value").str.to_lowercase().str.replace_all(r"[^\p{L}\p{N}]", "")
    groups = (
        holders.with_columns(clean.alias("clean"))
        .filter(
            pl.col("clean").is_not_null(), pl.col("clean") != "", pl.col("account").is_in(ledger.accounts.to_list())
        )
        .group_by("kind", "clean")
        .agg(pl.col("account").unique().sort(), pl.col("holder").n_unique().alias("people"), pl.col("value").first())
        .filter(pl.col("people") >= fewest)
        .sort("kind", "clean")
    )
    out = []
    for one in groups.iter_rows(named=True):
        accounts = tuple(ledger.code(name) for name in one["account"])
        why = f"{one['people']} holders share the {one['kind']} {one['value']}"
        out.append(Pattern("shared-identifier", Strength.WINDOW, accounts[0], accounts, (), 0, why))
    return out
