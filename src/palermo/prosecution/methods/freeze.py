"""What to freeze first: accounts by the claimed money still there, how far the rules differ, how fast it leaves."""

from collections.abc import Sequence
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
        claims: whose money it is, by claim number order.
        leaving: what left the account a day, over the last 30 days of the ledger.
        last: microseconds since 1970 of its last movement.
    """

    account: str
    balance: int
    sure: int
    most: int
    by_rule: dict[str, int]
    claims: tuple[str, ...]
    leaving: int
    last: int

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
    ledger = traces[0].ledger
    deciding = [found for found in traces if found.text.decides]
    names = sorted({name for found in deciding for name in found.held_by_account})
    closing, leaving, last = ledger.closing(), _leaving(ledger, days), _last(ledger)
    lines = []
    for name in names:
        code = ledger.code(name)
        balance = max(int(closing[code]), 0)
        by_rule = {found.rule.value: found.held_by_account.get(name, 0) for found in traces}
        told = [min(found.held_by_account.get(name, 0), balance) for found in deciding]
        whose = tuple(
            claim
            for number, claim in enumerate(traces[0].claims)
            if any(name in found.held_of(number) for found in deciding)
        )
        lines.append(Line(name, balance, min(told), max(told), by_rule, whose, int(leaving[code]), int(last[code])))
    return sorted(lines, key=lambda line: (-line.sure, -line.most, -line.leaving, line.account))


def _leaving(ledger: Ledger, days: int) -> np.ndarray:
    total = np.zeros(len(ledger.accounts), dtype=np.int64)
    if not len(ledger):
        return total
    late = (ledger.time > ledger.time[-1] - days * _DAY) & (ledger.source >= 0) & (ledger.source != ledger.target)
    np.add.at(total, ledger.source[late], ledger.amount[late])
    return total // days


def _last(ledger: Ledger) -> np.ndarray:
    last = np.zeros(len(ledger.accounts), dtype=np.int64)
    for side in (ledger.source, ledger.target):
        held = side >= 0
        np.maximum.at(last, side[held], ledger.time[held])
    return last
