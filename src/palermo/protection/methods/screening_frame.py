"""The same screening for many people at once: counts by one matrix product, reasons by distinct patterns.

The result of each row equals :func:`palermo.protection.methods.screening.screen` of its answers; a test holds the two
together. Sentences are written once for each distinct pattern of yes answers in a dimension and looked up after that,
so that the cost of a million reasons is that of the few thousand different ones.
"""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import polars as pl

from palermo.protection.methods import sentences
from palermo.protection.methods.answers import ADULT_AT, Path
from palermo.protection.methods.dimension_rule import Counts, Flags
from palermo.protection.methods.frame_score import (
    AT,
    ELEMENTS,
    RULE,
    RULES,
    YES,
    Codes,
    Ints,
    Result,
    Weights,
    nothing_said,
    score,
)
from palermo.protection.methods.gate import ENOUGH, Classification, ElementRule, Presumption, required
from palermo.protection.methods.scheme import DIMENSIONS, ELEMENT_OF, Scheme
from palermo.protection.methods.screening import FORM_NOT_CLEAR
from palermo.vocabulary.indicators import FORMS, Dimension, Element

_COLUMNS = (
    "path",
    "presumption",
    "form",
    "forms",
    "act",
    "means",
    "purpose",
    "positive",
    "classification",
    "reasons",
    "missing",
)


