"""The ledger: every movement of money between accounts in one currency, in the order that the evidence gives.

Amounts are whole minor units in 64-bit integers; no float is ever involved. Rows are sorted by time, then by
`seq` (the order that the evidence shows among rows of one time), and what is then still tied by `id`, so that the
order of the rows in a file, which proves nothing, changes no figure. Ties are kept, to be shown as a range.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl

from palermo.prosecution.methods.minor_units import as_text
from palermo.vocabulary.errors import Refusal

Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]

OUTSIDE = -1
"""The code of whatever lies outside the accounts we hold: cash, a shop, a bank's fee, an unknown payer."""

COLUMNS = {
    "id": pl.String(),
    "time": pl.Datetime("us"),
    "source": pl.Int32(),
    "target": pl.Int32(),
    "amount": pl.Int64(),
    "seq": pl.Int64(),
    "line": pl.Int64(),
}
_LIMIT = 2**62


@dataclass(frozen=True)
class Ledger:
    """Movements of one currency between accounts.

    Attributes:
        rows: one row a movement with the columns of `COLUMNS`: `source` and `target` are positions in `accounts`
            (−1: outside), `amount` is in minor units, `line` is the row of the file it was read from.
        accounts: account names by code, in order of their names.
        opening: balance in minor units of each account before the first row.
        opening_known: whether that balance was given (otherwise it is taken as nought).
        currency: ISO 4217 code or that of a crypto-asset.
        by_day: true if some time is a bare date, so that no order inside a day is known.
    """

    rows: pl.DataFrame
    accounts: pl.Series
    opening: Ints
    opening_known: Flags
    currency: str
    by_day: bool = False

    def __len__(self) -> int:
        return self.rows.height

    @cached_property
    def source(self) -> Codes:
        """Code of the paying account of each row."""
        return self.rows["source"].to_numpy()

    @cached_property
    def target(self) -> Codes:
        """Code of the receiving account of each row."""
        return self.rows["target"].to_numpy()

    @cached_property
    def amount(self) -> Ints:
        """Amount of each row in minor units."""
        return self.rows["amount"].to_numpy()

    @cached_property
    def time(self) -> Ints:
        """Time of each row in microseconds since 1970."""
        return self.rows["time"].to_physical().to_numpy()

    @cached_property
    def tie(self) -> Ints:
        """Number of the group of rows whose order among themselves the evidence does not show."""
        clock = self.rows["time"].dt.date() if self.by_day else self.rows["time"]
        keys = pl.DataFrame({"t": clock, "s": self.rows["seq"]})
        fresh = (keys["t"] != keys["t"].shift(1)) | (keys["s"] != keys["s"].shift(1))
        return fresh.fill_null(value=False).cast(pl.Int64).cum_sum().to_numpy()

    @cached_property
    def _codes(self) -> dict[str, int]:
        return {name: code for code, name in enumerate(self.accounts)}

    def code(self, account: str) -> int:
        """Code of an account by its name; refuses one that the ledger does not know."""
        try:
            return self._codes[account]
        except KeyError:
            raise Refusal(
                f"No account {account!r} in this ledger.", remedy="Give the name as it stands in the ledger."
            ) from None

    def name(self, code: int) -> str:
        """Name of an account by its code; empty for outside."""
        return "" if code < 0 else str(self.accounts[int(code)])

    def text(self, minor: int) -> str:
        """An amount of this ledger's currency as a decimal string."""
        return as_text(int(minor), self.currency)

    def row_of(self, row_id: str) -> int:
        """Position of a row by its id; refuses an id that is not in the ledger."""
        found = self.rows["id"].index_of(row_id)
        if found is None:
            raise Refusal(f"No row {row_id!r} in this ledger.", remedy="Give an id from the ledger's id column.")
        return found

    def closing(self) -> Ints:
        """Balance of each account after the last row, in minor units; negative is overdrawn."""
        balance = self.opening.copy()
        out, into = self.source >= 0, self.target >= 0
        np.subtract.at(balance, self.source[out], self.amount[out])
        np.add.at(balance, self.target[into], self.amount[into])
        return balance

    def outside(self, names: list[str]) -> "Ledger":
        """The same ledger with some accounts (a cash sink, a shop) counted as outside."""
        codes = np.array([self.code(name) for name in names], dtype=np.int32)
        source = np.where(np.isin(self.source, codes), np.int32(OUTSIDE), self.source)
        target = np.where(np.isin(self.target, codes), np.int32(OUTSIDE), self.target)
        rows = self.rows.with_columns(source=pl.Series(source), target=pl.Series(target))
        return replace(self, rows=rows)

    def funded(self) -> "Ledger":
        """The same ledger where every account of unknown opening opens with just enough never to be overdrawn.

        For accounts whose statements we do not hold: that they paid is no sign of an overdraft. What is assumed is
        the holder's own money and the oldest in the account.
        """
        real = self.source != self.target
        rows = pl.DataFrame({"at": np.arange(len(self)), "s": self.source, "t": self.target, "a": self.amount})
        rows = rows.filter(pl.Series(real, dtype=pl.Boolean))
        sides = [
            rows.select("at", account="s", change=-pl.col("a")),
            rows.select("at", account="t", change=pl.col("a")),
        ]
        running = pl.concat(sides).filter(pl.col("account") >= 0).sort("at", maintain_order=True)
        lowest = running.select("account", low=pl.col("change").cum_sum().over("account")).group_by("account").min()
        opening = self.opening.copy()
        code, low = lowest["account"].to_numpy(), lowest["low"].to_numpy()
        unknown = ~self.opening_known[code]
        opening[code[unknown]] = np.maximum(-low[unknown], 0)
        return replace(self, opening=opening)

    def take(self, positions: Ints) -> "Ledger":
        """The rows at `positions`, in that order (which is then the order of evidence)."""
        return replace(self, rows=self.rows[positions])


