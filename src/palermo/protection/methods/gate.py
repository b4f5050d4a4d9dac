"""When an element of the crime is indicated, and when that is a presumption: the low gate of the Protocol.

The ILO/EC rule asks for two to four indicators *of one dimension*. A short form has room for two or three questions a
dimension, and a frightened person answers few of them, so that the rule alone would miss most people. The Palermo
Protocol (article 3) asks only that there is *an* act, *a* means and a purpose, for which intent suffices. An element is
therefore **indicated** when the first of these holds:

===================== ========================================================================================
``dimension``         one of its dimensions is positive by the ILO/EC rule
``one_sign``          act and purpose: one yes to an item that names the act, or the purpose itself (the person
                      was handed over; is to beg for someone). That the exploitation has begun is not asked
``one_strong``        one strong indicator
``two_medium``        two medium ones, whatever their dimensions within the element
``one_of_few``        means and purpose: one medium indicator, while fewer than a third of the element's
                      indicators were asked without a yes: the rule counts on the whole list having been asked,
                      and on a short form one question stands for many
``implied``           act only: one strong or medium sign of deception or coercion at recruitment (nobody is
                      deceived in recruitment who was not recruited), or coercion at destination that is positive,
                      or has one strong or two medium (who is kept or hurt there was received or harboured)
===================== ========================================================================================

Vulnerability is not a means, its abuse is: the two dimensions of abuse of vulnerability count only when they are
positive by their own rule; hardship is common among those who were never trafficked. An adult is presumed on act,
means and purpose, a child on act and purpose (article 3(c)). All elements must meet in one form of exploitation.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from palermo.protection.methods.answers import Path
from palermo.vocabulary.indicators import Dimension, Element

POOLED_MEANS: Final = (
    Dimension.DECEPTIVE_RECRUITMENT,
    Dimension.COERCIVE_RECRUITMENT,
    Dimension.COERCION_AT_DESTINATION,
)
POOLED_PURPOSE: Final = (Dimension.EXPLOITATION,)
VULNERABILITY: Final = (
    Dimension.RECRUITMENT_BY_ABUSE_OF_VULNERABILITY,
    Dimension.ABUSE_OF_VULNERABILITY_AT_DESTINATION,
)
RECRUITMENT: Final = (Dimension.DECEPTIVE_RECRUITMENT, Dimension.COERCIVE_RECRUITMENT)
KEPT: Final = (Dimension.COERCION_AT_DESTINATION,)

ENOUGH: Final[Mapping[Element, int]] = {Element.ACT: 1, Element.MEANS: 3, Element.PURPOSE: 2}
"""How many items must be answered yes or no before "not indicated" is said of an element; our own choice."""


class ElementRule(StrEnum):
    """Why an element is indicated, or that it is not."""

    DIMENSION = "dimension"
    ONE_SIGN = "one_sign"
    ONE_STRONG = "one_strong"
    TWO_MEDIUM = "two_medium"
    ONE_OF_FEW = "one_of_few"
    IMPLIED = "implied"
    NOT_INDICATED = "not_indicated"


class Presumption(StrEnum):
    """The result of a screening. None of them closes a door."""

    PRESUMED = "presumed"
    NOT_INDICATED = "not_indicated_now"
    CANNOT_SAY = "cannot_say"


class Classification(StrEnum):
    """The ILO/EC classification, shown beside the presumption; it gates nothing."""

    TRAFFICKING = "trafficking"
    COERCED_EXPLOITATION = "exploitation_and_coercion"
    DECEPTION_AND_EXPLOITATION = "deception_and_exploitation"
    EXPLOITATION = "exploitation_only"
    NONE = "none"


def required(path: Path) -> tuple[Element, ...]:
    """The elements that a presumption needs."""
    return (Element.ACT, Element.PURPOSE) if path is Path.CHILD else (Element.ACT, Element.MEANS, Element.PURPOSE)


def asked_few(unconfirmed: int, indicators: int) -> bool:
    """Whether so few indicators of an element were asked that one yes stands for the others.

    Args:
        unconfirmed: how many were answered no or not known. A yes does not count: one more never harms.
        indicators: how many the element has, in the dimensions that count together.
    """
    return unconfirmed * 3 < indicators


def element_rules(
    counts: Mapping[Dimension, tuple[int, int, int]], positive: frozenset[Dimension], few: frozenset[Element]
) -> dict[Element, ElementRule]:
    """Which rule indicates each element.

    Args:
        counts: for each dimension the numbers of strong, medium and weak indicators that were answered with yes.
        positive: the dimensions that are positive by the ILO/EC rule.
        few: the elements of which few indicators were asked, see :func:`asked_few`.
    """
    return {
        Element.ACT: _act(counts, positive),
        Element.MEANS: _pooled(
            counts, POOLED_MEANS, positive & {*POOLED_MEANS, *VULNERABILITY}, few=Element.MEANS in few
        ),
        Element.PURPOSE: _purpose(counts, positive, few=Element.PURPOSE in few),
    }


def presumption(rules: Mapping[Element, ElementRule], answered: Mapping[Element, int], path: Path) -> Presumption:
    """Presumed if every required element is indicated; else whether enough was asked to say "not indicated now"."""
    lacking = [e for e in required(path) if rules[e] is ElementRule.NOT_INDICATED]
    if not lacking:
        return Presumption.PRESUMED
    asked = all(answered[element] >= ENOUGH[element] for element in lacking)
    return Presumption.NOT_INDICATED if asked else Presumption.CANNOT_SAY


def classification(positive: frozenset[Dimension], path: Path, *, act: bool) -> Classification:
    """ILO/EC 2009: trafficking is exploitation, coercion at destination and deceptive or coercive recruitment.

    For a child exploitation and an act suffice; means support.
    """
    if Dimension.EXPLOITATION not in positive:
        return Classification.NONE
    recruited = bool(positive & set(RECRUITMENT))
    if path is Path.CHILD and (act or recruited):
        return Classification.TRAFFICKING
    if Dimension.COERCION_AT_DESTINATION in positive:
        return Classification.TRAFFICKING if recruited else Classification.COERCED_EXPLOITATION
    deceived = Dimension.DECEPTIVE_RECRUITMENT in positive
    return Classification.DECEPTION_AND_EXPLOITATION if deceived else Classification.EXPLOITATION


def _act(counts: Mapping[Dimension, tuple[int, int, int]], positive: frozenset[Dimension]) -> ElementRule:
    if sum(counts[Dimension.ACT]):
        return ElementRule.ONE_SIGN
    recruited = any(counts[d][0] + counts[d][1] for d in RECRUITMENT)
    kept = _pooled(counts, KEPT, positive & set(KEPT), few=False) is not ElementRule.NOT_INDICATED
    return ElementRule.IMPLIED if recruited or kept else ElementRule.NOT_INDICATED


def _purpose(
    counts: Mapping[Dimension, tuple[int, int, int]], positive: frozenset[Dimension], *, few: bool
) -> ElementRule:
    if Dimension.EXPLOITATION in positive:
        return ElementRule.DIMENSION
    if sum(counts[Dimension.PURPOSE]):
        return ElementRule.ONE_SIGN
    return _pooled(counts, POOLED_PURPOSE, frozenset(), few=few)


def _pooled(
    counts: Mapping[Dimension, tuple[int, int, int]],
    dimensions: tuple[Dimension, ...],
    positive: frozenset[Dimension],
    *,
    few: bool,
) -> ElementRule:
    if positive:
        return ElementRule.DIMENSION
    if any(counts[d][0] for d in dimensions):
        return ElementRule.ONE_STRONG
    medium = sum(counts[d][1] for d in dimensions)
    if medium >= 2:
        return ElementRule.TWO_MEDIUM
    return ElementRule.ONE_OF_FEW if medium and few else ElementRule.NOT_INDICATED
