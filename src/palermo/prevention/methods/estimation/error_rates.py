"""How often tests may warn where nothing is wrong: set beforehand, one in ten over all of them together.

A *warning* says "do not rely on this interval". A *note* is what a reader wants to know beside a sound one. Only what
is tested at a stated rate, or plainly failed (chains that do not agree, a group without an estimate), is a warning.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rates:
    """Probability of a false warning; what is left of the one in ten is for what has no rate that can be set.

    They were chosen on simulated regions of other seeds than those that the benchmarks report.

    Args:
        hidden: of a hidden group in all groups together, see `hidden_group` (half of it where pairs were found).
        alone: of a hidden group in the one group that shows it most, so that many sound groups cannot outweigh it.
        scatter: of over-dispersion, see `dispersion`.
    """

    hidden: float = 0.07
    alone: float = 0.005
    scatter: float = 0.005

    def among(self, groups: int, *, hidden: bool) -> "Rates":
        """The rates of each of several groups, so that all together keep these (Bonferroni).

        A group is named as hiding another only where the test over all groups says so: that is the gate.
        """
        return Rates(self.hidden / groups if hidden else 0.0, self.alone / groups, self.scatter / groups)


RATES = Rates()


def head(told: str) -> str:
    """The name of a warning or a note: its words before the colon."""
    return told.partition(":")[0]
