"""A trace by parts: groups of accounts that no claim leaves, each traced by itself, and put together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from palermo.prosecution.methods.ledger import Codes, Ledger
from palermo.prosecution.methods.parts.rows import Frames, ledger_of_part, places, rows_at, small_ledger
from palermo.prosecution.methods.tracing import Claim, Rule, Sharing, Trace, trace
from palermo.prosecution.methods.tracing.claims import overdrawn_unknown
from palermo.prosecution.methods.tracing.engine import in_order
from palermo.prosecution.methods.tracing.order import Held, Span, Tried, joined, tried
from palermo.prosecution.methods.tracing.poison import Sets
from palermo.prosecution.methods.tracing.result import ENDS, HELD, MOVES

_AMOUNTS = {"id": pl.String(), "claim": pl.Int32(), "amount": pl.Int64(), "how": pl.String(), "set": pl.Int32()}


@dataclass(frozen=True)
class Asked:
    """What every part is told.

    Attributes:
        currency, by_day: of the ledger.
        claims: name, id of the payment and minor units, in order of precedence.
        names: of all claims, in order of their numbers.
        rules, sharing: as in `trace`.
        enough: whether accounts of unknown opening open with enough (`Ledger.funded`).
    """

    currency: str
    by_day: bool
    claims: tuple[tuple[str, str, int], ...]
    names: tuple[str, ...]
    rules: tuple[Rule, ...]
    sharing: Sharing
    enough: bool = False


@dataclass(frozen=True)
class Answer:
    """What one rule finds in all parts: as if it had been traced whole."""

    found: Trace
    span: Span
    doubtful: list[str]


def claims_on(ledger: Ledger, claims: Sequence[tuple[str, str, int]]) -> list[Claim]:
    """The claims that lie on payments of a part."""
    place = places(ledger)
    return [Claim(name, place[row_id], amount) for name, row_id, amount in claims if row_id in place]


def trace_part(part: pl.DataFrame, asked: Asked) -> Frames:
    """Trace one part under every rule.

    Args:
        part: `ROWS` and, where the accounts' openings are known, `opening_source` and `opening_target`.
        asked: what every part is told.
    """
    ledger = ledger_of_part(part, currency=asked.currency, by_day=asked.by_day, opening=_opening(part))
    if asked.enough:
        ledger = ledger.funded()
    claims = claims_on(ledger, asked.claims)
    out: Frames = {}
    needed: list[np.ndarray] = [np.array([claim.row for claim in claims], dtype=np.int64)]
    for rule in asked.rules:
        found = trace(ledger, claims, rule, sharing=asked.sharing, names=asked.names)
        needed += [found.moves["row"].to_numpy(), found.ended["row"].to_numpy(), found.inside]
        orders = tried(ledger, claims, rule, sharing=asked.sharing, names=asked.names)
        out |= {f"{rule.value}/{name}": frame for name, frame in (_told(found) | _tried_frames(orders)).items()}
    return out | {"rows": rows_at(ledger, np.concatenate(needed))}


def _opening(part: pl.DataFrame) -> Mapping[str, int]:
    if "opening_source" not in part.columns:
        return {}
    sides = [
        part.select(account=pl.col(side), amount=pl.col(f"opening_{side}")).drop_nulls()
        for side in ("source", "target")
    ]
    return dict(pl.concat(sides).unique().iter_rows())


def _told(found: Trace) -> Frames:
    ids = found.ledger.rows["id"]

    def named(frame: pl.DataFrame, sets: Codes | None = None) -> pl.DataFrame:
        how = pl.col("how") if "how" in frame.columns else pl.lit("")
        at = pl.Series("set", sets if sets is not None else np.zeros(frame.height, np.int32), dtype=pl.Int32)
        return frame.with_columns(at, how=how, id=ids.gather(frame["row"])).select(list(_AMOUNTS))

    poison = found.rule is Rule.POISON
    held = found.held.with_columns(
        account=pl.Series([found.ledger.name(code) for code in found.held["account"]], dtype=pl.String),
        set=pl.Series(found.set_of_account if poison else np.zeros(found.held.height), dtype=pl.Int32),
    )
    bits = pl.DataFrame({f"w{n}": found.sets[:, n] for n in range(found.sets.shape[1])} if poison else {})
    return {
        "laid": named(found.laid),
        "moves": named(found.moves, found.set_of_row if poison else None),
        "ended": named(found.ended),
        "held": held,
        "inside": pl.DataFrame({"id": ids.gather(pl.Series(found.inside))}),
        "doubtful": pl.DataFrame({"account": overdrawn_unknown(found)}, schema={"account": pl.String}),
    } | ({"sets": bits} if poison else {})


def _tried_frames(one: Tried) -> Frames:
    """Orders tried as frames: the counts, and held amounts (−1: the least over all orders) by account."""
    held = [(-1, one.worst), *enumerate(one.stated)]
    return {
        "orders": pl.DataFrame({"tied_rows": [one.tied_rows], "count": [one.count], "best": [one.best]}),
        "totals": pl.DataFrame({"order": [n for n, _ in held], "total": [got.total for _, got in held]}),
        "by_order": pl.DataFrame(
            [(n, account, amount) for n, got in held for account, amount in got.by_account.items()],
            schema={"order": pl.Int64, "account": pl.String, "amount": pl.Int64}, orient="row",
        ),
    }  # fmt: skip


def _tried(frames: Frames, rule: str) -> Tried:
    rows, count, best = frames[f"{rule}/orders"].row(0)
    by_order: dict[int, dict[str, int]] = {}
    for n, account, amount in frames[f"{rule}/by_order"].iter_rows():
        by_order.setdefault(n, {})[account] = amount
    held = {n: Held(total, by_order.get(n, {})) for n, total in frames[f"{rule}/totals"].iter_rows()}
    return Tried(rows, count, held.pop(-1), best, tuple(held[n] for n in sorted(held)))


def whole(parts: Sequence[Frames], asked: Asked) -> tuple[list[Answer], list[Claim]]:
    """What each rule finds in all parts together, on the ledger of the rows that carry claims, and the claims on it."""
    small = small_ledger(parts, currency=asked.currency, by_day=asked.by_day)
    place = places(small)
    answers = [
        Answer(
            _trace(parts, rule, asked, small, place),
            joined([_tried(one, rule.value) for one in parts]),
            sorted({name for one in parts for name in one[f"{rule.value}/doubtful"]["account"]}),
        )
        for rule in asked.rules
    ]
    return answers, claims_on(small, asked.claims)


def _trace(parts: Sequence[Frames], rule: Rule, asked: Asked, small: Ledger, place: dict[str, int]) -> Trace:
    def rows_of(name: str) -> pl.DataFrame:
        frames = [_shifted(one, rule, name, base) for one, base in zip(parts, bases, strict=True)]
        frame = pl.concat([pl.DataFrame(schema=_AMOUNTS), *frames])
        return frame.with_columns(row=pl.Series([place[row_id] for row_id in frame["id"]], dtype=pl.Int64))

    bits, bases = _sets(parts, rule, len(asked.names))
    moves = rows_of("moves").sort("row", "claim")
    held_frames = [_shifted(one, rule, "held", base) for one, base in zip(parts, bases, strict=True)]
    held = pl.concat([pl.DataFrame(schema=HELD | {"account": pl.String(), "set": pl.Int32()}), *held_frames])
    codes = pl.Series("account", [small.code(name) for name in held["account"]], dtype=pl.Int32)
    held = held.with_columns(codes).sort("account", "claim")
    inside = [row_id for one in parts for row_id in one[f"{rule.value}/inside"]["id"]]
    return Trace(
        rule, asked.sharing, small, list(asked.names),
        rows_of("laid").sort("row", maintain_order=True).select(list(MOVES)), moves.select(list(MOVES)),
        in_order([rows_of("ended").select(list(ENDS))]), held.select(list(HELD)),
        bits, moves["set"].to_numpy(), held["set"].to_numpy(),
        np.sort(np.array([place[row_id] for row_id in inside], dtype=np.int64)),
    )  # fmt: skip


def _shifted(frames: Frames, rule: Rule, name: str, base: int) -> pl.DataFrame:
    """A frame whose numbers of sets are those of all parts together; set 0 is empty in each."""
    number = pl.col("set")
    return frames[f"{rule.value}/{name}"].with_columns(set=pl.when(number > 0).then(number + base).otherwise(0))


def _sets(parts: Sequence[Frames], rule: Rule, claims: int) -> tuple[Sets, list[int]]:
    """All sets of poison one after another behind the empty one, and where each part's begin."""
    width = (claims + 63) // 64 if rule is Rule.POISON else 1
    blocks, bases, used = [np.zeros((1, width), dtype=np.uint64)], [], 0
    for one in parts:
        bases.append(used)
        if rule is Rule.POISON:
            block = one[f"{rule.value}/sets"].to_numpy().astype(np.uint64)[1:]
            blocks.append(block)
            used += len(block)
    return np.concatenate(blocks), bases
