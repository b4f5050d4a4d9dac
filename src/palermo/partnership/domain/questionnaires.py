"""Questionnaires: written, fixed, sent, answered at the desk."""

import datetime as dt
import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction
from django.db.models import Max

from palermo.office import clock
from palermo.office.domain.acting import log
from palermo.office.domain.rights import allow, require
from palermo.office.models import Member
from palermo.partnership.domain.clearing import DESK
from palermo.partnership.domain.kept import check, keep, own, save
from palermo.partnership.enums import QuestionKind
from palermo.partnership.models import (
    Answer,
    Event,
    Question,
    Questionnaire,
    QuestionnaireVersion,
    Respondent,
    Round,
)
from palermo.vocabulary.errors import Refusal

WRITE = allow("partnership.write_questionnaire", *DESK)
QUESTION = allow("partnership.add_question", *DESK)
RENEW = allow("partnership.new_version", *DESK)
OPEN = allow("partnership.open_round", *DESK)
ASK = allow("partnership.ask_respondent", *DESK)
LINK = allow("partnership.make_link", *DESK)
ANSWER = allow("partnership.answer_questionnaire", *DESK)

MOST_VALUE, MOST_EVIDENCE = 4000, 500
#: Names of the form's own fields; a double hyphen stands before what belongs to a question (pages/answer_form.py).
RESERVED = {"held", "hand_in", "csrfmiddlewaretoken"}


@transaction.atomic
def write_questionnaire(*, member: Member, title: str, purpose: str, **values: Any) -> Questionnaire:
    """Begin a questionnaire with its first version, still empty."""
    require(member, WRITE)
    made = keep(Questionnaire, member=member, values={"title": title, "purpose": purpose, **values})
    save(QuestionnaireVersion(questionnaire=made, number=1))
    log(WRITE, object_id=made.id)
    return made


@transaction.atomic
def add_question(
    *,
    member: Member,
    version: QuestionnaireVersion,
    code: str,
    kind: str,
    text: str,
    choices: Sequence[str] = (),
    **values: Any,
) -> Question:
    """Add a question to the end of a version that was not sent yet.

    Raises:
        Refusal: the version was sent; a choice without choices.
    """
    require(member, QUESTION)
    own(version.questionnaire, member=member, verb=QUESTION)
    if version.fixed_at:
        raise Refusal("this version was sent", where="version", remedy="Make a new version and change that.")
    if code in RESERVED or "--" in code:
        raise Refusal(f"“{code}” is taken by the form itself", where="code", remedy="Choose another.")
    options = [one.strip() for one in choices if one.strip()]
    if (kind == QuestionKind.CHOICE) != (len(options) > 1):
        raise Refusal(
            "a choice has two answers or more, and no other kind has any", where="choices", remedy="One a line."
        )
    last = version.questions.aggregate(last=Max("order"))["last"] or 0
    question = Question(
        questionnaire_id=version.questionnaire_id,
        version=version,
        order=last + 1,
        code=code,
        kind=kind,
        text=text,
        choices=options,
        **values,
    )
    check(question)
    log(QUESTION, object_id=version.questionnaire_id)
    return save(question, twice=f"there is a question “{code}” already")


@transaction.atomic
def new_version(*, member: Member, questionnaire: Questionnaire) -> QuestionnaireVersion:
    """Make the next version with the questions of the last; their codes stay, so that rounds compare."""
    require(member, RENEW)
    own(questionnaire, member=member, verb=RENEW)
    last = questionnaire.versions.first()
    if last is None or last.fixed_at is None:
        raise Refusal("the last version was not sent yet", where="version", remedy="Change that one.")
    made = save(QuestionnaireVersion(questionnaire=questionnaire, number=last.number + 1))
    names = ("order", "code", "kind", "text", "help", "choices", "wants_evidence")
    Question.objects.bulk_create(
        Question(questionnaire=questionnaire, version=made, **{name: getattr(one, name) for name in names})
        for one in last.questions.all()
    )
    log(RENEW, object_id=questionnaire.id, number=made.number)
    return made


@transaction.atomic
def open_round(
    *,
    member: Member,
    version: QuestionnaireVersion,
    title: str,
    closes_on: dt.date,
    opens_on: dt.date | None = None,
    event: Event | None = None,
) -> Round:
    """Send a version out: from now on its questions do not change. The round is as open as its questionnaire."""
    require(member, OPEN)
    own(version.questionnaire, member=member, verb=OPEN)
    if not version.questions.exists():
        raise Refusal("there is no question yet", where="version", remedy="Add at least one.")
    opens = opens_on or clock.now().date()
    if closes_on < opens:
        raise Refusal("it closes before it opens", where="closes_on", remedy="Give a later day.")
    asked = version.questionnaire
    given = {"questionnaire": asked, "version": version, "title": title, "event": event}
    given |= {"clearance": asked.clearance, "readers": asked.readers}
    made = keep(Round, member=member, values={**given, "opens_on": opens, "closes_on": closes_on})
    if version.fixed_at is None:
        version.fixed_at = clock.now()
        version.save(update_fields=["fixed_at"])
    log(OPEN, object_id=made.id)
    return made


