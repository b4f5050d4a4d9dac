"""`palermo trace` by an engine: claims reach accounts, connected ones are traced together, part by part."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl

from palermo.prosecution.formats.findings import all_rules, one_rule
from palermo.prosecution.formats.large.engine import Engine, Table
from palermo.prosecution.formats.large.groups import ROWS_A_PART, connected, packed_groups, reached
from palermo.prosecution.formats.large.source import Source, read_source
from palermo.prosecution.formats.ledger import read_balances, read_claims
from palermo.prosecution.formats.table import read_table
from palermo.prosecution.methods.ledger import Ledger
from palermo.prosecution.methods.parts.rows import ledger_of_part
from palermo.prosecution.methods.parts.tracing import Asked, trace_part, whole
from palermo.prosecution.methods.tracing import Claim, Rule, Sharing
from palermo.prosecution.methods.tracing.claims import payments_of_all
from palermo.vocabulary.errors import Refusal

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Question:
    """What is asked of a ledger, as on the command line (see `palermo trace`)."""

    ledger: Path
    accounts: Sequence[str] = ()
    claims: Path | None = None
    balances: Path | None = None
    currency: str | None = None
    outside: Sequence[str] = ()
    enough: bool = False
    rules: Sequence[Rule] = tuple(Rule)
    sharing: Sharing = Sharing.RATEABLE
    most_paths: int = 1000


def trace_large(
    engine: Engine, question: Question, *, rows_a_part: int = ROWS_A_PART, tell: Tell = lambda _said: None
) -> dict[str, Any]:
    """The same finding as `findings.all_rules` or `one_rule` of the whole ledger.

    Args:
        engine: which does the work.
        question: what is asked.
        rows_a_part: about how many rows one part has; more where a group of connected accounts has more.
        tell: is told what is done next.

    Raises:
        Refusal: as `read_ledger` and `trace`.
    """
    tell("reading")
    source = read_source(engine, question.ledger, currency=question.currency)
    rows = engine.keep(_outside(engine, source.rows, question.outside))
    source = Source(rows, source.currency, source.by_day, (), source.count)
    paid = _claimed(engine, source, question)
    claims = [(one.name, str(paid.rows["id"][one.row]), one.amount) for one in _claims(paid, question)]
    asked = Asked(
        source.currency, source.by_day, tuple(claims), tuple(dict.fromkeys(name for name, _, _ in claims)),
        tuple(question.rules), question.sharing, question.enough,
    )  # fmt: skip
    tell(f"{source.count:,} rows; following {len(claims):,} claimed payments")
    parts = _parts(engine, source, asked, question, rows_a_part, tell)
    answers, on_small = whole(engine.parts(parts, partial(trace_part, asked=asked)), asked)
    results = [
        one_rule(one.found, on_small, one.span if claims else None, most_paths=question.most_paths,
                 doubtful=one.doubtful)
        for one in answers
    ]  # fmt: skip
    return all_rules(results, [one.found for one in answers]) if len(results) > 1 else results[0]


def _outside(engine: Engine, rows: Table, names: Sequence[str]) -> Table:
    if not names:
        return rows
    for name in names:
        _known(engine, rows, name)
    sides = {side: rows[side].isin(list(names)).ifelse(None, rows[side]) for side in ("source", "target")}
    return rows.mutate(**sides)


def _known(engine: Engine, rows: Table, name: str) -> None:
    """Refuse an account that no row names, as `Ledger.code` does."""
    if not engine.fetch(rows.filter((rows.source == name) | (rows.target == name)).select("id").limit(1)).height:
        raise Refusal(f"No account {name!r} in this ledger.", remedy="Give the name as it stands in the ledger.")


def _claimed(engine: Engine, source: Source, question: Question) -> Ledger:
    """The claimed payments as a ledger of their own: in the same order, so that claims come in the same order."""
    rows, some = source.rows, []
    if question.accounts:
        some.append(rows.filter(rows.source.isin(list(question.accounts)), rows.amount > 0))
    if question.claims:
        ids = read_table(question.claims, ("claim", "id"))["id"].drop_nulls().unique()
        some.append(rows.semi_join(engine.table(pl.DataFrame({"id": ids})), "id"))
    found = pl.concat([engine.fetch(one) for one in some]).unique("id")
    named = dict.fromkeys(question.accounts, 0)
    for name in set(named) - set(found["source"]):
        _known(engine, rows, name)
    return ledger_of_part(found, currency=source.currency, by_day=source.by_day, opening=named)


def _claims(small: Ledger, question: Question) -> list[Claim]:
    own = payments_of_all(small, question.accounts)
    return own + (read_claims(question.claims, small) if question.claims else [])


def _parts(engine: Engine, source: Source, asked: Asked, question: Question, rows_a_part: int, tell: Tell) -> Table:
    """All rows that touch an account which claims can reach, and the claimed ones, each in one part."""
    found = reached(engine, source, [row_id for _, row_id, _ in asked.claims])
    groups = connected(engine, source.rows, found)
    placed = engine.table(packed_groups(groups, rows_a_part=rows_a_part))
    tell(f"{groups.height:,} accounts in {groups['group'].n_unique():,} groups can hold claims")
    claimed = engine.table(
        pl.DataFrame({"id": list({row_id for _, row_id, _ in asked.claims})}, schema={"id": pl.String})
    ).mutate(claimed=True)
    rows = source.rows
    for side in ("source", "target"):
        rows = rows.left_join(placed.rename(**{side: "account", f"part_{side}": "part"}), side)
        rows = rows.drop(f"{side}_right")
    rows = rows.left_join(claimed, "id").drop("id_right")
    rows = rows.filter(rows.part_source.notnull() | rows.part_target.notnull() | rows.claimed.notnull())
    rows = rows.mutate(part=rows.part_source.coalesce(rows.part_target).fill_null(0))
    rows = rows.drop("part_source", "part_target", "claimed")
    if question.balances is None:
        return rows
    known = read_balances(question.balances, source.currency)
    opening = engine.table(
        pl.DataFrame({"account": list(known), "opening": list(known.values())},
                     schema={"account": pl.String, "opening": pl.Int64})
    )  # fmt: skip
    for side in ("source", "target"):
        rows = rows.left_join(opening.rename(**{side: "account", f"opening_{side}": "opening"}), side)
        rows = rows.drop(f"{side}_right")
    return rows
