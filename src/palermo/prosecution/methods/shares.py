"""Exact shares of whole units in plain Python, for the few parties of an order: largest remainder, nothing lost."""

from collections.abc import Mapping

from palermo.vocabulary.errors import Refusal


def shared(amount: int, weights: Mapping[str, int]) -> dict[str, int]:
    """Split `amount` in proportion to whole weights; units left over go to the largest remainders, then by name.

    Args:
        amount: minor units, not negative.
        weights: by party, not negative.

    Returns:
        Parts that sum to `amount` exactly (or all nought if every weight is).

    Raises:
        Refusal: a negative amount or weight.
    """
    if amount < 0 or any(weight < 0 for weight in weights.values()):
        raise Refusal("Nothing negative can be shared.", remedy="Give amounts without a sign.")
    total = sum(weights.values())
    if not total:
        return dict.fromkeys(weights, 0)
    parts = {name: amount * weight // total for name, weight in weights.items()}
    order = sorted(weights, key=lambda name: (-(amount * weights[name] % total), name))
    for name in order[: amount - sum(parts.values())]:
        parts[name] += 1
    return parts


def shared_within(amount: int, caps: Mapping[str, int], weights: Mapping[str, int] | None = None) -> dict[str, int]:
    """As `shared`, but nobody gets more than the cap; what one cannot take goes to the others by the same weights.

    Args:
        amount: minor units; what is beyond all caps is not given out.
        caps: the most that each may get.
        weights: by what to share; the caps themselves if not given.
    """
    weights = dict(caps if weights is None else weights)
    given = dict.fromkeys(caps, 0)
    left = min(amount, sum(caps[name] for name in caps if weights[name] > 0))
    open_to = {name for name in caps if caps[name] > 0 and weights[name] > 0}
    while left > 0 and open_to:
        turn = shared(left, {name: weights[name] for name in sorted(open_to)})
        for name, part in turn.items():
            taken = min(part, caps[name] - given[name])
            given[name] += taken
            left -= taken
        open_to = {name for name in open_to if given[name] < caps[name]}
    return given
