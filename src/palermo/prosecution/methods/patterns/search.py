"""All kinds of patterns over one ledger."""

from collections.abc import Callable, Iterable
from functools import cache, partial

import polars as pl

from palermo.prosecution.methods.ledger import Ledger
from palermo.prosecution.methods.minor_units import exponent
from palermo.prosecution.methods.patterns.cycles import cycles
from palermo.prosecution.methods.patterns.fans import fans, structuring
from palermo.prosecution.methods.patterns.flow import funnels, pass_through, pay_leaves
from palermo.prosecution.methods.patterns.found import KINDS, Pattern, known_kinds
from palermo.prosecution.methods.patterns.graph import graph
from palermo.prosecution.methods.patterns.scatter import scatter_gather
from palermo.prosecution.methods.patterns.shared import shared_identifiers


def find_patterns(
    ledger: Ledger,
    *,
    kinds: Iterable[str] = tuple(KINDS),
    threshold: int | None = None,
    holders: pl.DataFrame | None = None,
) -> dict[str, list[Pattern]]:
    """Every pattern of the given kinds, with the parameters that the red flags name.

    Args:
        ledger: movements of one currency.
        kinds: keys of `KINDS`.
        threshold: the reporting duty in minor units, which is national; 10,000 of the currency if not given.
        holders: see `shared_identifiers`; without it that kind finds nothing.

    Raises:
        Refusal: a kind that does not exist.
    """
    limit = 10_000 * 10 ** exponent(ledger.currency) if threshold is None else threshold
    paths = cache(partial(graph, ledger))
    searches: dict[str, Callable[[], list[Pattern]]] = {
        "cycle": lambda: cycles(ledger, paths()).patterns,
        "scatter-gather": lambda: scatter_gather(ledger, paths()),
        "fan-in": lambda: fans(ledger, into=True),
        "fan-out": lambda: fans(ledger, into=False),
        "pass-through": lambda: pass_through(ledger),
        "funnel": lambda: funnels(ledger, threshold=limit),
        "structuring": lambda: structuring(ledger, threshold=limit),
        "pay-leaves": lambda: pay_leaves(ledger),
        "shared-identifier": lambda: shared_identifiers(ledger, holders) if holders is not None else [],
    }
    return {kind: searches[kind]() for kind in known_kinds(kinds)}
