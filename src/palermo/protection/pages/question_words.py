"""Questions by their codes, in words. The forms are data; a code without words shows as it is."""

from functools import cache

from palermo.protection.methods.forms import FORMS, load_form


@cache
def _known() -> dict[str, str]:
    return {question.code: question.text for name in reversed(FORMS) for question in load_form(name).questions}


def question_words(code: str) -> str:
    """A question as it is asked."""
    return _known().get(code, code.replace("_", " ").capitalize())
