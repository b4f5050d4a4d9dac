"""Red flags of trafficking in account data: signs with source, parameters and what is innocent about them."""

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from palermo.vocabulary.tables import read_data

GENERAL_CAUTION = "No single sign is a clear indicator of trafficking (FinCEN FIN-2020-A008)."
FEWEST_FAMILIES = 3
"""An alert needs signs of this many families: adult sex work, poverty and family life show single signs every day."""


@dataclass(frozen=True)
class RedFlag:
    """One sign.

    Attributes:
        id: stable key.
        family: signs of one family say nearly the same thing; an alert needs several families.
        exploitation: sexual, labour, organ or any.
        roles: whom the sign shows: controller, victim, front, broker … Victims are protected, never subjects.
        sign: what is seen, in our words.
        needs: which data show it.
        params: thresholds; ours unless the source gives a number.
        source: who says so.
        grade: A source text read, B partly, C not seen.
        innocent: where the same is ordinary life.
        refuted_by: what would show that it means nothing here.
        use: `ledger` (a bare ledger shows it), `columns` (a ledger with channel, purpose, place … or a list of accounts
            does), `needs_data` (it takes records of another kind), `off` (biased: off unless asked for).
    """

    id: str
    family: str
    exploitation: str
    roles: tuple[str, ...]
    sign: str
    needs: str
    params: dict[str, Any]
    source: str
    grade: str
    innocent: str
    refuted_by: str
    use: str


@cache
def red_flags() -> dict[str, RedFlag]:
    """All signs by id."""
    return {
        row["id"]: RedFlag(
            row["id"],
            row["family"],
            row["exploitation"],
            tuple(row["role"].split("/")),
            row["sign"],
            row["needs"],
            json.loads(row["params"]),
            row["source"],
            row["grade"],
            row["innocent"],
            row["refuted_by"],
            row["use"],
        )
        for row in read_data("redflags.tsv")
    }
