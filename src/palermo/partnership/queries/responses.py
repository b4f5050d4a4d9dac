"""A round's answers as the method wants them: two statements."""

from collections.abc import Mapping

from palermo.partnership.methods.responses import Asked, Responses, Who, tally
from palermo.partnership.models import Answer, Round


def asked_in(round_: Round) -> list[Asked]:
    """The questions of a round in order."""
    return [Asked(one.code, one.kind, one.text, tuple(one.choices)) for one in round_.version.questions.all()]


def handed_in(round_: Round) -> dict[Who, dict[str, tuple[str, str]]]:
    """Respondent → code → (value, evidence), of those who handed their answers in."""
    submitted = round_.respondents.filter(submitted_at__isnull=False)
    found: dict[Who, dict[str, tuple[str, str]]] = {
        who: {} for who in submitted.order_by("name", "kind").values_list("kind", "name")
    }
    rows = Answer.objects.filter(round=round_, respondent__submitted_at__isnull=False).values_list(
        "respondent__kind", "respondent__name", "question__code", "value", "evidence"
    )
    for kind, name, code, value, evidence in rows:
        found[kind, name][code] = (value, evidence)
    return found


def responses(round_: Round, answers: Mapping[Who, Mapping[str, tuple[str, str]]] | None = None) -> Responses:
    """A round counted.

    Args:
        answers: those handed in, where the caller has them already.
    """
    given = handed_in(round_) if answers is None else answers
    return tally(asked_in(round_), given, asked=round_.respondents.count())
