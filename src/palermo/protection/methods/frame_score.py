"""Scores many people at once: counts by one matrix product, then the rules of ``gate`` over arrays."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from palermo.protection.methods.answers import Path
from palermo.protection.methods.dimension_rule import Counts, Flags, dimensions_positive
from palermo.protection.methods.gate import KEPT, POOLED_MEANS, RECRUITMENT, VULNERABILITY, ElementRule, required
from palermo.protection.methods.scheme import DIMENSIONS, ELEMENT_OF, Scheme
from palermo.protection.methods.screening import WEIGHTS
from palermo.vocabulary.indicators import FORMS, Dimension, Element, Indicator, Strength

NOT_ASKED, NOT_KNOWN, NO, YES = 0, 1, 2, 3
"""The codes of answers in the array path."""

Ints = npt.NDArray[np.int64]
AT: Final[Mapping[Dimension, int]] = {dimension: n for n, dimension in enumerate(DIMENSIONS)}
RULES: Final = tuple(ElementRule)
RULE: Final[Mapping[ElementRule, int]] = {rule: n for n, rule in enumerate(RULES)}
ELEMENTS: Final = tuple(Element)


@dataclass(frozen=True)
class Weights:
    """What to multiply the yes answers with, for one age path. Shapes: i items, f forms, d dimensions."""

    counts: npt.NDArray[np.float32]  # (i, f·d·3): ones where an item counts
    named: npt.NDArray[np.float32]  # (i, f): purpose items that tell the form
    answering: npt.NDArray[np.float32]  # (i, 3): items that tell of an element
    patterns: tuple[npt.NDArray[np.float64], ...]  # for each form (i, d): a power of two for each item
    indicators: tuple[tuple[tuple[Indicator, ...], ...], ...]  # for each form and dimension, in the order of bits

    @classmethod
    def of(cls, scheme: Scheme, path: Path) -> "Weights":
        at = {item: n for n, item in enumerate(scheme.items)}
        shape = (len(at), len(FORMS), len(DIMENSIONS), len(Strength))
        counts = np.zeros(shape, dtype=np.float32)
        named = np.zeros(shape[:2], dtype=np.float32)
        patterns = np.zeros((shape[1], shape[0], shape[2]))
        for f, form in enumerate(FORMS):
            for d, dimension in enumerate(DIMENSIONS):
                for bit, (item, indicator) in enumerate(scheme.table[path, form][dimension].items()):
                    counts[at[item], f, d, list(Strength).index(indicator.strength)] = 1
                    patterns[f, at[item], d] = 2.0**bit
                    if ELEMENT_OF[dimension] is Element.PURPOSE and item not in scheme.generic[path]:
                        named[at[item], f] = 1
        answering = np.zeros((len(at), len(ELEMENTS)), dtype=np.float32)
        for e, element in enumerate(ELEMENTS):
            answering[[at[item] for item in scheme.answering[path, element]], e] = 1
        indicators = tuple(tuple(tuple(scheme.table[path, form][d].values()) for d in DIMENSIONS) for form in FORMS)
        return cls(counts.reshape(len(at), -1), named, answering, tuple(patterns), indicators)


@dataclass(frozen=True)
class Result:
    """People by forms (p, f) or of the leading form (p, …)."""

    lead: Ints
    met: Flags  # (p, f)
    named: Flags  # (p, f)
    rules: npt.NDArray[np.uint8]  # (p, 3), codes of ElementRule
    positive: Flags  # (p, d)
    answered: Counts  # (p, 3)


def score(yes: npt.NDArray[np.float32], codes: npt.NDArray[np.uint8], weights: Weights, path: Path) -> Result:
    people = len(yes)
    counts = (yes @ weights.counts).astype(np.uint8).reshape(people, len(FORMS), len(DIMENSIONS), len(Strength))
    positive = dimensions_positive(counts[..., 0], counts[..., 1], counts[..., 2])
    positive[..., [AT[Dimension.ACT], AT[Dimension.PURPOSE]]] = False
    rules = np.stack([_act(counts, positive), _means(counts, positive), _purpose(counts, positive)], axis=-1)
    indicated = rules != RULE[ElementRule.NOT_INDICATED]
    met = indicated[..., [ELEMENTS.index(e) for e in required(path)]].all(axis=-1)
    named = (yes @ weights.named).astype(np.int64)
    means = [AT[d] for d in (*POOLED_MEANS, *VULNERABILITY)]
    weight = (counts[:, :, means].astype(np.int64).sum(axis=2) * list(WEIGHTS.values())).sum(axis=-1)
    rank = (((met * 4 + indicated.sum(axis=-1)) * 256 + named) * 1024 + weight) * 16 - np.arange(len(FORMS))
    lead = rank.argmax(axis=1) if people else np.zeros(0, dtype=np.int64)
    row = np.arange(people)
    told = (codes >= NO).astype(np.float32)
    answered = (told @ weights.answering).astype(np.uint8)
    return Result(lead, met, named > 0, rules[row, lead], positive[row, lead], answered)


def _act(counts: Counts, positive: Flags) -> npt.NDArray[np.uint8]:
    signs = _any(counts[:, :, AT[Dimension.ACT]])
    recruited = _any(counts[:, :, [AT[d] for d in RECRUITMENT], :2], (-1, -2))
    kept = _pooled(counts, KEPT, positive[:, :, AT[Dimension.COERCION_AT_DESTINATION]])
    implied = recruited | (kept != RULE[ElementRule.NOT_INDICATED])
    return _first_of(((signs, ElementRule.ONE_SIGN), (implied, ElementRule.IMPLIED)))


def _means(counts: Counts, positive: Flags) -> npt.NDArray[np.uint8]:
    return _pooled(counts, POOLED_MEANS, _any(positive[..., [AT[d] for d in (*POOLED_MEANS, *VULNERABILITY)]]))


def _purpose(counts: Counts, positive: Flags) -> npt.NDArray[np.uint8]:
    pooled = _pooled(counts, (Dimension.EXPLOITATION,), positive[:, :, AT[Dimension.EXPLOITATION]])
    signs = _any(counts[:, :, AT[Dimension.PURPOSE]])
    sign_first = signs & (pooled != RULE[ElementRule.DIMENSION])
    return np.where(sign_first, np.uint8(RULE[ElementRule.ONE_SIGN]), pooled).astype(np.uint8)


def _pooled(counts: Counts, dimensions: tuple[Dimension, ...], positive: Flags) -> npt.NDArray[np.uint8]:
    at = [AT[d] for d in dimensions]
    strong = _any(counts[:, :, at, 0])
    two_medium = counts[:, :, at, 1].sum(axis=-1, dtype=np.uint8) >= 2
    return _first_of(
        (
            (positive, ElementRule.DIMENSION),
            (strong, ElementRule.ONE_STRONG),
            (np.asarray(two_medium, dtype=np.bool_), ElementRule.TWO_MEDIUM),
        )
    )


def _any(array: npt.NDArray[Any], axis: int | tuple[int, int] = -1) -> Flags:
    return np.asarray(array.any(axis=axis), dtype=np.bool_)


def _first_of(cases: tuple[tuple[Flags, ElementRule], ...]) -> npt.NDArray[np.uint8]:
    rules = np.full(cases[0][0].shape, RULE[ElementRule.NOT_INDICATED], dtype=np.uint8)
    for holds, rule in reversed(cases):
        rules[holds] = RULE[rule]
    return rules