@dataclass
class FrameScreener:
    """Screens batches of people; keeps the sentences that it has written for the batches to come."""

    scheme: Scheme
    _weights: dict[Path, Weights] = field(init=False)
    _written: dict[tuple[Path, int, int], dict[int, str]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._weights = {path: Weights.of(self.scheme, path) for path in Path}

    def screen(self, codes: Codes, ages: npt.NDArray[np.int16]) -> pl.DataFrame:
        """Screens one batch.

        Args:
            codes: shape (items, people), answers to ``scheme.items`` as NOT_ASKED, NOT_KNOWN, NO or YES.
            ages: shape (people,), years, −1 for not sure.

        Returns:
            One row for each person, in order: ``path presumption form forms act means purpose positive
            classification reasons missing``; lists are joined by ``;``. Advice follows from path and presumption.
        """
        child = (ages < ADULT_AT).astype(np.bool_)
        said = (codes == YES).any(axis=0)
        frames, rows = [], []
        for path, on_path in ((Path.ADULT, ~child), (Path.CHILD, child)):
            for screened, chosen in ((self._with_a_yes, on_path & said), (self._without, on_path & ~said)):
                where = np.flatnonzero(chosen)
                if len(where):
                    frames.append(screened(codes[:, where], path))
                    rows.append(where)
        if not frames:
            return self._without(codes, Path.ADULT)
        order = np.argsort(np.concatenate(rows), kind="stable")
        return pl.concat(frames)[order]

    def _with_a_yes(self, codes: Codes, path: Path) -> pl.DataFrame:
        result = score(codes, self._weights[path], path)
        reasons = self._reasons(np.asarray(codes == YES, dtype=np.bool_), result, path)
        return _verdict(result, path).insert_column(_COLUMNS.index("reasons"), reasons)

    def _without(self, codes: Codes, path: Path) -> pl.DataFrame:
        result = nothing_said(codes, self._weights[path])
        told = " ".join(sentences.element_sentence(e, ElementRule.NOT_INDICATED, path) for e in ELEMENTS)
        reasons = pl.Series("reasons", [told]).new_from_index(0, codes.shape[1])
        return _verdict(result, path).insert_column(_COLUMNS.index("reasons"), reasons)

    def _reasons(self, yes: Flags, result: Result, path: Path) -> pl.Series:
        # People with the same leading form share their dimensions' items, so each form is told by itself.
        parts, rows = [], []
        for form in range(len(FORMS)):
            where = np.flatnonzero(result.lead == form)
            if len(where):
                parts.append(self._reasons_of_form(yes[:, where], result.rules[:, where], path, form))
                rows.append(where)
        order = np.argsort(np.concatenate(rows), kind="stable")
        return pl.concat(parts)[order].alias("reasons")

    def _reasons_of_form(self, yes: Flags, rules: npt.NDArray[np.uint8], path: Path, form: int) -> pl.Series:
        patterns = (self._weights[path].patterns[form] @ yes.astype(np.float64)).astype(np.int64)
        told: list[pl.Series] = []
        for at, element in enumerate(ELEMENTS):
            told.append(_element_sentences(element, rules[at], path))
            told += [
                self._dimension_sentences(patterns[n], path, form, n)
                for n, dimension in enumerate(DIMENSIONS)
                if ELEMENT_OF[dimension] is element
            ]
        frame = pl.DataFrame({str(n): series for n, series in enumerate(told)})
        return frame.select(pl.concat_str(pl.all(), separator=" ", ignore_nulls=True)).to_series()

    def _dimension_sentences(self, patterns: Ints, path: Path, form: int, dimension: int) -> pl.Series:
        distinct, at = np.unique(patterns, return_inverse=True)
        known = self._written.setdefault((path, form, dimension), {})
        bits = [(1 << n, i) for n, i in enumerate(self._weights[path].indicators[form][dimension])]
        texts: list[str | None] = []
        for pattern in distinct.tolist():
            if not pattern:
                texts.append(None)
                continue
            text = known.get(pattern)
            if text is None:
                chosen = [indicator for bit, indicator in bits if pattern & bit]
                text = known[pattern] = sentences.dimension_sentence(DIMENSIONS[dimension], chosen)
            texts.append(text)
        return pl.Series(texts, dtype=pl.String)[at]


def _verdict(result: Result, path: Path) -> pl.DataFrame:
    people = len(result.lead)
    indicated = result.rules != RULE[ElementRule.NOT_INDICATED]
    needed = [ELEMENTS.index(e) for e in required(path)]
    lacking = ~indicated[needed]
    enough = result.answered[needed] >= np.array([[ENOUGH[ELEMENTS[n]]] for n in needed])
    verdict = np.where(~lacking.any(axis=0), 0, np.where((~lacking | enough).all(axis=0), 1, 2))
    named = np.where(result.named[result.lead, np.arange(people)], result.lead, len(FORMS))
    columns = {
        "path": pl.Series([path.value]).new_from_index(0, people),
        "presumption": _chosen([p.value for p in Presumption], verdict),
        "form": _chosen([*FORMS, FORM_NOT_CLEAR], named),
        "forms": _joined(FORMS, result.met & result.named),
        "positive": _joined([d.value for d in DIMENSIONS], result.positive),
        "classification": _classified(result, path),
        "missing": _missing(lacking & ~enough, result.answered[needed], [ELEMENTS[n] for n in needed]),
    }
    rules = [rule.value for rule in RULES]
    columns |= {element.value: _chosen(rules, result.rules[n]) for n, element in enumerate(ELEMENTS)}
    return pl.DataFrame({name: columns[name] for name in _COLUMNS if name in columns})


def _chosen(texts: list[str], at: npt.NDArray[np.integer]) -> pl.Series:
    return pl.Series(texts, dtype=pl.String)[at]


def _joined(names: tuple[str, ...] | list[str], flags: Flags) -> pl.Series:
    pattern = (1 << np.arange(len(names))) @ flags
    distinct, at = np.unique(pattern, return_inverse=True)
    return _chosen([";".join(n for b, n in enumerate(names) if p >> b & 1) for p in distinct.tolist()], at)


def _element_sentences(element: Element, rules: npt.NDArray[np.uint8], path: Path) -> pl.Series:
    distinct, at = np.unique(rules, return_inverse=True)
    return _chosen([sentences.element_sentence(element, RULES[n], path) for n in distinct.tolist()], at)


def _missing(short: Flags, answered: Counts, elements: list[Element]) -> pl.Series:
    # A number of answers matters only where it is too small: 255 marks the others.
    key = (256 ** np.arange(len(elements))) @ np.where(short, answered, np.uint8(255)).astype(np.int64)
    distinct, at = np.unique(key, return_inverse=True)
    texts = []
    for code in distinct.tolist():
        numbers = [(element, code >> 8 * n & 255) for n, element in enumerate(elements)]
        texts.append(sentences.missing_sentence((e, n) for e, n in numbers if n < 255))
    return _chosen(texts, at)


def _classified(result: Result, path: Path) -> pl.Series:
    flag = {d: result.positive[n] for d, n in AT.items()}
    recruited = flag[Dimension.DECEPTIVE_RECRUITMENT] | flag[Dimension.COERCIVE_RECRUITMENT]
    coerced, exploited = flag[Dimension.COERCION_AT_DESTINATION], flag[Dimension.EXPLOITATION]
    act = result.rules[ELEMENTS.index(Element.ACT)] != RULE[ElementRule.NOT_INDICATED]
    trafficked = recruited | act if path is Path.CHILD else recruited & coerced
    names = [c.value for c in Classification]
    kinds = np.select([~exploited, trafficked, coerced, flag[Dimension.DECEPTIVE_RECRUITMENT]], [4, 0, 1, 2], default=3)
    return _chosen(names, kinds)
