"""What is left of a budget: lines, what was spent against them, and the sum of each currency."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from palermo.vocabulary.money import Money


@dataclass(frozen=True)
class LineLeft:
    """A line: planned, spent, left, all in its own currency; the share spent in per cent, None of nothing planned."""

    code: str
    title: str
    planned: Money
    spent: Money

    @property
    def left(self) -> Money:
        """What may still be spent."""
        return self.planned - self.spent

    @property
    def per_cent(self) -> int | None:
        """How much of it is spent, rounded half up."""
        if not self.planned.minor:
            return None
        share = Decimal(100 * self.spent.minor) / Decimal(self.planned.minor)
        return int(share.quantize(Decimal(1), ROUND_HALF_UP))


def sums(lines: Sequence[LineLeft]) -> Mapping[str, LineLeft]:
    """The sum of each currency; currencies are never added to each other."""
    found: dict[str, LineLeft] = {}
    for line in lines:
        currency = line.planned.currency
        before = found.get(currency)
        planned = before.planned + line.planned if before else line.planned
        spent = before.spent + line.spent if before else line.spent
        found[currency] = LineLeft("", "", planned, spent)
    return dict(sorted(found.items()))
