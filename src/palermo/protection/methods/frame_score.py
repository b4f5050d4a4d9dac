"""Scores many people at once: counts by one matrix product, then the rules of ``gate`` over arrays."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from palermo.protection.methods.answers import Path
from palermo.protection.methods.dimension_rule import Counts, Flags, dimensions_positive
from palermo.protection.methods.gate import (
    KEPT,
    POOLED_MEANS,
    POOLED_PURPOSE,
    RECRUITMENT,
    VULNERABILITY,
    ElementRule,
    required,
)
from palermo.protection.methods.scheme import DIMENSIONS, ELEMENT_OF, POOLS, Scheme
from palermo.protection.methods.screening import WEIGHTS
from palermo.vocabulary.indicators import FORMS, Dimension, Element, Indicator, Strength

NOT_ASKED, NOT_KNOWN, NO, YES = 0, 1, 2, 3
"""The codes of answers in the array path."""

Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.uint8]
AT: Final[Mapping[Dimension, int]] = {dimension: n for n, dimension in enumerate(DIMENSIONS)}
RULES: Final = tuple(ElementRule)
RULE: Final[Mapping[ElementRule, int]] = {rule: n for n, rule in enumerate(RULES)}
ELEMENTS: Final = tuple(Element)


@dataclass(frozen=True)
class Weights:
    """What to multiply the yes answers with, for one age path. Shapes: i items, f forms, d dimensions."""

    counting: npt.NDArray[np.intp]  # which of the f·d·3 counts any item adds to: about half
    counts: npt.NDArray[np.float32]  # (len(counting), i): ones where an item counts
    named: npt.NDArray[np.float32]  # (f, i): purpose items that tell the form
    answering: npt.NDArray[np.float32]  # (3, i): items that tell of an element
    pools: Mapping[Element, npt.NDArray[np.float32]]  # for means and purpose (f, i): items that count together
    patterns: tuple[npt.NDArray[np.float64], ...]  # for each form (d, i): a power of two for each item
    indicators: tuple[tuple[tuple[Indicator, ...], ...], ...]  # for each form and dimension, in the order of bits

    @classmethod
    def of(cls, scheme: Scheme, path: Path) -> "Weights":
        at = {item: n for n, item in enumerate(scheme.items)}
        counts = np.zeros((len(FORMS), len(DIMENSIONS), len(Strength), len(at)), dtype=np.float32)
        named = np.zeros((len(FORMS), len(at)), dtype=np.float32)
        patterns = np.zeros((len(FORMS), len(DIMENSIONS), len(at)))
        for f, form in enumerate(FORMS):
            for d, dimension in enumerate(DIMENSIONS):
                for bit, (item, indicator) in enumerate(scheme.table[path, form][dimension].items()):
                    counts[f, d, list(Strength).index(indicator.strength), at[item]] = 1
                    patterns[f, d, at[item]] = 2.0**bit
                    if ELEMENT_OF[dimension] is Element.PURPOSE and item not in scheme.generic[path]:
                        named[f, at[item]] = 1
        answering = np.zeros((len(ELEMENTS), len(at)), dtype=np.float32)
        for e, element in enumerate(ELEMENTS):
            answering[e, [at[item] for item in scheme.answering[path, element]]] = 1
        pools = {element: np.zeros((len(FORMS), len(at)), dtype=np.float32) for element in POOLS}
        for element, pool in pools.items():
            for f, form in enumerate(FORMS):
                pool[f, [at[item] for item in scheme.pools[path, form, element]]] = 1
        indicators = tuple(tuple(tuple(scheme.table[path, form][d].values()) for d in DIMENSIONS) for form in FORMS)
        flat = counts.reshape(-1, len(at))
        counting = np.flatnonzero(flat.any(axis=1))
        return cls(counting, flat[counting], named, answering, pools, tuple(patterns), indicators)


@dataclass(frozen=True)
class Result:
    """People by forms (f, p), or of the leading form (…, p). People stand last, so that each rule runs over a row."""

    lead: Ints
    met: Flags  # (f, p)
    named: Flags  # (f, p)
    rules: Codes  # (3, p), codes of ElementRule
    positive: Flags  # (d, p)
    answered: Counts  # (3, p)


def score(codes: Codes, weights: Weights, path: Path) -> Result:
    """Scores people on one path.

    Args:
        codes: shape (items, people), answers as NOT_ASKED, NOT_KNOWN, NO or YES.
        weights: those of the path.
        path: by which elements a presumption is made.
    """
    people = codes.shape[1]
    yes = (codes == YES).astype(np.float32)
    flat = np.zeros((len(FORMS) * len(DIMENSIONS) * len(Strength), people), dtype=np.uint8)
    flat[weights.counting] = weights.counts @ yes
    counts = flat.reshape(len(FORMS), len(DIMENSIONS), len(Strength), people)
    positive = dimensions_positive(counts[:, :, 0], counts[:, :, 1], counts[:, :, 2])
    positive[:, [AT[Dimension.ACT], AT[Dimension.PURPOSE]]] = False
    few = _few(codes, weights)
    rules = (_act(counts, positive), _means(counts, positive, few), _purpose(counts, positive, few))
    indicated = [rule != RULE[ElementRule.NOT_INDICATED] for rule in rules]
    met = _any_of([~indicated[ELEMENTS.index(e)] for e in required(path)])
    np.logical_not(met, out=met)
    named = (weights.named @ yes).astype(np.int64)
    lead = _rank(counts, indicated, met, named).argmax(axis=0) if people else np.zeros(0, dtype=np.int64)
    row = np.arange(people)
    return Result(
        lead,
        met,
        np.asarray(named > 0, dtype=np.bool_),
        np.stack([rule[lead, row] for rule in rules]),
        np.asarray(positive[lead, :, row], dtype=np.bool_).T,
        _answered(codes, weights),
    )


def _rank(counts: Counts, indicated: list[Flags], met: Flags, named: Ints) -> Ints:
    # The tuple ``rank`` of the path for one person, packed into one number.
    elements = sum(flags.astype(np.int64) for flags in indicated)
    weight = np.zeros(met.shape, dtype=np.uint16)
    for dimension in (*POOLED_MEANS, *VULNERABILITY):
        for n, points in enumerate(WEIGHTS.values()):
            weight += counts[:, AT[dimension], n] * np.uint16(points)
    rank = ((((met * np.int64(2) + (named > 0)) * 4 + elements) * 256 + named) * 1024 + weight) * 16
    return np.asarray(rank - np.arange(len(FORMS))[:, None], dtype=np.int64)


def nothing_said(codes: Codes, weights: Weights) -> Result:
    """What :func:`score` gives people who answered nothing with yes, at the price of one small product."""
    people = codes.shape[1]
    return Result(
        lead=np.zeros(people, dtype=np.int64),
        met=np.zeros((len(FORMS), people), dtype=np.bool_),
        named=np.zeros((len(FORMS), people), dtype=np.bool_),
        rules=np.full((len(ELEMENTS), people), RULE[ElementRule.NOT_INDICATED], dtype=np.uint8),
        positive=np.zeros((len(DIMENSIONS), people), dtype=np.bool_),
        answered=_answered(codes, weights),
    )


def _answered(codes: Codes, weights: Weights) -> Counts:
    return (weights.answering @ (codes >= NO).astype(np.float32)).astype(np.uint8)


def _few(codes: Codes, weights: Weights) -> dict[Element, Flags]:
    unconfirmed = ((codes == NO) | (codes == NOT_KNOWN)).astype(np.float32)
    return {
        element: np.asarray((pool @ unconfirmed) * 3 < pool.sum(axis=1, keepdims=True), dtype=np.bool_)
        for element, pool in weights.pools.items()
    }


def _act(counts: Counts, positive: Flags) -> Codes:
    signs = _any_of(list(_each(counts, (Dimension.ACT,))))
    recruited = _any_of(list(_each(counts[:, :, :2], RECRUITMENT)))
    nobody = np.zeros(signs.shape, dtype=np.bool_)
    kept = _pooled(counts, KEPT, _positive_in(positive, KEPT), nobody) != RULE[ElementRule.NOT_INDICATED]
    return _first_of(((signs, ElementRule.ONE_SIGN), (recruited | kept, ElementRule.IMPLIED)))


def _means(counts: Counts, positive: Flags, few: Mapping[Element, Flags]) -> Codes:
    by_rule = _positive_in(positive, (*POOLED_MEANS, *VULNERABILITY))
    return _pooled(counts, POOLED_MEANS, by_rule, few[Element.MEANS])


def _purpose(counts: Counts, positive: Flags, few: Mapping[Element, Flags]) -> Codes:
    pooled = _pooled(counts, POOLED_PURPOSE, _positive_in(positive, POOLED_PURPOSE), few[Element.PURPOSE])
    signs = _any_of(list(_each(counts, (Dimension.PURPOSE,))))
    pooled[signs & (pooled != RULE[ElementRule.DIMENSION])] = RULE[ElementRule.ONE_SIGN]
    return pooled


def _positive_in(positive: Flags, dimensions: tuple[Dimension, ...]) -> Flags:
    return _any_of([positive[:, AT[d]] for d in dimensions])


def _pooled(counts: Counts, dimensions: tuple[Dimension, ...], by_rule: Flags, few: Flags) -> Codes:
    medium = np.zeros(by_rule.shape, dtype=np.uint8)
    for dimension in dimensions:
        medium += counts[:, AT[dimension], 1]
    return _first_of(
        (
            (by_rule, ElementRule.DIMENSION),
            (_any_of([counts[:, AT[d], 0] for d in dimensions]), ElementRule.ONE_STRONG),
            (np.asarray(medium >= 2, dtype=np.bool_), ElementRule.TWO_MEDIUM),
            (np.asarray((medium == 1) & few, dtype=np.bool_), ElementRule.ONE_OF_FEW),
        )
    )


def _each(counts: Counts, dimensions: tuple[Dimension, ...]) -> Iterator[Counts]:
    for dimension in dimensions:
        for n in range(counts.shape[2]):
            yield counts[:, AT[dimension], n]


def _any_of(arrays: Sequence[npt.NDArray[Any]]) -> Flags:
    found = np.zeros(arrays[0].shape, dtype=np.bool_)
    for array in arrays:
        found |= array.astype(np.bool_)
    return found


def _first_of(cases: tuple[tuple[Flags, ElementRule], ...]) -> Codes:
    rules = np.full(cases[0][0].shape, RULE[ElementRule.NOT_INDICATED], dtype=np.uint8)
    for holds, rule in reversed(cases):
        rules[holds] = RULE[rule]
    return rules
