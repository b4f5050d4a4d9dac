"""Patterns by parts: by account, by slice of time (cycles), by first account (scatter and gather)."""

from collections.abc import Iterable, Sequence

import polars as pl

from palermo.prosecution.methods.ledger import Ledger
from palermo.prosecution.methods.parts.rows import Frames, ledger_of_part, places, put_together, rows_at
from palermo.prosecution.methods.patterns.cycles import MOST_CYCLES, cycles
from palermo.prosecution.methods.patterns.found import Pattern, Strength
from palermo.prosecution.methods.patterns.graph import graph
from palermo.prosecution.methods.patterns.scatter import both_strengths, without_doubles
from palermo.prosecution.methods.patterns.search import find_patterns

BY_ACCOUNT = ("fan-in", "fan-out", "pass-through", "funnel", "structuring", "pay-leaves")
"""Kinds that all rows of the account at the centre show."""
_FOUND = {
    "kind": pl.String(), "strength": pl.String(), "account": pl.String(), "accounts": pl.List(pl.String()),
    "rows": pl.List(pl.String()), "amount": pl.Int64(), "why": pl.String(),
}  # fmt: skip


def own_accounts(part: pl.DataFrame) -> set[str]:
    """Accounts of which a part (`part`, `part_source`, `part_target`) holds every row."""
    number = part["part"][0]
    mine = [part.filter(pl.col(f"part_{side}") == number)[side] for side in ("source", "target")]
    return set(pl.concat(mine).drop_nulls().unique())


def of_accounts(
    part: pl.DataFrame, *, currency: str, by_day: bool, kinds: Sequence[str], threshold: int | None
) -> Frames:
    """Patterns at whose centre an account of this part stands.

    Args:
        part: `ROWS` with `part` and, by side, the part that the account belongs to.
        currency, by_day: of the ledger.
        kinds: some of `BY_ACCOUNT`.
        threshold: the reporting duty in minor units.
    """
    ledger = ledger_of_part(part, currency=currency, by_day=by_day)
    found = find_patterns(ledger, kinds=kinds, threshold=threshold)
    own = own_accounts(part)
    return frames_of(ledger, [one for some in found.values() for one in some if ledger.name(one.account) in own])


def of_slice(part: pl.DataFrame, *, currency: str, by_day: bool, days: int) -> Frames:
    """Cycles that begin in this slice of time.

    Args:
        part: `ROWS` with `begins`, whether the row lies in the slice; the others follow it within the window.
        currency, by_day: of the ledger.
        days: the window.
    """
    ledger = ledger_of_part(part, currency=currency, by_day=by_day)
    began = set(part.filter("begins")["id"])
    ids = ledger.rows["id"]
    found = cycles(ledger, graph(ledger), days=days).patterns
    return frames_of(ledger, [one for one in found if ids[one.rows[0]] in began])


def of_first(part: pl.DataFrame, *, currency: str, by_day: bool, days: int) -> Frames:
    """Scatter and gather from the accounts of this part: all that they pay, and what those paid pay within days.

    Args:
        part: `ROWS` with `first`, whether the row is paid by an account of this part.
        currency, by_day: of the ledger.
        days: the window.
    """
    ledger = ledger_of_part(part.unique("id"), currency=currency, by_day=by_day)
    own = set(part.filter("first")["source"])
    strong, weak = both_strengths(ledger, graph(ledger), days=days)
    return frames_of(ledger, [one for one in (*strong, *weak) if ledger.name(one.account) in own])


def frames_of(ledger: Ledger, found: Iterable[Pattern]) -> Frames:
    """Patterns as frames with names and ids."""
    ids, kept = ledger.rows["id"], list(found)
    told = [
        (one.kind, one.strength.value, ledger.name(one.account), [ledger.name(code) for code in one.accounts],
         ids.gather(list(one.rows)).to_list(), one.amount, one.why)
        for one in kept
    ]  # fmt: skip
    rows = rows_at(ledger, [row for one in kept for row in one.rows])
    return {"found": pl.DataFrame(told, schema=_FOUND, orient="row"), "rows": rows}


def put_patterns(parts: Sequence[Frames], small: Ledger) -> list[Pattern]:
    """Patterns of all parts on the ledger of the rows they hold."""
    told = put_together(parts, "found")
    if told is None:
        return []
    place = places(small)
    return [
        Pattern(
            one["kind"], Strength(one["strength"]), small.code(one["account"]),
            tuple(small.code(name) for name in one["accounts"]), tuple(place[row_id] for row_id in one["rows"]),
            one["amount"], one["why"],
        )
        for one in told.iter_rows(named=True)
    ]  # fmt: skip


def in_kinds(found: Sequence[Pattern], kinds: Sequence[str]) -> dict[str, list[Pattern]]:
    """By kind in the order asked: the same that a search of the whole ledger keeps."""
    by_kind = {kind: [one for one in found if one.kind == kind] for kind in kinds}
    if "cycle" in by_kind:
        by_kind["cycle"] = sorted(by_kind["cycle"], key=lambda one: (one.account, one.rows))[:MOST_CYCLES]
    if "scatter-gather" in by_kind:
        strong = [one for one in by_kind["scatter-gather"] if one.strength is Strength.TRAVELLED]
        weak = [one for one in by_kind["scatter-gather"] if one.strength is Strength.WINDOW]
        by_kind["scatter-gather"] = without_doubles(strong, weak)
    return by_kind
