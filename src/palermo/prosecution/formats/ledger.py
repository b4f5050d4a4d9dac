"""Read and write the ledger as CSV or Parquet: ``id time source target amount currency``, optionally ``seq``.

An empty source or target is outside the accounts we hold. Any fault refuses the whole file: nothing is half read.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl

from palermo.prosecution.formats.evidence.origin import Origin
from palermo.prosecution.formats.exact import from_floats, minor_units, times, whole_times
from palermo.prosecution.formats.table import read_table
from palermo.prosecution.methods.ledger import Ledger, make_ledger
from palermo.prosecution.methods.minor_units import exponent
from palermo.prosecution.methods.tracing.claims import payments_of
from palermo.prosecution.methods.tracing.result import Claim
from palermo.vocabulary.errors import Refusal

REQUIRED = ("id", "time", "source", "target", "amount", "currency")


def read_ledger(path: Path, *, balances: Path | None = None, currency: str | None = None) -> Ledger:
    """Read a ledger of one currency, with opening balances if there is a file of them.

    Args:
        path: a CSV (comma, semicolon or tab; UTF-8) or Parquet file with the columns of `REQUIRED`.
        balances: a CSV or Parquet file with `account` and `amount`, and `currency` if there are several.
        currency: which currency to read if the ledger holds several; other rows are left out.

    Raises:
        Refusal: with the file, the row (the header is row 1) and the column.
    """
    frame = read_table(path, REQUIRED, optional=("seq",))
    currency = _currency(frame, currency, path)
    if frame["currency"].n_unique() > 1:
        frame = frame.filter(pl.col("currency") == currency)
    lines = frame["line"]
    time, by_day = times_of(frame["time"], lines, path)
    frame = frame.select(
        "id",
        time.alias("time"),
        "source",
        "target",
        amounts(frame["amount"], currency, lines, path).alias("amount"),
        "line",
        *([_seq(frame["seq"], lines, path)] if "seq" in frame.columns else []),
    )
    opening = read_balances(balances, currency) if balances else None
    try:
        return make_ledger(frame, currency=currency, balances=opening, by_day=by_day)
    except Refusal as refusal:
        where = ", ".join(part for part in (path.name, refusal.where) if part)
        raise Refusal(refusal.message, where=where, remedy=refusal.remedy) from None


def ledger_of(rows: pl.DataFrame, *, currency: str, opening: Mapping[str, int] | None = None) -> Ledger:
    """The ledger of one currency in rows that `statements.combine` made.

    Args:
        rows: `id time source target amount currency line`, with amounts in a decimal type; dates where a statement
            has no time of day, and then no order within a day is known.
        opening: balance before the first row in minor units, by account.
    """
    mine = rows.filter(pl.col("currency") == currency)
    minor = (mine["amount"].cast(pl.Decimal(38, 12)) * 10 ** exponent(currency)).cast(pl.Int64)
    frame = mine.select("id", pl.col("time").cast(pl.Datetime("us")), "source", "target", minor.alias("amount"), "line")
    return make_ledger(frame, currency=currency, balances=opening, by_day=rows["time"].dtype == pl.Date)


def read_origins(path: Path) -> dict[str, Origin]:
    """By row id, the statement that a ledger made by `palermo ledger import` read it from; empty for other ledgers."""
    if path.suffix.lower() != ".parquet":
        return {}
    names = pl.read_parquet_schema(path)
    if not {"file", "line", "sha256"} <= set(names):
        return {}
    frame = pl.read_parquet(path, columns=["id", "file", "sha256", "line"]).drop_nulls()
    return {str(row_id): Origin(file, sha256, line) for row_id, file, sha256, line in frame.iter_rows()}


def read_ledgers(path: Path, *, balances: Path | None = None) -> dict[str, Ledger]:
    """Read a ledger of several currencies, one ledger each."""
    frame = read_table(path, ("currency",))
    units = frame["currency"].drop_nulls().unique().sort().to_list()
    return {unit: read_ledger(path, balances=balances, currency=unit) for unit in units}


def claims_by_currency(ledgers: dict[str, Ledger], accounts: list[str], path: Path | None) -> dict[str, list[Claim]]:
    """Claims on all that some accounts paid, in every currency, and those of a file, by the currency of the payment.

    Raises:
        Refusal: an account or a payment that no ledger knows.
    """
    out: dict[str, list[Claim]] = {unit: [] for unit in ledgers}
    for account in accounts:
        having = [unit for unit, book in ledgers.items() if account in set(book.accounts)]
        if not having:
            raise Refusal(f"No account {account!r} in this ledger.", remedy="Give the name as it stands in the ledger.")
        for unit in having:
            out[unit] += payments_of(ledgers[unit], account)
    if path is not None:
        ids = read_table(path, ("claim", "id"))["id"].to_list()
        for unit, book in ledgers.items():
            if all(row_id in set(book.rows["id"]) for row_id in ids):
                out[unit] += read_claims(path, book)
                return out
        raise Refusal(
            "The claims lie on payments of several currencies, or on none.",
            where=path.name,
            remedy="Give the claims of one currency.",
        )
    return out


def read_balances(path: Path, currency: str) -> dict[str, int]:
    """Opening balances in minor units by account, negative if overdrawn.

    Raises:
        Refusal: an account named twice or not at all, or an amount that is not exact.
    """
    frame = read_table(path, ("account", "amount"), optional=("currency",))
    if "currency" in frame.columns:
        frame = frame.filter(pl.col("currency") == currency)
    if frame["account"].null_count() or frame["account"].n_unique() != frame.height:
        bad = frame["account"].is_null() | frame["account"].is_duplicated()
        line = frame["line"].filter(bad)[-1]
        raise Refusal(
            "An account is missing or named twice.",
            where=f"{path.name}, row {line}, column account",
            remedy="Give one opening balance for each account.",
        )
    minor = amounts(frame["amount"], currency, frame["line"], path)
    return dict(zip(frame["account"].to_list(), minor.to_list(), strict=True))


def write_ledger(ledger: Ledger, path: Path) -> None:
    """Write a ledger as Parquet with account names and amounts in a decimal type, so that it reads back equal."""
    names = ledger.accounts
    sides = {
        side: names.gather(ledger.rows[side].replace(-1, None)).alias(side) if len(names) else pl.Series(side, [None])
        for side in ("source", "target")
    }
    digits = exponent(ledger.currency)
    amount = pl.Series("amount", [ledger.text(value) for value in ledger.rows["amount"]], dtype=pl.String)
    frame = ledger.rows.select("id", "time").with_columns(
        **sides, amount=amount.cast(pl.Decimal(38, digits)), currency=pl.lit(ledger.currency), seq=ledger.rows["seq"]
    )
    frame.write_parquet(path)


def _currency(frame: pl.DataFrame, wanted: str | None, path: Path) -> str:
    found = frame["currency"].unique().sort().to_list()
    if None in found:
        line = frame["line"][frame["currency"].is_null().arg_max() or 0]
        raise Refusal("The currency is missing.", where=f"{path.name}, row {line}, column currency")
    return one_currency(found, wanted, path)


def one_currency(found: Sequence[str], wanted: str | None, path: Path) -> str:
    """The currency to follow: the one that is wanted, or the only one of those found.

    Raises:
        Refusal: several, and none is wanted; the wanted one is not among them.
    """
    if wanted is None and len(found) > 1:
        raise Refusal(
            f"The ledger holds several currencies ({', '.join(sorted(found)[:5])}).",
            where=f"{path.name}, column currency",
            remedy="Say which one to follow; a change of currency is followed only where a row records it.",
        )
    if wanted is not None and found and wanted not in found:
        raise Refusal(f"No row in {wanted}.", where=f"{path.name}, column currency")
    return wanted or (found[0] if found else "EUR")


def amounts(column: pl.Series, currency: str, lines: pl.Series, path: Path) -> pl.Series:
    """A column of amounts in minor units, exactly; `lines` say where the first is that will not do."""
    if column.dtype == pl.String:
        return minor_units(column, currency, lines=lines, where=path.name)
    if column.dtype.is_float():
        return from_floats(column, currency, lines=lines, where=path.name)
    return minor_units(column.cast(pl.String), currency, lines=lines, where=path.name)


def times_of(column: pl.Series, lines: pl.Series, path: Path) -> tuple[pl.Series, bool]:
    """A column of times in UTC, and whether some are bare dates."""
    if isinstance(column.dtype, pl.Datetime):
        zoned = column.dt.convert_time_zone("UTC").dt.replace_time_zone(None) if column.dtype.time_zone else column
        return zoned.cast(pl.Datetime("us")), False
    if column.dtype == pl.Date:
        return column.cast(pl.Datetime("us")), True
    if column.dtype.is_integer():
        return whole_times(column)
    return times(column.cast(pl.String), lines=lines, where=path.name)


def _seq(column: pl.Series, lines: pl.Series, path: Path) -> pl.Series:
    number = column.cast(pl.Int64, strict=False)
    lost = number.is_null() & column.is_not_null()
    if lost.any():
        at = lost.arg_max() or 0
        raise Refusal(
            f"{column[at]!r} is no whole number.",
            where=f"{path.name}, row {lines[at]}, column seq",
            remedy="Number rows.",
        )
    return number


def read_claims(path: Path, ledger: Ledger) -> list[Claim]:
    """Claims laid on payments: a CSV or Parquet file with `claim`, `id` (of the payment) and, if part only, `amount`.

    Raises:
        Refusal: a claim without a name, on no payment of the ledger, or for more than the payment.
    """
    frame = read_table(path, ("claim", "id"), optional=("amount",))
    lines = frame["line"]
    parts: pl.Series | None = None
    if "amount" in frame.columns:
        given = frame.filter(pl.col("amount").is_not_null())
        part = amounts(given["amount"], ledger.currency, given["line"], path)
        parts = lines.to_frame().join(given.select("line").with_columns(part=part), on="line", how="left")["part"]
    place = {name: row for row, name in enumerate(ledger.rows["id"])}
    claims: list[Claim] = []
    for i, (name, row_id) in enumerate(frame.select("claim", "id").iter_rows()):
        where = f"{path.name}, row {lines[i]}"
        if name is None or row_id not in place:
            raise Refusal(
                f"{row_id!r} is no id of the ledger." if name else "The claim has no name.",
                where=where,
                remedy="Name the claim, and the ledger row of the payment that carried the money.",
            )
        row = place[row_id]
        whole = int(ledger.amount[row])
        amount = parts[i] if parts is not None and parts[i] is not None else whole
        if not 0 < amount <= whole:
            raise Refusal(
                f"The claim is for {ledger.text(amount)}, its payment is {ledger.text(whole)}.",
                where=f"{where}, column amount",
                remedy="Claim more than nothing and at most the payment.",
            )
        claims.append(Claim(name, row, amount))
    return claims
