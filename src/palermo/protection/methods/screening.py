"""One person's answers become a presumption with its reasons; a person decides."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from palermo.protection.methods import sentences
from palermo.protection.methods.answers import Answer, Path, path_of
from palermo.protection.methods.dimension_rule import dimension_rule
from palermo.protection.methods.gate import (
    ENOUGH,
    POOLED_MEANS,
    VULNERABILITY,
    Classification,
    ElementRule,
    Presumption,
    asked_few,
    classification,
    element_rules,
    presumption,
    required,
)
from palermo.protection.methods.scheme import DIMENSIONS, ELEMENT_OF, POOLS, Scheme, default_scheme
from palermo.vocabulary.errors import Refusal
from palermo.vocabulary.indicators import FORMS, Dimension, Element, Indicator, Strength, StrengthBasis

FORM_NOT_CLEAR = "not_clear"
WEIGHTS: Mapping[Strength, int] = {Strength.STRONG: 3, Strength.MEDIUM: 2, Strength.WEAK: 1}
"""Only to choose which form is told first; a presumption never rests on a sum."""


@dataclass(frozen=True, slots=True)
class Screening:
    """The result of one screening.

    Attributes:
        path: adult or child.
        presumption: presumed, not indicated now, or cannot say.
        form: the form of exploitation that the answers point to most; ``not_clear`` if they name none.
        forms: every form whose gate is met and that an answer names.
        elements: by which rule each element is indicated, for ``form``.
        positive: the dimensions that are positive by the ILO/EC rule, for ``form``.
        classification: the ILO/EC classification, which gates nothing.
        reasons: sentences, first of the act, then means, then purpose.
        counted: the indicators that were answered with yes, in the order of the reasons; each has its source and how
            well that was read.
        assumed: the labels of indicators counted whose strength is assumed.
        missing: what was asked too little, in sentences; empty if enough was.
        advice: what to do now.
    """

    path: Path
    presumption: Presumption
    form: str
    forms: tuple[str, ...]
    elements: Mapping[Element, ElementRule]
    positive: tuple[Dimension, ...]
    classification: Classification
    reasons: tuple[str, ...]
    counted: tuple[Indicator, ...]
    assumed: tuple[str, ...]
    missing: str
    advice: str


@dataclass(frozen=True, slots=True)
class _FormResult:
    yes: Mapping[Dimension, tuple[Indicator, ...]]
    positive: frozenset[Dimension]
    rules: Mapping[Element, ElementRule]
    named: int
    met: bool
    rank: tuple[bool, bool, int, int, int, int]


def screen(answers: Mapping[str, Answer | str], *, age: int | None, scheme: Scheme | None = None) -> Screening:
    """Screens one person.

    Args:
        answers: the answer to each item by its code; items that are left out were not asked.
        age: in years; None if not sure, which is screened as a child.
        scheme: the indicators to score by; Palermo's own if None.

    Raises:
        Refusal: an item, an answer or an age that does not exist.
    """
    scheme = scheme or default_scheme()
    path = path_of(age)
    given = _checked(answers, scheme)
    yes = {item for item, answer in given.items() if answer is Answer.YES}
    told = {item for item, answer in given.items() if answer in (Answer.YES, Answer.NO)}
    answered = {element: len(told & scheme.answering[path, element]) for element in Element}
    unconfirmed = {item for item, answer in given.items() if answer in (Answer.NO, Answer.NOT_KNOWN)}
    results = {form: _score(yes, unconfirmed, path, form, scheme) for form in FORMS}
    form = max(results, key=lambda f: results[f].rank)
    lead = results[form]
    result = presumption(lead.rules, answered, path)
    lacking = [(e, answered[e]) for e in required(path) if lead.rules[e] is ElementRule.NOT_INDICATED]
    return Screening(
        path=path,
        presumption=result,
        form=form if lead.named else FORM_NOT_CLEAR,
        forms=tuple(f for f in FORMS if results[f].met and results[f].named),
        elements=lead.rules,
        positive=tuple(d for d in DIMENSIONS if d in lead.positive),
        classification=classification(
            lead.positive, path, act=lead.rules[Element.ACT] is not ElementRule.NOT_INDICATED
        ),
        reasons=tuple(_reasons(lead, path)),
        counted=tuple(_counted(lead)),
        assumed=tuple(i.label for d in DIMENSIONS for i in lead.yes[d] if i.strength_basis is StrengthBasis.ASSUMED),
        missing=sentences.missing_sentence((e, n) for e, n in lacking if n < ENOUGH[e]),
        advice=sentences.advice(result, path),
    )


def _checked(answers: Mapping[str, Answer | str], scheme: Scheme) -> dict[str, Answer]:
    known = set(scheme.items)
    checked = {}
    for item, answer in answers.items():
        if item not in known:
            raise Refusal(
                f"Unknown item {item!r}.", where="answers", remedy="See vocabulary/data/items.tsv for the codes."
            )
        try:
            checked[item] = Answer(answer)
        except ValueError as error:
            raise Refusal(
                f"Unknown answer {answer!r}.", where=f"answers, {item}", remedy=f"Expected {', '.join(Answer)}."
            ) from error
    return checked


def _score(yes: set[str], unconfirmed: set[str], path: Path, form: str, scheme: Scheme) -> _FormResult:
    table = scheme.table[path, form]
    said = {d: tuple(i for item, i in table[d].items() if item in yes) for d in DIMENSIONS}
    counts = {d: _counts(said[d]) for d in DIMENSIONS}
    # Act and purpose name the element itself: there is nothing to weigh.
    positive = frozenset(
        d for d in DIMENSIONS if d not in (Dimension.ACT, Dimension.PURPOSE) and dimension_rule(*counts[d])
    )
    pools = {element: scheme.pools[path, form, element] for element in POOLS}
    few = frozenset(e for e, items in pools.items() if asked_few(len(items & unconfirmed), len(items)))
    rules = element_rules(counts, positive, few)
    purpose = {i.item for d in (Dimension.EXPLOITATION, Dimension.PURPOSE) for i in said[d]}
    named = len(purpose - scheme.generic[path])
    met = all(rules[e] is not ElementRule.NOT_INDICATED for e in required(path))
    indicated = sum(rule is not ElementRule.NOT_INDICATED for rule in rules.values())
    weight = sum(WEIGHTS[i.strength] for d in (*POOLED_MEANS, *VULNERABILITY) for i in said[d])
    rank = (met, named > 0, indicated, named, weight, -FORMS.index(form))
    return _FormResult(said, positive, rules, named, met, rank)


def _counts(indicators: tuple[Indicator, ...]) -> tuple[int, int, int]:
    strong, medium, weak = (sum(i.strength is strength for i in indicators) for strength in Strength)
    return strong, medium, weak


def _counted(lead: _FormResult) -> Iterator[Indicator]:
    for element in Element:
        for dimension in DIMENSIONS:
            if ELEMENT_OF[dimension] is element:
                yield from lead.yes[dimension]


def _reasons(lead: _FormResult, path: Path) -> list[str]:
    reasons = []
    for element in Element:
        reasons.append(sentences.element_sentence(element, lead.rules[element], path))
        reasons += [
            sentences.dimension_sentence(d, lead.yes[d]) for d in DIMENSIONS if ELEMENT_OF[d] is element and lead.yes[d]
        ]
    return reasons
