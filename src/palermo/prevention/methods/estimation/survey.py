"""All methods side by side, and the plain sentence that says what can and cannot be concluded."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from palermo.prevention.methods.choices import AGREE, METHODS, Method
from palermo.prevention.methods.estimation.bayes import by_bayes
from palermo.prevention.methods.estimation.decomposable import by_decomposable
from palermo.prevention.methods.estimation.latent import by_latent
from palermo.prevention.methods.estimation.lists import Lists, require_usable
from palermo.prevention.methods.estimation.log_linear import by_bic, by_stepwise, near_ties
from palermo.prevention.methods.estimation.results import Estimate
from palermo.prevention.methods.estimation.sensitivity import Variant, variants

RESAMPLES = 10_000
DEEP = 6  # lists whose three-list interactions are few enough to search
SEARCHABLE = 8  # lists whose pairs are
SEARCHED = {5: 4_000, 6: 1_000, 7: 200}  # resamples of an exhaustive search, by lists; above seven as seven
LOOSE = 4.0


@dataclass(frozen=True, slots=True)
class Survey:
    """What the lists say, by every method asked for.

    Args:
        lists: what was counted.
        methods: one answer each, in the order asked.
        ties: models the data do not tell from the best, by BIC.
        variants: one list left out, two merged.
        conclusion: the plain sentences to publish with any of the numbers.
    """

    lists: Lists
    methods: tuple[Estimate, ...]
    ties: tuple[Estimate, ...]
    variants: tuple[Variant, ...]
    conclusion: str

    @property
    def spread(self) -> tuple[float, float] | None:
        """The lowest and the highest point estimate of any method or near tie; None where there is none."""
        return _spread((*self.methods, *self.ties))


def survey(
    lists: Lists,
    *,
    methods: Sequence[Method] = METHODS,
    threshold: float = 0.02,
    order: int = 2,
    resamples: int | None = None,
    seed: int = 1,
) -> Survey:
    """Estimate by each method, look at near ties and at changed lists, and conclude.

    Args:
        lists: counts of capture histories.
        methods: which, in which order.
        threshold: of the stepwise choice.
        order: largest interaction in the BIC search (near ties look at three lists together, up to six lists;
            none are sought above eight).
        resamples: bootstrap resamples; 10,000 unless given (fewer for BIC on five lists and more).
        seed: of everything random.

    Raises:
        Refusal: the lists cannot support an estimate by any method, with the reason.
    """
    require_usable(lists)
    found = tuple(
        by_method(lists, method, threshold=threshold, order=order, resamples=resamples, seed=seed) for method in methods
    )
    ties = tied(lists, order=order)
    return Survey(lists, found, ties, variants(lists, threshold=threshold, order=order), conclude(lists, found, ties))


def by_method(
    lists: Lists,
    method: Method,
    *,
    threshold: float = 0.02,
    order: int = 2,
    resamples: int | None = None,
    seed: int = 1,
) -> Estimate:
    """The answer of one method, with as many resamples as its search allows; arguments as of `survey`."""
    searched = resamples or SEARCHED.get(min(lists.size, 7), RESAMPLES)
    ways: Mapping[Method, Callable[[], Estimate]] = {
        "stepwise": lambda: by_stepwise(lists, threshold=threshold, resamples=resamples or RESAMPLES, seed=seed),
        "bic": lambda: by_bic(lists, order=order, resamples=searched, seed=seed),
        "bayes": lambda: by_bayes(lists, seed=seed),
        "decomposable": lambda: by_decomposable(lists),
        "latent": lambda: by_latent(lists, seed=seed),
    }
    return ways[method]()


def tied(lists: Lists, *, order: int = 2) -> tuple[Estimate, ...]:
    """Models that the data do not tell from the best; three lists together are searched where that is not too many."""
    return near_ties(lists, order=max(order, 3) if lists.size <= DEEP else order)


def conclude(lists: Lists, found: Sequence[Estimate], ties: Sequence[Estimate]) -> str:
    """What can be concluded, what cannot, and why: plain sentences."""
    parts = [
        f"{lists.observed:,} persons are known from {lists.size} lists, {lists.shared:,} of them from two or more."
    ]
    spread = _spread((*found, *ties))
    sure = [e for e in found if e.estimate is not None and e.lower is not None]
    if spread is None or not sure:
        parts.append("No method can say how many are on no list: publish the count of known persons only.")
        parts += [reason for estimate in found for reason in estimate.reasons]
        return " ".join(parts)
    low, high = spread
    lower = min(cast("float", e.lower) for e in sure)
    upper = max(cast("float", e.upper) for e in sure)
    end = f"{upper:,.0f}" if upper < float("inf") else "no upper bound"
    if high <= AGREE * low:
        parts.append(f"The methods and near-tied models agree on about {low:,.0f} to {high:,.0f}.")
    else:
        parts.append(
            f"Methods and near-tied models place the total anywhere from {low:,.0f} to {high:,.0f}: which is right "
            "cannot be told from these lists, so no single figure should be published."
        )
    parts.append(f"With each method's own uncertainty the range is {lower:,.0f} to {end}.")
    if upper > LOOSE * lower:
        parts.append(f"What can be said: there are more than the {lists.observed:,} known, probably over {lower:,.0f}.")
    if warned := [e.method for e in found if e.warnings]:
        parts.append(f"Do not rely on the interval of {', '.join(warned)}: read the warnings.")
    if narrow := left_out(found, ties):
        parts.append(
            f"The interval of {', '.join(narrow)} leaves out what other methods or near-tied models give: it is too "
            "narrow to rely on."
        )
    parts.append("All this assumes that the lists cover one closed population and were linked without error.")
    return " ".join(parts)


def left_out(found: Sequence[Estimate], ties: Sequence[Estimate]) -> tuple[str, ...]:
    """Methods whose interval leaves out the point of another method, or of a near tie, that carries no warning itself.

    An interval that repeats the choice of model in every resample holds them where nothing is wrong: in 80 regions of
    lists that were independent or depended in pairs it held all.
    """
    points = [e.estimate for e in (*found, *ties) if e.estimate is not None and not e.warnings]
    return tuple(
        e.method
        for e in found
        if e.lower is not None and e.upper is not None and any(not e.lower <= p <= e.upper for p in points)
    )


def _spread(found: Sequence[Estimate]) -> tuple[float, float] | None:
    points = [e.estimate for e in found if e.estimate is not None]
    return (min(points), max(points)) if points else None
