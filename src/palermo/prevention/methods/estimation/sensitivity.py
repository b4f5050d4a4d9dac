"""What the answer hangs on: one list left out, two lists merged (Binette & Steorts 2022; Vincent et al. 2020)."""

from dataclasses import dataclass
from itertools import combinations

from palermo.prevention.methods.estimation.lists import FEWEST_LISTS, Lists, require_usable
from palermo.prevention.methods.estimation.log_linear import by_bic, by_stepwise
from palermo.prevention.methods.estimation.results import Estimate
from palermo.vocabulary.errors import Refusal

SEARCHED = 7  # lists; above, one search takes seconds and there are dozens of variants


@dataclass(frozen=True, slots=True)
class Variant:
    """The lists changed in one way, and what two methods then say.

    Args:
        change: such as "without GP" or "NG and GP merged".
        observed: persons still on some list.
        estimates: stepwise and, up to seven lists, BIC; without bootstrap.
        reasons: why the changed lists support no estimate.
    """

    change: str
    observed: int
    estimates: tuple[Estimate, ...] = ()
    reasons: tuple[str, ...] = ()


def variants(lists: Lists, *, threshold: float = 0.02, order: int = 2) -> tuple[Variant, ...]:
    """Every list left out in turn, then every pair of lists merged.

    Args:
        lists: counts of capture histories; fewer than four lists give no variants.
        threshold: of the stepwise choice.
        order: of the BIC search.
    """
    if lists.size <= FEWEST_LISTS:
        return ()
    changed = [(f"without {name}", lists.without(name)) for name in lists.names]
    changed += [(f"{a} and {b} merged", lists.merged(a, b)) for a, b in combinations(lists.names, 2)]
    return tuple(_variant(change, fewer, threshold, order) for change, fewer in changed)


def _variant(change: str, lists: Lists, threshold: float, order: int) -> Variant:
    try:
        require_usable(lists)
    except Refusal as refusal:
        return Variant(change, lists.observed, reasons=(refusal.message,))
    found = [by_stepwise(lists, threshold=threshold, resamples=0)]
    if lists.size <= SEARCHED:
        found.append(by_bic(lists, order=order, resamples=0))
    return Variant(change, lists.observed, tuple(found))
