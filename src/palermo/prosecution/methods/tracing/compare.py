"""The same question under several rules: how they differ, and which finding survives all of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from palermo.prosecution.methods.tracing.result import Trace


@dataclass(frozen=True)
class Survivor:
    """Money in an account that every deciding rule finds there.

    Attributes:
        account: its name.
        amount: the least that any of the rules finds, minor units.
        by_rule: what each finds.
    """

    account: str
    amount: int
    by_rule: dict[str, int]


def survivors(traces: Sequence[Trace]) -> list[Survivor]:
    """What every deciding rule finds in each account, largest first.

    Poison, which finds more than was claimed, and direct identification, which refuses rather than decides, do not
    count: their figures stand beside the finding, not in it.
    """
    deciding = [found for found in traces if found.text.decides]
    if not deciding:
        return []
    names = set(deciding[0].held_by_account).intersection(*(found.held_by_account for found in deciding))
    found = [
        Survivor(name, min(by_rule.values()), by_rule)
        for name in names
        for by_rule in [{one.rule.value: one.held_by_account[name] for one in deciding}]
    ]
    return sorted(found, key=lambda survivor: (-survivor.amount, survivor.account))
