"""The same question under several rules: how they differ, and which finding survives all of them."""

from collections.abc import Mapping, Sequence
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
    return surviving({one.rule.value: one.held_by_account for one in traces if one.text.decides})


def surviving(held: Mapping[str, Mapping[str, int]]) -> list[Survivor]:
    """The same from what each deciding rule finds: rule → account → minor units."""
    if not held:
        return []
    names = set.intersection(*(set(found) for found in held.values()))
    found = [
        Survivor(name, min(by_rule.values()), by_rule)
        for name in names
        for by_rule in [{rule: one[name] for rule, one in held.items()}]
    ]
    return sorted(found, key=lambda survivor: (-survivor.amount, survivor.account))
