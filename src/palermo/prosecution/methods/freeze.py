"""What to freeze first: accounts by the claimed money still there, how far the rules differ, how fast it leaves."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from palermo.prosecution.methods.ledger import Ledger
from palermo.prosecution.methods.tracing.result import Trace

_DAY = 86_400_000_000


@dataclass(frozen=True)
class Line:
    """One account of a freeze list; amounts in minor units.

    Attributes:
        account: its name.
        balance: what is in it after the last row.
        sure: the least that any deciding rule traces there, at most the balance; a court may be asked for this.
        most: the greatest that a deciding rule traces there, at most the balance.
        by_rule: what each rule traces there, poison and direct too.
        claims: whose money it is, by claim number order; empty where nobody asked.
        leaving: what left the account a day, over the last 30 days of the ledger.
    """

    account: str
    balance: int
    sure: int
    most: int
    by_rule: dict[str, int]
    claims: tuple[str, ...]
    leaving: int

    @property
    def disagreement(self) -> int:
        """By how much the deciding rules differ."""
        return self.most - self.sure


def freeze_list(traces: Sequence[Trace], *, days: int = 30) -> list[Line]:
    """Accounts in which a deciding rule finds claimed money, most certain money first.

    Args:
        traces: one a rule, of the same claims in the same ledger.
        days: over which what leaves is averaged.
    """
    if not traces:
        return []
    deciding = [found for found in traces if found.text.decides]
    whose: dict[str, list[str]] = {}
    for number, claim in enumerate(traces[0].claims):
        for name in {name for found in deciding for name in found.held_of(number)}:
            whose.setdefault(name, []).append(claim)
    held = {found.rule.value: found.held_by_account for found in traces}
    return freezing(traces[0].ledger, held, [found.rule.value for found in deciding], whose=whose, days=days)


def freezing(
    ledger: Ledger,
    held: Mapping[str, Mapping[str, int]],
    deciding: Collection[str],
    *,
    whose: Mapping[str, Sequence[str]] | None = None,
    days: int = 30,
) -> list[Line]:
    """The same from what each rule finds.

    Args:
        ledger: the one that was traced in.
        held: rule → account → minor units.
        deciding: those of the rules that decide.
        whose: account → claims, where the list is to tell them.
        days: over which what leaves is averaged.
    """
    closing, leaving = ledger.closing(), _leaving(ledger, days)
    lines = []
    for name in sorted({name for rule in deciding for name in held[rule]}):
        code = ledger.code(name)
        balance = max(int(closing[code]), 0)
        by_rule = {rule: found.get(name, 0) for rule, found in held.items()}
        told = [min(by_rule[rule], balance) for rule in deciding]
        claims = tuple((whose or {}).get(name, ()))
        lines.append(Line(name, balance, min(told), max(told), by_rule, claims, int(leaving[code])))
    return sorted(lines, key=lambda line: (-line.sure, -line.most, -line.leaving, line.account))


def _leaving(ledger: Ledger, days: int) -> np.ndarray:
    total = np.zeros(len(ledger.accounts), dtype=np.int64)
    if not len(ledger):
        return total
    late = (ledger.time > ledger.time[-1] - days * _DAY) & (ledger.source >= 0) & (ledger.source != ledger.target)
    np.add.at(total, ledger.source[late], ledger.amount[late])
    return total // days
