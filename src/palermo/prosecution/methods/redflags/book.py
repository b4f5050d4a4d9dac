"""A ledger with what else the statements and the bank's files say: channel, purpose, place … and who holds accounts."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from palermo.prosecution.methods.ledger import Ledger
from palermo.prosecution.methods.minor_units import exponent

DETAILS = ("channel", "purpose", "place", "terminal", "reference")
"""Text columns of a row, beside the ledger's own."""
ACCOUNT_DETAILS = (
    "holder", "kind", "sector", "opened", "owner", "staff", "opens", "closes", "income", "phone", "address", "device",
)  # fmt: skip
"""Columns of an account; ``income`` is a month's, in minor units."""


@dataclass(frozen=True)
class Whole:
    """What rules ask of the whole ledger, where the rows at hand are only a part of it.

    Attributes:
        first, last: microseconds since 1970 of the first and the last movement.
        wages: the median wage in minor units, rounded down; 0 without any.
    """

    first: int
    last: int
    wages: int


@dataclass(frozen=True)
class Book:
    """What the rules look at.

    Attributes:
        ledger: the movements.
        rows: one row a movement: `row` (position), `time`, `source`, `target` (codes, null outside), `amount` (minor
            units), and those of `DETAILS` that are known.
        accounts: `account` (code) and those of `ACCOUNT_DETAILS` that are known; accounts nothing is known of are
            left out.
        part_of: what is known of the whole ledger, if this is a part of it.
    """

    ledger: Ledger
    rows: pl.DataFrame
    accounts: pl.DataFrame
    part_of: Whole | None = None

    @cached_property
    def columns(self) -> frozenset[str]:
        """Which details are known: ``channel``, ``accounts.phone`` …; ``time of day`` unless dates are bare."""
        known = [name for name in self.rows.columns if name in DETAILS]
        known += [f"accounts.{name}" for name in self.accounts.columns if name != "account"]
        return frozenset(known if self.ledger.by_day else [*known, "time of day"])

    @cached_property
    def unit(self) -> int:
        """Minor units in one unit of the currency."""
        return int(10 ** exponent(self.ledger.currency))

    def paid(self, *what: pl.Expr) -> pl.DataFrame:
        """Rows out of an account that fit: `account` is who pays, `other` who is paid."""
        fits = self.rows.filter(pl.col("source").is_not_null(), *what)
        return fits.rename({"source": "account", "target": "other"})

    def got(self, *what: pl.Expr) -> pl.DataFrame:
        """Rows into an account that fit: `account` is who is paid, `other` who pays."""
        fits = self.rows.filter(pl.col("target").is_not_null(), *what)
        return fits.rename({"target": "account", "source": "other"})

    def only(self, frame: pl.DataFrame, kind: str) -> pl.DataFrame:
        """The rows of accounts of one kind (person or business)."""
        return frame.join(self.accounts.filter(pl.col("kind") == kind).select("account"), on="account", how="semi")

    @cached_property
    def whole(self) -> Whole:
        """What rules ask of all movements together."""
        if self.part_of is not None:
            return self.part_of
        if not self.rows.height:
            return Whole(0, 0, 0)
        times = self.rows["time"].to_physical()
        wages = self.got(pl.col("purpose") == "wages")["amount"] if "purpose" in self.rows.columns else pl.Series([])
        usual = int(wages.median() or 0) if wages.len() else 0  # type: ignore[arg-type]
        return Whole(int(times[0]), int(times[-1]), usual)

    @cached_property
    def months(self) -> float:
        """How many months the ledger spans."""
        return max((self.whole.last - self.whole.first) / (30.4 * 86_400_000_000), 1.0)


def make_book(
    ledger: Ledger,
    details: pl.DataFrame | None = None,
    accounts: pl.DataFrame | None = None,
    *,
    part_of: Whole | None = None,
) -> Book:
    """Put a ledger and what is known beside it together.

    Args:
        ledger: the movements.
        details: `line` (as in the ledger's rows) and some of `DETAILS`; null where not known.
        accounts: `account` (name) and some of `ACCOUNT_DETAILS`.
        part_of: what is known of the whole ledger, if this is a part of it; columns are then kept even if empty here.
    """
    rows = ledger.rows.select(
        pl.int_range(pl.len()).alias("row"), "time", "line",
        pl.col("source").replace(-1, None), pl.col("target").replace(-1, None), "amount",
    ).filter(pl.col("source").ne_missing(pl.col("target")))  # fmt: skip
    if details is not None:
        kept = _kept(details, DETAILS, even_empty=part_of is not None)
        rows = rows.join(
            details.select("line", pl.col(kept).cast(pl.String)), on="line", how="left", maintain_order="left"
        )
    known = pl.DataFrame({"account": []}, schema={"account": pl.Int32})
    if accounts is not None:
        code = pl.DataFrame({"account": ledger.accounts, "code": range(len(ledger.accounts))}).with_columns(
            pl.col("code").cast(pl.Int32)
        )
        kept = _kept(accounts, ACCOUNT_DETAILS, even_empty=part_of is not None)
        known = accounts.select("account", *kept).join(code, on="account").with_columns(account="code").drop("code")
        texts = [n for n in kept if n not in ("staff", "opens", "closes", "income", "opened")]
        known = known.with_columns(pl.col(texts).cast(pl.String)).sort("account")
    return Book(ledger, rows.drop("line"), known, part_of)


def _kept(frame: pl.DataFrame, names: Sequence[str], *, even_empty: bool) -> list[str]:
    return [name for name in names if name in frame.columns and (even_empty or frame[name].null_count() < frame.height)]
