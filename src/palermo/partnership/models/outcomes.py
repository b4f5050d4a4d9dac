"""What came of it in a State: interested, drafting, adopted, each on a day and with evidence."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from palermo.partnership.enums import OutcomeStage
from palermo.partnership.models.clearance import Cleared


class StateOutcome(Cleared):
    """Something that a State takes up: a referral mechanism, procurement guidelines, a law."""

    state = models.CharField(_("State"), max_length=2, db_index=True)
    title = models.CharField(_("what"), max_length=200)
    themes = ArrayField(models.CharField(max_length=40), verbose_name=_("themes"), default=list, blank=True)
    #: The project or recommendation that aims at it, in words.
    project = models.CharField(_("project or recommendation"), max_length=200, blank=True)

    class Meta:
        ordering = ("state", "title")
        constraints = [models.UniqueConstraint(fields=("office", "state", "title"), name="partnership_outcome_once")]

    def __str__(self) -> str:
        return self.title


class OutcomeStep(models.Model):
    """A stage that was reached; never changed, never taken back: what turned out wrong is a step of its own."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    outcome = models.ForeignKey(StateOutcome, models.PROTECT, related_name="steps")
    stage = models.CharField(_("stage"), max_length=12, choices=OutcomeStage)
    on = models.DateField(_("on"))
    evidence = models.CharField(_("evidence"), max_length=300)
    entered_by = models.UUIDField()

    class Meta:
        ordering = ("on", "id")
        indexes = [models.Index(fields=("stage", "on"), name="partnership_outcome_stage")]
        constraints = [models.UniqueConstraint(fields=("outcome", "stage"), name="partnership_outcome_step_once")]