def make_ledger(
    frame: pl.DataFrame,
    *,
    currency: str,
    balances: Mapping[str, int] | None = None,
    by_day: bool = False,
) -> Ledger:
    """Build a ledger from movements with account names.

    Args:
        frame: `id` (text, unique), `time` (Datetime), `source` and `target` (text; null is outside), `amount`
            (Int64, minor units, not negative) and, if known, `seq` and `line` (Int64).
        currency: the one currency of all rows.
        balances: opening balances in minor units by account; an account that is not named opens with nought.
        by_day: see `Ledger`.

    Raises:
        Refusal: a negative or missing amount, an id that is missing or given twice, sums beyond 64 bits.
    """
    frame = _complete(frame)
    _check(frame)
    balances = balances or {}
    names, source, target = _encode(frame, balances)
    rows = frame.select("id", "time", "amount", "seq", "line").with_columns(source=source, target=target)
    rows = _in_order(rows.select(list(COLUMNS)))
    opening = np.zeros(len(names), dtype=np.int64)
    known = np.zeros(len(names), dtype=np.bool_)
    if balances:
        at = pl.Series(list(balances), dtype=pl.String).cast(pl.Enum(names)).to_physical().to_numpy()
        opening[at], known[at] = np.fromiter(balances.values(), dtype=np.int64, count=len(balances)), True
    return Ledger(rows, names, opening, known, currency, by_day)


def _complete(frame: pl.DataFrame) -> pl.DataFrame:
    if "seq" not in frame.columns:
        frame = frame.with_columns(seq=pl.lit(0, dtype=pl.Int64))
    if "line" not in frame.columns:
        frame = frame.with_columns(line=pl.int_range(1, frame.height + 1, dtype=pl.Int64))
    return frame.with_columns(pl.col("seq").fill_null(0))


def _check(frame: pl.DataFrame) -> None:
    for column in ("id", "time", "amount"):
        if frame[column].null_count():
            line = frame["line"][frame[column].is_null().arg_max() or 0]
            raise Refusal(f"{column} is missing.", where=f"row {line}, column {column}")
    if frame.height and (frame["amount"] < 0).any():
        line = frame["line"][(frame["amount"] < 0).arg_max() or 0]
        raise Refusal(
            "An amount is negative.",
            where=f"row {line}, column amount",
            remedy="Swap source and target and give the amount without a sign.",
        )
    if frame["id"].n_unique() != frame.height:
        second = frame.filter(pl.col("id").is_duplicated())
        raise Refusal(
            f"The id {second['id'][0]!r} is given twice.",
            where=f"row {second['line'][1]}, column id",
            remedy="Give every movement an id of its own.",
        )
    if frame.height and frame["amount"].cast(pl.Float64).sum() >= _LIMIT:
        raise Refusal("The amounts add up to more than 64 bits hold.", remedy="Check the unit of the amounts.")


def _encode(frame: pl.DataFrame, balances: Mapping[str, int]) -> tuple[pl.Series, pl.Series, pl.Series]:
    given = pl.Series("name", list(balances), dtype=pl.String)
    both = [frame[side].rename("name").unique() for side in ("source", "target")]
    names = pl.concat([*both, given]).drop_nulls().unique().sort()
    kind = pl.Enum(names)
    code = [frame[side].cast(kind).to_physical().cast(pl.Int32).fill_null(OUTSIDE) for side in ("source", "target")]
    return names, code[0], code[1]


def _in_order(rows: pl.DataFrame) -> pl.DataFrame:
    """Sort by time and seq; where these tie, by the id's leading text and then its last number."""
    keys = rows.select("time", "seq")
    if not (keys["time"].is_sorted() and keys["seq"].n_unique() <= 1):
        rows = rows.sort("time", "seq")
    same = ((rows["time"] == rows["time"].shift(1)) & (rows["seq"] == rows["seq"].shift(1))).fill_null(value=False)
    at = (same | same.shift(-1, fill_value=False)).arg_true().alias("_at")
    if not len(at):
        return rows
    number = pl.col("id").str.extract(r"([0-9]{1,18})$").cast(pl.Int64)
    tied = rows.select("time", "seq", "id")[at].with_columns(
        at, _head=pl.col("id").str.replace(r"[0-9]{1,18}$", ""), _tail=number
    )
    place = np.arange(rows.height)
    place[at.to_numpy()] = tied.sort("time", "seq", "_head", "_tail", "id")["_at"].to_numpy()
    return rows if (place[1:] > place[:-1]).all() else rows[place]
