"""A screening: the form that was used, what was answered, what the rule presumes and what a person makes of it."""

import uuid

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from palermo.office.models import SealedText
from palermo.protection.enums import AnswerValue, HowKnown, Judgement, PresumptionResult, ScreeningState


@pghistory.track(append_only=True, exclude=["interpreter", "judgement_reason"])
class Screening(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey("office.Person", models.PROTECT, related_name="+")
    agency = models.ForeignKey("office.Agency", models.PROTECT, related_name="+")
    #: `intake` or `interview`, and the version of the form's data file.
    form = models.CharField(max_length=40)
    form_version = models.CharField(max_length=20)
    member_id = models.UUIDField()
    state = models.CharField(max_length=10, choices=ScreeningState, default=ScreeningState.OPEN)
    #: Codes of the conditions that were met before the first question.
    conditions = models.JSONField(default=list)
    #: ISO 639-3 of the language of the interview, and the vetted interpreter's register number or name.
    language = models.CharField(_("language"), max_length=3, blank=True)
    interpreter = SealedText(_("vetted interpreter"), max_length=120)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    # What the rule presumes, as it was shown, with its reasons and the version of the indicators.
    result = models.CharField(max_length=20, choices=PresumptionResult, blank=True)
    reasons = models.JSONField(default=dict)
    rules_version = models.CharField(max_length=40, blank=True)
    #: After a short form: the long interview is advised (methods/next_step.py).
    interview_advised = models.BooleanField(default=False)

    # What a person makes of it; without this nothing follows.
    judgement = models.CharField(max_length=20, choices=Judgement, blank=True)
    judgement_reason = SealedText()
    judged_by = models.UUIDField(null=True)
    judged_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-started_at",)
        indexes = [
            models.Index(fields=("person", "-started_at"), name="protection_screening_person"),
            models.Index(fields=("agency", "state"), name="protection_screening_agency"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state=ScreeningState.FINISHED) | ~models.Q(result=""),
                name="protection_screening_result",
            ),
            models.CheckConstraint(
                condition=models.Q(judgement="") | models.Q(judged_by__isnull=False), name="protection_screening_judge"
            ),
        ]


# What is sealed has no history: the ring must be able to turn, and a word taken back must be gone.
@pghistory.track(append_only=True, exclude=["sealed_note"])
class Answer(models.Model):
    """One answer; a later one replaces it and the history keeps both."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    screening = models.ForeignKey(Screening, models.PROTECT, related_name="answers")
    person = models.ForeignKey("office.Person", models.PROTECT, related_name="+")
    question = models.CharField(max_length=60)
    value = models.CharField(max_length=10, choices=AnswerValue)
    how_known = models.CharField(max_length=12, choices=HowKnown, default=HowKnown.TOLD)
    #: In the person's own words, sealed; null where nothing was written down.
    sealed_note = models.BinaryField(null=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("at",)
        constraints = [models.UniqueConstraint(fields=("screening", "question"), name="protection_answer_once")]
