"""Red flags by parts: by account where its own rows are enough, on fewer rows of all where they are not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import polars as pl

from palermo.prosecution.methods.ledger import Ledger
from palermo.prosecution.methods.parts.patterns import own_accounts
from palermo.prosecution.methods.parts.rows import Frames, ledger_of_part, places, put_together, rows_at
from palermo.prosecution.methods.redflags.book import DETAILS, Book, Whole, make_book
from palermo.prosecution.methods.redflags.catalogue import RULES
from palermo.prosecution.methods.redflags.pay import TO_ONE, TO_PAYER, moved_on, taken_back, taken_by_one
from palermo.prosecution.methods.redflags.signs import (
    Sign,
    missing,
    of_book,
    of_hits,
    of_ledger,
    of_pay,
    with_role,
)
from palermo.prosecution.methods.redflags.spending import far_out, profiles
from palermo.vocabulary.redflags import red_flags

LEDGER_BY_ACCOUNT = ("NET-01", "NET-03", "NET-05", "NET-06", "NET-09", "CTL-03")
"""Flags of movements that the rows of one account show."""
ON_FEWER_ROWS = ("NET-14", "CTL-06", "SEX-11", "LAB-05", "LAB-06", "LAB-09")
"""Rules that compare accounts, and need only rows of `FEWER`."""
FEWER = {"channel": ("cash_in", "cash_out", "money_transfer"), "purpose": ("wages", "services")}
OF_ACCOUNTS = ("NET-15", "CTL-10")
"""Rules that read no rows."""
STAGED = ("SEX-08",)
BOOK_BY_ACCOUNT = tuple(name for name in RULES if name not in (*ON_FEWER_ROWS, *OF_ACCOUNTS, *STAGED))
_SIGNS = {
    "flag": pl.String(), "subjects": pl.List(pl.String()), "victims": pl.List(pl.String()),
    "rows": pl.List(pl.String()), "why": pl.String(), "role": pl.String(),
}  # fmt: skip


@dataclass(frozen=True)
class Facts:
    """What every part is told.

    Attributes:
        currency, by_day: of the ledger.
        duty: the reporting duty in minor units, if it is given.
        details: columns of rows that the ledger has.
        accounts: what is known of accounts, with columns that some account has.
        whole: what rules ask of all rows together.
    """

    currency: str
    by_day: bool
    duty: int | None
    details: tuple[str, ...]
    accounts: pl.DataFrame | None
    whole: Whole


def book_of(part: pl.DataFrame, facts: Facts, *, opening: Iterable[str] = ()) -> Book:
    """A part with what is known beside it."""
    ledger = ledger_of_part(part, currency=facts.currency, by_day=facts.by_day, opening=dict.fromkeys(opening, 0))
    kept = [name for name in DETAILS if name in facts.details]
    details = part.select(pl.int_range(1, pl.len() + 1, dtype=pl.Int64).alias("line"), *kept)
    return make_book(ledger, details if kept else None, facts.accounts, part_of=facts.whole)


def flags_of_accounts(part: pl.DataFrame, facts: Facts) -> Frames:
    """Signs of the accounts of this part, pay that its workers passed on, and what its accounts spend on."""
    book, own = book_of(part, facts), own_accounts(part)
    ledger = book.ledger
    mine = {code for code, name in enumerate(ledger.accounts) if name in own}
    found = of_ledger(ledger, facts.duty, None, LEDGER_BY_ACCOUNT) + of_book(book, BOOK_BY_ACCOUNT)
    found = [one for one in found if (one.subjects or one.victims)[0] in mine]
    out = signs_as_frames(ledger, found)
    rows = [out["rows"]]
    for name, share in (("CTL-04", TO_ONE), ("CTL-05", TO_PAYER)):
        moved = moved_on(ledger, red_flags()[name].params["d"], share).filter(pl.col("worker").is_in(mine))
        rows.append(rows_at(ledger, pl.concat([moved["came"], moved["went"].explode().drop_nulls()])))
        out[name] = _named(moved, ledger)
    if not missing("SEX-08", book.columns) and red_flags()["SEX-08"].use != "off":
        shares = profiles(book).filter(pl.col("account").is_in(mine))
        shares = shares.with_columns(row=pl.when("beside").then("row"))
        rows.append(rows_at(ledger, shares["row"].explode().drop_nulls()))
        out["SEX-08"] = _named(shares, ledger)
    return out | {"rows": pl.concat(rows).unique("id")}


def flags_on_fewer_rows(part: pl.DataFrame, facts: Facts) -> Frames:
    """Signs of the rules that compare accounts."""
    book = book_of(part, facts)
    return signs_as_frames(book.ledger, of_book(book, ON_FEWER_ROWS))


def signs_as_frames(ledger: Ledger, found: Sequence[Sign]) -> Frames:
    """Signs with names and ids."""
    ids = ledger.rows["id"]
    told = [
        ([ledger.name(code) for code in one.subjects], [ledger.name(code) for code in one.victims],
         ids.gather(list(one.rows)).to_list())
        for one in found
    ]  # fmt: skip
    rows = [(one.flag, *names, one.why, one.role) for one, names in zip(found, told, strict=True)]
    frame = pl.DataFrame(rows, schema=_SIGNS, orient="row")
    return {"signs": frame, "rows": rows_at(ledger, [row for one in found for row in one.rows])}


def _named(frame: pl.DataFrame, ledger: Ledger) -> pl.DataFrame:
    """Codes and positions turned to names and ids."""
    names, ids = ledger.accounts.cast(pl.String), ledger.rows["id"]
    for column in ("account", "payer", "worker", "receiver"):
        if column in frame.columns:
            frame = frame.with_columns(names.gather(frame[column]).alias(column))
    if "came" in frame.columns:
        frame = frame.with_columns(ids.gather(frame["came"]).alias("came"))
    for column in ("went", "row"):
        if column in frame.columns:
            listed = [None if one is None else ids.gather(one).to_list() for one in frame[column]]
            frame = frame.with_columns(pl.Series(column, listed, dtype=pl.List(pl.String)))
    return frame


def put_signs(parts: Sequence[Frames], small: Ledger) -> list[Sign]:
    """Signs of all parts on the ledger of their rows, and those that need what several parts found."""
    place = places(small)
    told = put_together(parts, "signs")
    found = [] if told is None else [
        Sign(
            one["flag"], red_flags()[one["flag"]].family, tuple(small.code(name) for name in one["subjects"]),
            tuple(small.code(name) for name in one["victims"]), tuple(place[row_id] for row_id in one["rows"]),
            one["why"], one["role"],
        )
        for one in told.iter_rows(named=True)
    ]  # fmt: skip
    for name, taken in (("CTL-04", taken_by_one), ("CTL-05", taken_back)):
        moved, flag = put_together(parts, name), red_flags()[name]
        if moved is not None:
            pay = taken(small, _coded(moved, small, place), flag.params["n"], flag.params["d"])
            found += [with_role(sign) for sign in of_pay(flag, pay)]
    shares = put_together(parts, "SEX-08")
    if shares is not None:
        flag = red_flags()["SEX-08"]
        found += of_hits(flag, far_out(_coded(shares, small, place).sort("account"), flag))
    return found


def _coded(frame: pl.DataFrame, ledger: Ledger, place: dict[str, int]) -> pl.DataFrame:
    """Names and ids turned to the codes and positions of a ledger."""
    for column in ("account", "payer", "worker", "receiver"):
        if column in frame.columns:
            codes = [ledger.code(name) for name in frame[column]]
            frame = frame.with_columns(pl.Series(column, codes, dtype=pl.Int32))
    if "came" in frame.columns:
        frame = frame.with_columns(pl.Series("came", [place[row_id] for row_id in frame["came"]], dtype=pl.Int64))
    for column in ("went", "row"):
        if column in frame.columns:
            listed = [None if one is None else [place[row_id] for row_id in one] for one in frame[column]]
            frame = frame.with_columns(pl.Series(column, listed, dtype=pl.List(pl.Int64)))
    return frame