@transaction.atomic
def ask_respondent(*, member: Member, round_: Round, kind: str, name: str, state: str = "") -> Respondent:
    """Put a State, an organisation, a facility or a participant on the list of those asked."""
    require(member, ASK)
    own(round_, member=member, verb=ASK)
    row = Respondent(round=round_, kind=kind, name=name.strip(), state=state)
    check(row)
    log(ASK, object_id=round_.id, row=str(row.id))
    return save(row, twice=f"{name} is asked already")


@dataclass(frozen=True)
class LinkAndCode:
    """What is handed over, each by its own way. Neither is kept; only their hashes are."""

    token: str
    code: str


def hash_of(*parts: str) -> bytes:
    """SHA-256 of the token, or of token and code."""
    return hashlib.sha256("\n".join(parts).encode()).digest()


@transaction.atomic
def make_link(*, member: Member, respondent: Respondent) -> LinkAndCode:
    """Make the link and the code of a respondent without an account; an older link closes."""
    require(member, LINK)
    own(respondent.round, member=member, verb=LINK)
    if respondent.submitted_at:
        raise Refusal("the answers were handed in", where="respondent", remedy="Open a new round to ask again.")
    made = LinkAndCode(secrets.token_urlsafe(24), f"{secrets.randbelow(10**8):08d}")
    respondent.token_hash, respondent.code_hash = hash_of(made.token), hash_of(made.token, made.code)
    respondent.link_made_at, respondent.tries = clock.now(), 0
    respondent.save(update_fields=["token_hash", "code_hash", "link_made_at", "tries"])
    log(LINK, object_id=respondent.round_id, row=str(respondent.id))
    return made


def checked_value(*, kind: str, choices: Sequence[str], value: str, where: str = "value") -> str:
    """A value that fits its question, in one form; empty stays empty.

    Raises:
        Refusal: it does not fit.
    """
    text = value.strip()
    if not text:
        return ""
    if len(text) > MOST_VALUE:
        raise Refusal("this is too long", where=where, remedy=f"At most {MOST_VALUE} characters.")
    if kind == QuestionKind.YES_NO and text not in {"yes", "no", "not_known"}:
        raise Refusal("this is neither yes, no nor not known", where=where, remedy="Choose one.")
    if kind == QuestionKind.CHOICE and text not in choices:
        raise Refusal("this is not on the list", where=where, remedy="Choose one of the list.")
    if kind == QuestionKind.NUMBER:
        try:
            number = Decimal(text.replace(",", "."))
        except InvalidOperation as error:
            raise Refusal("this is no number", where=where, remedy="Write digits, such as 12 or 3.5.") from error
        if not number.is_finite() or abs(number) > 10**15:
            raise Refusal("this is no number that can be meant", where=where, remedy="Check the digits.")
        return f"{number:f}"
    return text


@transaction.atomic
def answer_questionnaire(
    *, member: Member, respondent: Respondent, answers: Mapping[str, tuple[str, str]], submit: bool = False
) -> None:
    """Enter what a respondent sent on paper or by mail: code → (value, evidence); an empty value takes one back."""
    require(member, ANSWER)
    own(respondent.round, member=member, verb=ANSWER)
    if respondent.submitted_at:
        raise Refusal("the answers were handed in", where="respondent", remedy="Open a new round to ask again.")
    questions = {one.code: one for one in respondent.round.version.questions.all()}
    before = {one.question_id: one for one in respondent.answers.all()}
    for code, (value, evidence) in answers.items():
        question = questions[code]
        text = checked_value(kind=question.kind, choices=question.choices, value=value, where=code)
        row = before.get(question.id)
        if row is None and text:
            row = Answer(round=respondent.round, respondent=respondent, question=question)
            row.value, row.evidence, row.at = text, evidence[:MOST_EVIDENCE], clock.now()
            save(row)
        elif row is not None and not text:
            row.delete()
        elif row is not None and (row.value, row.evidence) != (text, evidence):
            row.value, row.evidence, row.at = text, evidence[:MOST_EVIDENCE], clock.now()
            row.save(update_fields=["value", "evidence", "at"])
    if submit:
        respondent.submitted_at = clock.now()
        respondent.save(update_fields=["submitted_at"])
    log(ANSWER, object_id=respondent.round_id, row=str(respondent.id), submit=submit)
