"""What an estimation method hands back: never a number without its interval, warnings and reasons."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["bca", "percentile", "conditional", "credible"]


@dataclass(frozen=True, slots=True)
class Interval:
    """A range for the number of persons.

    Args:
        kind: how it was made, see `choices.KINDS`.
        lower: persons.
        upper: persons; infinite where the data set no upper end.
        level: coverage aimed at, such as 0.95.
        noise: standard deviation of the two ends over repeated runs with other seeds (Monte-Carlo error), if simulated.
    """

    kind: Kind
    lower: float
    upper: float
    level: float
    noise: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Estimate:
    """The answer of one method.

    Args:
        method: such as "stepwise" or "bic".
        estimate: persons in all, observed and not; None where the data cannot support one.
        intervals: the one to report first; empty where there is no estimate.
        interactions: effects of lists on each other in the chosen model, by names.
        impossible: those of them at minus infinity (no person on them together).
        warnings: why not to rely on the interval, in plain English; each begins with its name and a colon.
        notes: what a reader wants to know beside a sound interval; not a reason to doubt it. Named in the same way.
        reasons: why there is no estimate, or why this one.
        figures: further numbers of the method (BIC, R-hat, dispersion …).
    """

    method: str
    estimate: float | None
    intervals: tuple[Interval, ...] = ()
    interactions: tuple[tuple[str, ...], ...] = ()
    impossible: tuple[tuple[str, ...], ...] = ()
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    figures: Mapping[str, float] = field(default_factory=dict)

    @property
    def lower(self) -> float | None:
        """Lower end of the interval to report."""
        return self.intervals[0].lower if self.intervals else None

    @property
    def upper(self) -> float | None:
        """Upper end of the interval to report."""
        return self.intervals[0].upper if self.intervals else None
