"""After a short form: who is offered the long interview. Sixteen questions find signs; they cannot weigh them."""

from collections.abc import Mapping
from dataclasses import dataclass

from palermo.protection.methods.answers import Answer
from palermo.protection.methods.gate import ElementRule, Presumption
from palermo.protection.methods.screening import Screening
from palermo.vocabulary.indicators import Element

#: So many yes call for the interview, whatever they are about; our own choice, measured by the demonstration.
SIGNS = 2


@dataclass(frozen=True, slots=True)
class NextStep:
    """What is advised after a form, and why; a person decides, and the interview may always be offered."""

    interview: bool
    reason: str


def next_step(result: Screening, answers: Mapping[str, Answer | str]) -> NextStep:
    """Whether the long interview is advised after a short form.

    Args:
        result: of the short form.
        answers: to its questions.

    It is advised where nothing is presumed yet and a means or a purpose is indicated, or two answers are yes, or too
    little was answered to say anything.
    """
    if result.presumption is Presumption.PRESUMED:
        return NextStep(interview=False, reason="Presumed already: protection first; the interview can wait.")
    for element in (Element.PURPOSE, Element.MEANS):
        if result.elements[element] is not ElementRule.NOT_INDICATED:
            return NextStep(interview=True, reason=f"There is a sign of the {element.value}.")
    signs = sum(answer == Answer.YES for answer in answers.values())
    if signs >= SIGNS:
        return NextStep(interview=True, reason=f"{signs} answers are yes.")
    if result.presumption is Presumption.CANNOT_SAY:
        return NextStep(interview=True, reason="Too little was answered to say anything.")
    return NextStep(interview=False, reason="No sign that calls for it today; the person may come back at any time.")
