"""A round's answers as the method wants them: two statements."""

from palermo.partnership.methods.responses import Asked, Responses, tally
from palermo.partnership.models import Answer, Round


def asked_in(round_: Round) -> list[Asked]:
    """The questions of a round in order."""
    return [Asked(one.code, one.kind, one.text, tuple(one.choices)) for one in round_.version.questions.all()]


def handed_in(round_: Round) -> dict[str, dict[str, tuple[str, str]]]:
    """Respondent → code → (value, evidence), of those who handed their answers in."""
    found: dict[str, dict[str, tuple[str, str]]] = {
        name: {}
        for name in round_.respondents.filter(submitted_at__isnull=False)
        .order_by("name")
        .values_list("name", flat=True)
    }
    rows = Answer.objects.filter(round=round_, respondent__submitted_at__isnull=False).values_list(
        "respondent__name", "question__code", "value", "evidence"
    )
    for name, code, value, evidence in rows:
        found[name][code] = (value, evidence)
    return found


def responses(round_: Round) -> Responses:
    """A round counted."""
    return tally(asked_in(round_), handed_in(round_), asked=round_.respondents.count())
