"""One engine of questionnaires: versions, questions, rounds, respondents, answers with evidence."""

import uuid

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from palermo.partnership.enums import QuestionKind, QuestionnairePurpose, RespondentKind
from palermo.partnership.models.clearance import Cleared
from palermo.partnership.models.event import texts


class Questionnaire(Cleared):
    title = models.CharField(_("title"), max_length=200)
    purpose = models.CharField(_("what for"), max_length=20, choices=QuestionnairePurpose)

    class Meta:
        ordering = ("title",)

    def __str__(self) -> str:
        return self.title


class QuestionnaireVersion(models.Model):
    """A version is fixed when it is first sent; after that its questions no longer change."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    fixed_at = models.DateTimeField(_("fixed"), null=True)

    class Meta:
        ordering = ("-number",)
        constraints = [models.UniqueConstraint(fields=("questionnaire", "number"), name="partnership_version_number")]


class Question(models.Model):
    """`code` stays the same from version to version, so that rounds can be compared."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="+")
    version = models.ForeignKey(QuestionnaireVersion, models.CASCADE, related_name="questions")
    order = models.PositiveSmallIntegerField(_("number"))
    code = models.SlugField(_("code"), max_length=40)
    kind = models.CharField(_("kind"), max_length=10, choices=QuestionKind)
    text = models.CharField(_("question"), max_length=500)
    help = models.CharField(_("help"), max_length=500, blank=True)
    choices = texts(_("choices"), 120)
    wants_evidence = models.BooleanField(_("asks for evidence"), default=False)

    class Meta:
        ordering = ("order",)
        constraints = [
            models.UniqueConstraint(fields=("version", "code"), name="partnership_question_code"),
            models.UniqueConstraint(fields=("version", "order"), name="partnership_question_order"),
        ]


class Round(Cleared):
    """A version sent out to respondents, to be answered by a day."""

    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="rounds")
    version = models.ForeignKey(QuestionnaireVersion, models.PROTECT, related_name="rounds")
    title = models.CharField(_("title"), max_length=200)
    opens_on = models.DateField(_("opens"))
    closes_on = models.DateField(_("answers by"))
    event = models.ForeignKey("partnership.Event", models.PROTECT, null=True, blank=True, related_name="rounds")

    class Meta:
        ordering = ("-opens_on",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_on__gte=models.F("opens_on")), name="partnership_round_days"
            )
        ]

    def __str__(self) -> str:
        return self.title


class Respondent(models.Model):
    """Who is asked in a round; without an account they answer by a link and a code that comes another way."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, models.CASCADE, related_name="respondents")
    kind = models.CharField(_("kind"), max_length=12, choices=RespondentKind)
    name = models.CharField(_("name"), max_length=200)
    state = models.CharField(_("State"), max_length=2, blank=True)
    #: SHA-256 of the token in the link, and of token and code together.
    token_hash = models.BinaryField(unique=True, null=True)
    code_hash = models.BinaryField(null=True)
    link_made_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    opened_at = models.DateTimeField(_("opened"), null=True)
    submitted_at = models.DateTimeField(_("answered"), null=True)

    class Meta:
        ordering = ("name",)
        constraints = [models.UniqueConstraint(fields=("round", "kind", "name"), name="partnership_respondent_once")]


@pghistory.track(append_only=True)
class Answer(models.Model):
    """What one respondent says to one question. No row is "not answered"; not known is an answer of its own."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, models.CASCADE, related_name="answers")
    respondent = models.ForeignKey(Respondent, models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, models.PROTECT, related_name="answers")
    #: The choice, the number, the words; for a question of yes and no: "yes", "no" or "not_known".
    value = models.CharField(max_length=4000)
    evidence = models.CharField(_("evidence"), max_length=500, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("question__order",)
        constraints = [models.UniqueConstraint(fields=("respondent", "question"), name="partnership_answer_once")]
