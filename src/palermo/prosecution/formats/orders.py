"""Files that a person writes for an order: items of net worth, exchanges, dated rates, what was recovered."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import polars as pl

from palermo.prosecution.formats.exact import minor_units
from palermo.prosecution.formats.rates import rates_of
from palermo.prosecution.formats.table import read_table
from palermo.prosecution.methods.ledger import Ledger
from palermo.prosecution.methods.means import PARTS, Item
from palermo.prosecution.methods.rates import Rates
from palermo.prosecution.methods.tracing.exchange import Exchange
from palermo.vocabulary.errors import Refusal


def _amounts(frame: pl.DataFrame, currency: str, path: Path) -> list[int]:
    text = frame["amount"].cast(pl.String)
    return minor_units(text, currency, lines=frame["line"], where=path.name).to_list()


def read_items(path: Path, currency: str) -> list[Item]:
    """Items of net worth: `part` (one of `PARTS`), `name`, `period`, `amount`.

    Raises:
        Refusal: a cell missing, an unknown part, an amount that is not exact.
    """
    frame = read_table(path, ("part", "name", "period", "amount"))
    amounts = _amounts(frame, currency, path)
    items = []
    for line, part, name, period, amount in zip(
        frame["line"],
        frame["part"],
        frame["name"].cast(pl.String),
        frame["period"].cast(pl.String),
        amounts,
        strict=True,
    ):
        if part not in PARTS or not name or not period:
            raise Refusal(
                f"{part!r} is no part." if part not in PARTS else "A name or period is missing.",
                where=f"{path.name}, row {line}",
                remedy=f"Parts are {', '.join(PARTS)}; each item has a name and a period.",
            )
        items.append(Item(part, name, period, amount))
    return items


def read_recovered(path: Path, ledger: Ledger) -> dict[str, int]:
    """What was recovered: `account`, `amount`; several rows of one account add up."""
    frame = read_table(path, ("account", "amount"))
    out: dict[str, int] = {}
    for account, amount in zip(frame["account"], _amounts(frame, ledger.currency, path), strict=True):
        ledger.code(account)
        out[account] = out.get(account, 0) + amount
    return out


def read_exchanges(path: Path, ledgers: Mapping[str, Ledger]) -> list[Exchange]:
    """Recorded changes of currency: `sold` and `bought`, the ids of the payments out and in.

    Raises:
        Refusal: an id that no ledger has, or both in one currency.
    """
    frame = read_table(path, ("sold", "bought"))
    pairs = frame.select("line", pl.col("sold", "bought").cast(pl.String)).rows()
    return exchanges_of(pairs, ledgers, where=path.name)


def exchanges_of(pairs: Iterable[tuple[int, str, str]], ledgers: Mapping[str, Ledger], *, where: str) -> list[Exchange]:
    """The same of rows: line, id of the payment out, id of the payment in."""
    place = {
        row_id: (currency, row) for currency, book in ledgers.items() for row, row_id in enumerate(book.rows["id"])
    }
    out = []
    for line, sold, bought in pairs:
        if sold not in place or bought not in place or place[sold][0] == place[bought][0]:
            raise Refusal(
                f"{sold!r} and {bought!r} are not ids of payments in two currencies.",
                where=f"{where}, row {line}",
                remedy="Give the id of the payment out and of the payment in.",
            )
        out.append(Exchange(*place[sold], *place[bought]))
    return out


def read_rates(path: Path) -> Rates:
    """Dated rates: `date`, `from`, `to`, `rate` (how many units of `to` for one of `from`, a decimal with a point).

    Raises:
        Refusal: a date or rate that is none.
    """
    frame = read_table(path, ("date", "from", "to", "rate"))
    return rates_of(frame.select("line", pl.col("date", "from", "to", "rate").cast(pl.String)).rows(), where=path.name)
