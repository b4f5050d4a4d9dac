"""Run one rule over a ledger: arrays in, a `Trace` out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from palermo.prosecution.methods.ledger import Codes, Flags, Ints, Ledger
from palermo.prosecution.methods.tracing import direct, lots, poison
from palermo.prosecution.methods.tracing.pari_passu import as_funds, to_accounts
from palermo.prosecution.methods.tracing.result import ANY, ENDS, HELD, MOVES, Claim, Trace
from palermo.prosecution.methods.tracing.rules import Rule, Sharing
from palermo.prosecution.methods.tracing.scope import Scope, running, scope
from palermo.vocabulary.errors import Refusal

_LOTS = {
    (Rule.FIFO, Sharing.RATEABLE): lots.FIFO,
    (Rule.LIFO, Sharing.RATEABLE): lots.LIFO,
    (Rule.PRO_RATA, Sharing.RATEABLE): lots.PRO_RATA,
    (Rule.LOWEST_BALANCE, Sharing.RATEABLE): lots.LOWEST_RATEABLE,
    (Rule.LOWEST_BALANCE, Sharing.OLDEST_FIRST): lots.LOWEST_OLDEST,
}
_REASONS = {
    direct.SUM_DIFFERS: "not identified: the next payment is another sum",
    direct.MIXED: "not identified: other money came in between",
    direct.ORDER_UNKNOWN: "not identified: the evidence does not show the order",
    direct.OVERDRAFT: "overdraft",
}


@dataclass(frozen=True)
class Seeds:
    """Claims as arrays, sorted by row, and their names."""

    names: list[str]
    row: Ints
    claim: Codes
    amount: Ints


def trace(
    ledger: Ledger,
    claims: Sequence[Claim],
    rule: Rule,
    *,
    sharing: Sharing = Sharing.RATEABLE,
    names: Sequence[str] | None = None,
) -> Trace:
    """Follow all claims through the ledger under one rule.

    Args:
        ledger: movements in order of evidence.
        claims: laid on payments of that ledger, in order of precedence where they meet on one payment.
        rule: which presumption decides what a payment takes; its authority is in `rules.RULES`.
        sharing: how claims bear losses among themselves; only the lowest balance knows more than one way.
        names: the claims' names in order of their numbers, where other parts of a larger ledger number them too.

    Returns:
        Amounts by row and account in minor units. Claimed money is conserved exactly under every rule but poison.

    Raises:
        Refusal: a claim on no row, or for more than the payment.
    """
    seeds = _seeds(ledger, claims, names)
    part = scope(ledger, seeds.row)
    seeds = replace(seeds, row=np.searchsorted(part.rows, seeds.row))
    if rule is Rule.POISON:
        return _poison(ledger, part, seeds, sharing)
    if rule is Rule.DIRECT:
        return _direct(ledger, part, seeds, sharing)
    if rule is Rule.PARI_PASSU:
        return _pari_passu(ledger, part, seeds, sharing)
    number = _LOTS[rule, sharing if rule is Rule.LOWEST_BALANCE else Sharing.RATEABLE]
    laid, row, claim, amount, back_row, back_claim, back_amount, account, held_claim, left = lots.follow(
        number, part.source, part.target, part.amount, *part.before[:2], len(part.opening),
        seeds.row, seeds.claim, seeds.amount, len(seeds.names),
    )  # fmt: skip
    moves = _frame(MOVES, part.rows[row], claim, amount).sort("row", "claim")
    repaid = _frame(MOVES, part.rows[back_row], back_claim, back_amount).with_columns(how=pl.lit("overdraft"))
    held = _frame(HELD, part.accounts[account], held_claim, left)
    ended = in_order([_outside(ledger, moves), repaid])
    return Trace(rule, sharing, ledger, seeds.names, _laid(part, seeds, laid), moves, ended, _summed(held))


def _seeds(ledger: Ledger, claims: Sequence[Claim], given: Sequence[str] | None) -> Seeds:
    names = list(dict.fromkeys(claim.name for claim in claims)) if given is None else list(given)
    number = {name: i for i, name in enumerate(names)}
    for claim in claims:
        if not 0 <= claim.row < len(ledger):
            raise Refusal(f"The claim of {claim.name!r} is on no row of the ledger.")
        if not 0 < claim.amount <= ledger.amount[claim.row]:
            raise Refusal(
                f"The claim of {claim.name!r} is for {ledger.text(claim.amount)}, its payment is "
                f"{ledger.text(int(ledger.amount[claim.row]))}.",
                where=f"id {ledger.rows['id'][claim.row]}",
                remedy="Claim more than nothing and at most the payment.",
            )
    ordered = sorted(claims, key=lambda claim: claim.row)
    return Seeds(
        names,
        np.array([claim.row for claim in ordered], dtype=np.int64),
        np.array([number[claim.name] for claim in ordered], dtype=np.int32),
        np.array([claim.amount for claim in ordered], dtype=np.int64),
    )


def _laid(part: Scope, seeds: Seeds, amount: Ints) -> pl.DataFrame:
    found = _frame(MOVES, part.rows[seeds.row], seeds.claim, amount).filter(pl.col("amount") > 0)
    return found.sort("row", maintain_order=True)


def _frame(schema: dict[str, pl.DataType], *columns: Ints | Codes) -> pl.DataFrame:
    named = dict(zip(schema, columns, strict=True))
    return pl.DataFrame(named, schema=schema)


def _summed(held: pl.DataFrame) -> pl.DataFrame:
    total = held.group_by("account", "claim").agg(pl.col("amount").sum())
    return total.filter(pl.col("amount") > 0).sort("account", "claim")


def in_order(ended: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """What ended, in one order whatever it was found in."""
    return pl.concat([one.select(list(ENDS)) for one in ended]).sort(list(ENDS))


def _outside(ledger: Ledger, moves: pl.DataFrame) -> pl.DataFrame:
    gone = ledger.target[moves["row"].to_numpy()] < 0
    return moves.filter(pl.Series(gone, dtype=pl.Boolean)).with_columns(how=pl.lit("outside"))


def _poison(ledger: Ledger, part: Scope, seeds: Seeds, sharing: Sharing) -> Trace:
    sets, of_row, of_account, repaid = poison.spread(
        part.source, part.target, part.amount, *part.before[:2], len(part.opening), seeds.row, seeds.claim,
        len(seeds.names),
    )  # fmt: skip
    rows, accounts = np.flatnonzero(of_row), np.flatnonzero(of_account)
    moves = _frame(MOVES, part.rows[rows], np.full(len(rows), ANY, np.int32), part.amount[rows])
    back = np.flatnonzero(repaid)
    bank = _frame(MOVES, part.rows[back], np.full(len(back), ANY, np.int32), repaid[back])
    ended = in_order([_outside(ledger, moves), bank.with_columns(how=pl.lit("overdraft"))])
    held = _frame(HELD, part.accounts[accounts], np.full(len(accounts), ANY, np.int32), part.before[2][accounts])
    return Trace(
        Rule.POISON, sharing, ledger, seeds.names, _laid(part, seeds, seeds.amount), moves, ended, held,
        sets, of_row[rows], of_account[accounts],
    )  # fmt: skip


def _alone(part: Scope) -> tuple[Flags, Flags]:
    """For each row, whether it is the only one of its tie that touches its source, and its target."""
    alone_out, alone_in = np.ones(len(part.rows), dtype=np.bool_), np.ones(len(part.rows), dtype=np.bool_)
    same = np.diff(part.tie) == 0
    tied = np.flatnonzero(np.append(same, False) | np.insert(same, 0, False))
    n = len(part.opening) + 1
    source, target = part.source[tied], part.target[tied]
    real = (source != target) & (part.amount[tied] > 0)
    out, into = (part.tie[tied] * n + side for side in (source, target))
    distinct, count = np.unique(np.concatenate([out[real], into[real]]), return_counts=True)
    several = distinct[count > 1]
    alone_out[tied] = ~np.isin(out, several)
    alone_in[tied] = ~np.isin(into, several)
    return alone_out, alone_in


def _direct(ledger: Ledger, part: Scope, seeds: Seeds, sharing: Sharing) -> Trace:
    alone_out, alone_in = _alone(part)
    laid, came, went, claim, amount, reason = direct.identify(
        part.source, part.target, part.amount, part.opening, alone_out, alone_in,
        seeds.row, seeds.claim, seeds.amount,
    )  # fmt: skip
    moves = _frame(MOVES, part.rows[came], claim, amount).group_by("row", "claim").agg(pl.col("amount").sum())
    let_go = reason > 0
    why = pl.Series("how", [_REASONS[int(code)] for code in reason[let_go]], dtype=pl.String)
    lost = _frame(MOVES, part.rows[went[let_go]], claim[let_go], amount[let_go]).with_columns(why)
    moves = moves.select(list(MOVES)).sort("row", "claim")
    ended = in_order([_outside(ledger, moves), lost])
    still = went < 0
    held = _frame(HELD, part.accounts[part.target[came[still]]], claim[still], amount[still])
    return Trace(
        Rule.DIRECT, sharing, ledger, seeds.names, _laid(part, seeds, laid), moves, ended, _summed(held)
    )  # fmt: skip


def _pari_passu(ledger: Ledger, part: Scope, seeds: Seeds, sharing: Sharing) -> Trace:
    funds = as_funds(part, seeds.row)
    where = funds.place[seeds.row]
    order = np.argsort(where, kind="stable")
    order = order[where[order] >= 0]
    laid, at, claim, amount, back_at, back_claim, back_amount, fund, held_claim, left = lots.follow(
        lots.PRO_RATA, funds.source, funds.target, funds.amount,
        *running(funds.source, funds.target, funds.amount, funds.opening)[:2], len(funds.opening),
        where[order], seeds.claim[order], seeds.amount[order], len(seeds.names),
    )  # fmt: skip
    whole = funds.main[at]
    moves = _frame(MOVES, part.rows[funds.row[at][whole]], claim[whole], amount[whole]).sort("row", "claim")
    repaid = _frame(MOVES, part.rows[funds.row[back_at]], back_claim, back_amount)
    account, number, held_amount = to_accounts(funds, fund, held_claim, left)
    held = _frame(HELD, part.accounts[account], number, held_amount)
    ended = in_order([_outside(ledger, moves), repaid.with_columns(how=pl.lit("overdraft"))])
    found = _laid(part, Seeds(seeds.names, seeds.row[order], seeds.claim[order], seeds.amount[order]), laid)
    return Trace(
        Rule.PARI_PASSU, sharing, ledger, seeds.names, found, moves, ended, _summed(held),
        inside=part.rows[funds.inside],
    )  # fmt: skip
