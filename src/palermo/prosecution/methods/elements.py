"""The elements of trafficking in persons against one victim: held by evidence, missing, or not needed.

Protocol to Prevent, Suppress and Punish Trafficking in Persons (2000), Art. 3: (a) act, means and purpose together;
(b) the consent of the victim is irrelevant where any of the means has been used; (c) where the victim is a child the
act and the purpose suffice; (d) a child is a person under eighteen. CoE Convention (CETS 197), Art. 4, says the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Held(StrEnum):
    """How an element stands."""

    HELD = "held"
    MISSING = "missing"
    NOT_NEEDED = "not_needed"


class Consent(StrEnum):
    """What it is worth that somebody says the victim agreed."""

    NOT_RAISED = "not_raised"
    IRRELEVANT_CHILD = "irrelevant_child"
    IRRELEVANT_MEANS = "irrelevant_means"
    MEANS_MISSING = "means_missing"


@dataclass(frozen=True)
class Supported:
    """One item of evidence that is said to hold an element.

    Attributes:
        element: `act`, `means` or `purpose`.
        code: in what the element consists.
        item: the label of the item.
        usable: false for an item that was withdrawn, or that no court may be shown.
    """

    element: str
    code: str
    item: str
    usable: bool = True


@dataclass(frozen=True)
class ElementFinding:
    """How one element stands, with the items behind it."""

    element: str
    held: Held
    codes: tuple[str, ...]
    items: tuple[str, ...]
    why: str


@dataclass(frozen=True)
class Assessment:
    """The three elements against one victim.

    Attributes:
        complete: whether nothing is missing. It says nothing of how strong the evidence is: that is for a court.
    """

    act: ElementFinding
    means: ElementFinding
    purpose: ElementFinding
    consent: Consent
    complete: bool

    @property
    def findings(self) -> tuple[ElementFinding, ...]:
        """Act, means, purpose."""
        return (self.act, self.means, self.purpose)

    @property
    def missing(self) -> tuple[str, ...]:
        """Names of the elements that nothing holds yet."""
        return tuple(one.element for one in self.findings if one.held is Held.MISSING)


def assess(supports: Iterable[Supported], *, age: str, consent_claimed: bool = False) -> Assessment:
    """Put the items together.

    Args:
        supports: items with the element that each is said to hold.
        age: of the victim at the time: `adult`, `child` or `not_sure`. Not sure protects as a child, and proves
            nothing: the means, or the age, are still to be shown.
        consent_claimed: whether somebody says that the victim agreed.
    """
    told = list(supports)
    act, purpose = _find("act", told), _find("purpose", told)
    means = _find("means", told)
    if means.held is Held.MISSING and age == "child":
        means = ElementFinding("means", Held.NOT_NEEDED, (), (), "The victim is a child: Protocol, Art. 3(c).")
    elif means.held is Held.MISSING and age == "not_sure":
        why = (
            "Nothing usable holds it. It is not needed once it is shown that the victim was under 18 (Art. 3(c), (d))."
        )
        means = ElementFinding("means", Held.MISSING, (), (), why)
    complete = Held.MISSING not in (act.held, means.held, purpose.held)
    return Assessment(act, means, purpose, _consent(means, age, claimed=consent_claimed), complete)


def _find(element: str, told: list[Supported]) -> ElementFinding:
    mine = [one for one in told if one.element == element]
    usable = [one for one in mine if one.usable]
    codes, items = tuple(sorted({one.code for one in usable})), tuple(sorted({one.item for one in usable}))
    if usable:
        return ElementFinding(element, Held.HELD, codes, items, "")
    why = "Only items that a court may not be shown, or that were withdrawn." if mine else "Nothing holds it yet."
    return ElementFinding(element, Held.MISSING, (), (), why)


def _consent(means: ElementFinding, age: str, *, claimed: bool) -> Consent:
    if not claimed:
        return Consent.NOT_RAISED
    if age == "child":
        return Consent.IRRELEVANT_CHILD
    return Consent.IRRELEVANT_MEANS if means.held is Held.HELD else Consent.MEANS_MISSING
