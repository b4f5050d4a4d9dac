"""Statements of several accounts into one ledger: proven balances, no entry twice, one row for one transfer."""

import datetime as dt
import itertools
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from palermo.prosecution.formats.statements.model import Entry, Statement
from palermo.prosecution.methods.minor_units import as_text, exponent

if TYPE_CHECKING:
    import polars as pl

_APART_DAYS = 3


@dataclass
class Combined:
    """A ledger made of statements.

    Attributes:
        rows: `id time source target amount currency` and `party text file line sha256 other_line other_sha256`.
        opening: account, currency, opening balance in minor units.
        accounts: what is known of each account, for people.
        duplicates: entries left out since another file has them.
        merged: transfers seen from both accounts, told once.
        gaps: statements that do not follow on each other, in words.
    """

    rows: "pl.DataFrame"
    opening: list[tuple[str, str, int]] = field(default_factory=list)
    accounts: list[dict[str, object]] = field(default_factory=list)
    duplicates: int = 0
    merged: int = 0
    gaps: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Line:
    account: str
    currency: str
    entry: Entry
    file: str
    sha256: str
    number: int


def combine(statements: Sequence[Statement], *, apart: Collection[str] = ()) -> Combined:
    """Put statements together.

    Args:
        statements: proven or not; nothing of a refused file.
        apart: ids of rows that a person does not take for the same transfer as another one.

    The same file given twice, and an entry that two files of one account share (the bank's id, or else day, sum, other
    side and text alike), count once. A transfer between two of the accounts within three days, which at least one side
    names, becomes one row with both places.
    """
    unique = list({(s.sha256, s.account, s.currency): s for s in statements}.values())
    lines, duplicates = _once(unique)
    duplicates += sum(len(s.entries) for s in statements) - sum(len(s.entries) for s in unique)
    pairs = {i: j for i, j in _transfers(lines).items() if _id(lines[i]) not in apart}
    out = Combined(_frame(lines, pairs), duplicates=duplicates, merged=len(pairs))
    by_account: dict[tuple[str, str], list[Statement]] = {}
    for one in unique:
        by_account.setdefault((one.account, one.currency), []).append(one)
    for (account, currency), mine in sorted(by_account.items()):
        _describe(out, account, currency, sorted(mine, key=_first_day))
    return out


def _id(line: _Line) -> str:
    return f"{line.sha256[:8]}-{line.number}"


def _first_day(statement: Statement) -> str:
    return min((entry.day.isoformat() for entry in statement.entries), default="")


def _once(statements: Sequence[Statement]) -> tuple[list[_Line], int]:
    lines: list[_Line] = []
    most: dict[object, int] = {}
    told: dict[str, int] = {}  # a file may hold statements of several accounts: entries are numbered through it
    dropped = 0
    for one in statements:
        here: dict[object, int] = {}
        first = told.get(one.sha256, 0) + 1
        told[one.sha256] = first + len(one.entries) - 1
        for number, entry in enumerate(one.entries, first):
            what: object = entry.bank_id or (entry.party, entry.party_account, entry.text)
            key = (one.account, one.currency, entry.day, entry.amount, what)
            here[key] = here.get(key, 0) + 1
            if here[key] <= most.get(key, 0):
                dropped += 1
                continue
            lines.append(_Line(one.account, one.currency, entry, one.file, one.sha256, number))
        for key_seen, count in here.items():
            most[key_seen] = max(most.get(key_seen, 0), count)
    return lines, dropped


def _transfers(lines: Sequence[_Line]) -> dict[int, int]:
    """Which line out of one account is the same transfer as which line into another, nearest in time first."""
    own = {line.account for line in lines}
    into: dict[tuple[str, int], list[int]] = {}
    for i, line in enumerate(lines):
        if line.entry.amount > 0:
            into.setdefault((line.currency, line.entry.amount), []).append(i)
    choices = []
    for i, line in enumerate(lines):
        for j in into.get((line.currency, -line.entry.amount), []) if line.entry.amount < 0 else []:
            other, apart = lines[j], abs((lines[j].entry.day - line.entry.day).days)
            if other.account != line.account and apart <= _APART_DAYS and _name_each_other(line, other, own):
                choices.append((apart, i, j))
    paired: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in sorted(choices):
        if i not in paired and j not in taken:
            paired[i] = j
            taken.add(j)
    return paired


def _name_each_other(line: _Line, other: _Line, own: set[str]) -> bool:
    here, there = line.entry.party_account, other.entry.party_account
    named = [here == other.account, there == line.account]
    contradicted = (here in own and not named[0]) or (there in own and not named[1])
    return any(named) and not contradicted


def _frame(lines: Sequence[_Line], pairs: dict[int, int]) -> "pl.DataFrame":
    import polars as pl  # noqa: PLC0415 -- heavy

    into = set(pairs.values())
    rows: list[dict[str, Any]] = []
    for i, line in enumerate(lines):
        if i in into:
            continue
        entry, other = line.entry, lines[pairs[i]] if i in pairs else None
        far = other.account if other else entry.party_account or entry.party or None
        source, target = (line.account, far) if entry.amount < 0 else (far, line.account)
        rows.append(
            {
                "id": _id(line),
                "time": entry.moment or entry.day,
                "source": source,
                "target": target,
                "amount": as_text(abs(entry.amount), line.currency),
                "currency": line.currency,
                "party": entry.party,
                "text": entry.text,
                "file": line.file,
                "line": entry.line,
                "sha256": line.sha256,
                "other_line": other.entry.line if other else None,
                "other_sha256": other.sha256 if other else None,
            }
        )
    schema = dict.fromkeys(
        ("id", "source", "target", "amount", "currency", "party", "text", "file", "sha256", "other_sha256"), pl.String()
    )
    order = ("id", "time", "source", "target", "amount", "currency", "party", "text", "file", "line", "sha256",
             "other_line", "other_sha256")  # fmt: skip
    timed = bool(rows) and all(isinstance(row["time"], dt.datetime) for row in rows)
    if not timed:
        for row in rows:
            row["time"] = row["time"].date() if isinstance(row["time"], dt.datetime) else row["time"]
    types = {**schema, "time": pl.Datetime("us") if timed else pl.Date(), "line": pl.Int64(), "other_line": pl.Int64()}
    frame = pl.DataFrame(rows, schema={name: types[name] for name in order})
    digits = max((exponent(line.currency) for line in lines), default=2)
    return frame.with_columns(pl.col("amount").cast(pl.Decimal(38, digits))).sort("time", maintain_order=True)


def _describe(out: Combined, account: str, currency: str, mine: list[Statement]) -> None:
    for before, after in itertools.pairwise(mine):
        if before.closing is not None and after.opening is not None and before.closing != after.opening:
            out.gaps.append(
                f"{account}: {before.file} closes with {as_text(before.closing, currency)}, "
                f"{after.file} opens with {as_text(after.opening, currency)}; a statement is missing or overlaps."
            )
    opening = mine[0].opening
    if opening is not None:
        out.opening.append((account, currency, opening))
    days = [entry.day for one in mine for entry in one.entries]
    out.accounts.append(
        {
            "account": account,
            "currency": currency,
            "statements": len(mine),
            "entries": len(days),
            "from": min(days).isoformat() if days else None,
            "to": max(days).isoformat() if days else None,
            "opening": None if opening is None else as_text(opening, currency),
            "closing": None if mine[-1].closing is None else as_text(mine[-1].closing, currency),
            "proven": all(one.proven for one in mine) and not any(gap.startswith(f"{account}:") for gap in out.gaps),
        }
    )
