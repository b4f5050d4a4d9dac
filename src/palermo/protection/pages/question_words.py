"""Questions and conditions by their codes, in words. The forms are data; a code without words shows as it is."""

from functools import cache
from typing import Any


@cache
def _known() -> tuple[dict[str, str], dict[str, str]]:
    try:
        from palermo.protection.methods.forms import load_form  # noqa: PLC0415 -- read when first needed
    except ImportError:
        return {}, {}
    questions: dict[str, str] = {}
    conditions: dict[str, str] = {}
    for name in ("interview", "intake"):
        form: Any = load_form(name)
        questions |= {code: question.text for code, question in form.by_code.items()}
        conditions |= {condition.code: condition.text for condition in form.conditions}
    return questions, conditions


def _plain(code: str) -> str:
    return code.replace("_", " ").capitalize()


def question_words(code: str) -> str:
    """A question as it is asked."""
    return _known()[0].get(code, _plain(code))


def condition_words(code: str) -> str:
    """A condition as it is read before the first question."""
    return _known()[1].get(code, _plain(code))
