"""The indicators made ready for scoring: for each age path and form, what each item counts for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from palermo.protection.methods.answers import Path
from palermo.protection.methods.gate import POOLED_MEANS, POOLED_PURPOSE
from palermo.vocabulary.indicators import (
    FORMS,
    Dimension,
    Element,
    Indicator,
    load_indicators,
    scoring_indicators,
)

ELEMENT_OF: Mapping[Dimension, Element] = {
    Dimension.ACT: Element.ACT,
    Dimension.EXPLOITATION: Element.PURPOSE,
    Dimension.PURPOSE: Element.PURPOSE,
} | {d: Element.MEANS for d in Dimension if d not in {Dimension.ACT, Dimension.EXPLOITATION, Dimension.PURPOSE}}

DIMENSIONS = tuple(Dimension)
POOLS: Mapping[Element, tuple[Dimension, ...]] = {Element.MEANS: POOLED_MEANS, Element.PURPOSE: POOLED_PURPOSE}


@dataclass(frozen=True)
class Scheme:
    """What scoring needs, for one set of indicators.

    Attributes:
        items: every item that any profile scores, in order; the columns of the array path.
        table: for each path and form, for each dimension, the indicator of each item.
        generic: for each path, the items that speak for the purpose whatever the form: they tell no form.
        answering: for each path and element, the items whose answer tells something of the element.
        pools: for each path and form, the items of the dimensions that count together for means and for purpose.
    """

    items: tuple[str, ...]
    table: Mapping[tuple[Path, str], Mapping[Dimension, Mapping[str, Indicator]]]
    generic: Mapping[Path, frozenset[str]]
    answering: Mapping[tuple[Path, Element], frozenset[str]]
    pools: Mapping[tuple[Path, str, Element], frozenset[str]]


@cache
def default_scheme() -> Scheme:
    """The scheme of the indicators that ship with Palermo."""
    return make_scheme(load_indicators())


def make_scheme(indicators: Iterable[Indicator]) -> Scheme:
    """The scheme of these indicators, e.g. ``load_indicators(overrides=…)``."""
    table: dict[tuple[Path, str], dict[Dimension, dict[str, Indicator]]] = {
        (path, form): {dimension: {} for dimension in DIMENSIONS} for path in Path for form in FORMS
    }
    for (profile, dimension, item), indicator in scoring_indicators(indicators).items():
        age, _, form = profile.partition("_")
        table[Path(age), form][dimension][item] = indicator
    seen = dict.fromkeys(item for dims in table.values() for items in dims.values() for item in items)
    return Scheme(
        items=tuple(seen),
        table=table,
        generic={
            path: frozenset.intersection(*(_items(table[path, form], Element.PURPOSE) for form in FORMS))
            for path in Path
        },
        answering={
            (path, element): frozenset.union(*(_items(table[path, form], element) for form in FORMS))
            for path in Path
            for element in Element
        },
        pools={
            (path, form, element): frozenset(item for dimension in pooled for item in dims[dimension])
            for (path, form), dims in table.items()
            for element, pooled in POOLS.items()
        },
    )


def _items(dims: Mapping[Dimension, Mapping[str, Indicator]], element: Element) -> frozenset[str]:
    return frozenset(item for dimension in DIMENSIONS if ELEMENT_OF[dimension] is element for item in dims[dimension])
