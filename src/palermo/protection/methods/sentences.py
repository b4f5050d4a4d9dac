"""A screening's reasons as sentences, in plain English (strings are data: whoever shows them translates them)."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Final

from palermo.protection.methods.answers import Path
from palermo.protection.methods.dimension_rule import dimension_rule
from palermo.protection.methods.gate import ENOUGH, ElementRule, Presumption
from palermo.vocabulary.indicators import Dimension, Element, Indicator, Strength, StrengthBasis

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")

_DIMENSIONS: Final[Mapping[Dimension, str]] = {
    Dimension.DECEPTIVE_RECRUITMENT: "Deceptive recruitment",
    Dimension.COERCIVE_RECRUITMENT: "Coercive recruitment",
    Dimension.RECRUITMENT_BY_ABUSE_OF_VULNERABILITY: "Recruitment by abuse of vulnerability",
    Dimension.EXPLOITATION: "Exploitation",
    Dimension.COERCION_AT_DESTINATION: "Coercion at destination",
    Dimension.ABUSE_OF_VULNERABILITY_AT_DESTINATION: "Abuse of vulnerability at destination",
}

_ELEMENTS: Final[Mapping[tuple[Element, ElementRule], str]] = {
    (Element.ACT, ElementRule.ONE_SIGN): "An act is indicated: one sign of it suffices.",
    (Element.ACT, ElementRule.IMPLIED): "An act is implied: who was deceived or coerced was recruited or received.",
    (Element.ACT, ElementRule.NOT_INDICATED): "No act is indicated so far.",
    (Element.MEANS, ElementRule.DIMENSION): "Means are indicated: a dimension is positive.",
    (
        Element.MEANS,
        ElementRule.ONE_STRONG,
    ): "Means are indicated by one strong indicator, though no dimension is positive.",
    (
        Element.MEANS,
        ElementRule.TWO_MEDIUM,
    ): "Means are indicated by two medium indicators, though no dimension is positive.",
    (Element.MEANS, ElementRule.ONE_OF_FEW): "Means are indicated by one medium indicator, since few were asked.",
    (Element.MEANS, ElementRule.NOT_INDICATED): "No means are indicated so far.",
    (Element.PURPOSE, ElementRule.DIMENSION): "A purpose is indicated: exploitation is positive.",
    (Element.PURPOSE, ElementRule.ONE_SIGN): "A purpose is indicated: one sign of it suffices, it need not have begun.",
    (Element.PURPOSE, ElementRule.ONE_STRONG): "A purpose is indicated by one strong indicator of exploitation.",
    (Element.PURPOSE, ElementRule.TWO_MEDIUM): "A purpose is indicated by two medium indicators of exploitation.",
    (Element.PURPOSE, ElementRule.ONE_OF_FEW): "A purpose is indicated by one medium indicator of exploitation, "
    "since few were asked.",
    (Element.PURPOSE, ElementRule.NOT_INDICATED): "No purpose is indicated so far.",
}
_CHILD_MEANS = "Means are not needed for a child (Palermo Protocol, article 3(c))."

_ADVICE: Final[Mapping[Presumption, str]] = {
    Presumption.PRESUMED: "Treat the person as a presumed victim now: protection and referral come first, the full "
    "interview can wait. A person confirms or overrides this, with a reason.",
    Presumption.NOT_INDICATED: "This is not a finding that the person was not trafficked. Tell them where help is to "
    "be had, refer anyway if you are worried, and ask again before a transfer, a decision or a birthday at 18.",
    Presumption.CANNOT_SAY: "Too little was asked or known. Go on when the person is ready, with another interviewer "
    "or interpreter if they wish; refer anyway if you are worried.",
}
_CHILD_ADVICE = " Tell the child-protection agency and ask for a guardian today."


def dimension_sentence(dimension: Dimension, yes: Sequence[Indicator]) -> str:
    """Why a dimension is or is not positive; ``yes`` are its indicators that were answered with yes (at least one)."""
    strong = medium = weak = 0
    labels = []
    for indicator in yes:
        strong += indicator.strength is Strength.STRONG
        medium += indicator.strength is Strength.MEDIUM
        weak += indicator.strength is Strength.WEAK
        assumed = indicator.strength_basis is StrengthBasis.ASSUMED
        labels.append(f"{indicator.label} (strength assumed)" if assumed else indicator.label)
    return f"{_opening(dimension, strong, medium, weak)}: {'; '.join(labels)}."


@cache
def _opening(dimension: Dimension, strong: int, medium: int, weak: int) -> str:
    if dimension is Dimension.ACT:
        return "Signs of an act"
    if dimension is Dimension.PURPOSE:
        return "Signs of a purpose"
    name, what = _DIMENSIONS[dimension], _counted((strong, medium, weak))
    if dimension_rule(strong, medium, weak):
        return f"{name} is positive because of {what}"
    return f"{name} is not positive, it has {what}"


def element_sentence(element: Element, rule: ElementRule, path: Path) -> str:
    """Whether and by which rule an element is indicated."""
    if element is Element.MEANS and path is Path.CHILD:
        return _CHILD_MEANS
    return _ELEMENTS[element, rule]


def missing_sentence(lacking: Iterable[tuple[Element, int]]) -> str:
    """What was asked too little: elements that are not indicated, with how many of their items were answered."""
    return " ".join(
        f"On the {element} {_number(answered)} answer{'' if answered == 1 else 's'} of yes or no, "
        f"at least {_number(ENOUGH[element])} needed."
        for element, answered in lacking
    )


def advice(result: Presumption, path: Path) -> str:
    """What to do now; no result closes a door."""
    return _ADVICE[result] + (_CHILD_ADVICE if path is Path.CHILD and result is Presumption.PRESUMED else "")


def _counted(counts: Sequence[int]) -> str:
    parts = [f"{_number(n)} {strength}" for n, strength in zip(counts, Strength, strict=True) if n]
    words = " and ".join(parts) if len(parts) < 3 else f"{', '.join(parts[:-1])} and {parts[-1]}"
    return f"{words} indicator{'' if parts[-1].startswith('one ') else 's'}"


def _number(n: int) -> str:
    return _NUMBERS[n] if n < len(_NUMBERS) else str(n)
