"""Questions and conditions by their codes, in words. The forms are data; a code without words shows as it is."""

from functools import cache

from palermo.protection.methods.forms import FORMS, load_conditions, load_form


@cache
def _known() -> tuple[dict[str, str], dict[str, str]]:
    questions = {question.code: question.text for name in reversed(FORMS) for question in load_form(name).questions}
    return questions, {condition.code: condition.text for condition in load_conditions()}


def _plain(code: str) -> str:
    return code.replace("_", " ").capitalize()


def question_words(code: str) -> str:
    """A question as it is asked."""
    return _known()[0].get(code, _plain(code))


def condition_words(code: str) -> str:
    """A condition as it is read before the first question."""
    return _known()[1].get(code, _plain(code))
