"""A ledger read by an engine: exact amounts and times by the same code as everywhere, then checked whole."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

import polars as pl

from palermo.prosecution.formats.large.engine import Engine, Table
from palermo.prosecution.formats.ledger import REQUIRED, amounts, one_currency, times_of
from palermo.prosecution.methods.parts.rows import ROWS
from palermo.prosecution.methods.redflags.book import DETAILS
from palermo.vocabulary.errors import Refusal

_LIMIT = 2**62
_LONGEST = 1_000


@dataclass(frozen=True)
class Source:
    """A ledger in an engine.

    Attributes:
        rows: `ROWS` and those of `DETAILS` that some row has.
        currency: the one currency.
        by_day: whether times are bare dates.
        details: which of `DETAILS` there are.
        count: how many rows.
    """

    rows: Table
    currency: str
    by_day: bool
    details: tuple[str, ...]
    count: int


def read_source(engine: Engine, path: Path, *, currency: str | None = None) -> Source:
    """Read a ledger of one currency.

    Args:
        engine: which reads it.
        path: a Parquet file or a folder of them, or a CSV file with commas; columns as in `read_ledger`.
        currency: which one, if there are several.

    Raises:
        Refusal: as `read_ledger`, the place named by the row's id; times that mix dates with times of day.
    """
    if not path.exists():
        raise Refusal("The file cannot be read.", where=str(path), remedy="Check the name.")
    raw = engine.read(path)
    missing = [name for name in REQUIRED if name not in raw.columns]
    if missing:
        raise Refusal(
            f"The column {missing[0]!r} is missing.", where=path.name, remedy=f"Needed are: {', '.join(REQUIRED)}."
        )
    raw = raw.select(*REQUIRED, *(name for name in ("seq", *DETAILS) if name in raw.columns))
    unit = _currency(engine, raw, currency, path)
    schema = ROWS | {name: pl.String() for name in DETAILS if name in raw.columns}
    told = schema | {"by_day": pl.Boolean(), "refused": pl.String(), "refused_at": pl.String()}
    some = raw.filter(raw.currency.strip() == unit).drop("currency")
    typed = engine.batches(some, partial(typed_rows, unit=unit, name=path.name, schema=told), told)
    return _checked(engine, typed, unit, path, list(schema))


def typed_rows(frame: pl.DataFrame, *, unit: str, name: str, schema: dict[str, pl.DataType]) -> pl.DataFrame:
    """Rows as they travel. A refusal travels in a row of its own, since the engine may be another machine."""
    if not frame.height:
        return pl.DataFrame(schema=schema)
    texts = [column for column in ("id", "source", "target", *DETAILS) if column in frame.columns]
    frame = frame.with_columns(pl.col(texts).cast(pl.String).str.strip_chars())
    frame = frame.with_columns(pl.when(pl.col(texts) != "").then(pl.col(texts)).name.keep())
    lines = pl.select(pl.format("with id {}", frame["id"].fill_null("(none)"))).to_series()
    try:
        _plain(frame, texts, lines, name)
        time, by_day = times_of(frame["time"], lines, Path(name))
        amount = amounts(frame["amount"], unit, lines, Path(name))
        seq = frame["seq"].cast(pl.Int64) if "seq" in frame.columns else pl.repeat(0, frame.height, eager=True)
    except (Refusal, pl.exceptions.PolarsError) as error:
        refusal = error if isinstance(error, Refusal) else Refusal("A cell in seq is no whole number.", where=name)
        told = pl.DataFrame({"refused": [refusal.message], "refused_at": [refusal.where]})
        return told.with_columns(
            pl.lit(None, dtype=kind).alias(n) for n, kind in schema.items() if n not in told.columns
        )
    done = frame.with_columns(
        time=time.to_physical(), amount=amount, seq=seq.cast(pl.Int64).fill_null(0),
        by_day=_dates(frame["time"], by_day),
        refused=pl.lit(None, dtype=pl.String), refused_at=pl.lit(None, dtype=pl.String),
    )  # fmt: skip
    return done.select(list(schema))


def _dates(given: pl.Series, some: bool) -> pl.Series:
    """By row, whether its time is a bare date."""
    if some and given.dtype == pl.String:
        return given.str.len_bytes() == len("2026-01-31")
    return pl.Series([some]).new_from_index(0, len(given))


def _plain(frame: pl.DataFrame, texts: list[str], lines: pl.Series, name: str) -> None:
    if frame["time"].dtype.is_integer() or (
        frame["time"].dtype == pl.String and frame["time"].str.contains(r"^[0-9]+$").any()
    ):
        raise Refusal("Times are numbers, whose unit one part of a ledger does not show.", where=name)
    for column in texts:
        long = (frame[column].str.len_bytes() > _LONGEST).fill_null(value=False)
        if long.any():
            where = f"{name}, row {lines[long.arg_max() or 0]}, column {column}"
            raise Refusal(f"A cell is longer than {_LONGEST} bytes.", where=where)


def _currency(engine: Engine, raw: Table, wanted: str | None, path: Path) -> str:
    found = engine.fetch(raw.select(unit=raw.currency.strip()).distinct())["unit"].to_list()
    if None in found or "" in found:
        raise Refusal("The currency is missing in some row.", where=f"{path.name}, column currency")
    return one_currency(found, wanted, path)


def _checked(engine: Engine, typed: Table, unit: str, path: Path, columns: list[str]) -> Source:
    refused = engine.fetch(typed.filter(typed.refused.notnull()).select("refused", "refused_at").limit(1))
    if refused.height:
        remedy = "Write it as `palermo trace` without an engine needs it; times as dates or as times of day."
        raise Refusal(refused["refused"][0], where=refused["refused_at"][0], remedy=remedy)
    details = [name for name in DETAILS if name in columns]
    facts = engine.fetch(
        typed.aggregate(
            count=typed.count(), ids=typed.id.count(), by_day=typed.by_day.any(), days=typed.by_day.all(),
            low=typed.amount.min(), total=typed.amount.cast("float64").sum(),
            **{f"has_{name}": typed[name].count() for name in details},
        )
    ).row(0, named=True)  # fmt: skip
    if facts["ids"] != facts["count"]:
        raise Refusal("id is missing.", where=f"{path.name}, column id")
    if facts["count"] and (facts["low"] < 0 or facts["total"] >= _LIMIT):
        what = "An amount is negative." if facts["low"] < 0 else "The amounts add up to more than 64 bits hold."
        raise Refusal(what, where=f"{path.name}, column amount", remedy="Check signs and unit of the amounts.")
    if facts["by_day"] and not facts["days"]:
        raise Refusal("Some times are bare dates and some are not.", where=f"{path.name}, column time",
                      remedy="Trace without an engine, or give dates alone.")  # fmt: skip
    counted = typed.group_by("id").aggregate(n=typed.count())
    twice = engine.fetch(counted.filter(counted.n > 1).select("id").limit(1))
    if twice.height:
        raise Refusal(f"The id {twice['id'][0]!r} is given twice.", where=f"{path.name}, column id",
                      remedy="Give every movement an id of its own.")  # fmt: skip
    held = tuple(name for name in details if facts[f"has_{name}"])
    return Source(typed.select(*ROWS, *held), unit, bool(facts["by_day"]), held, int(facts["count"]))
