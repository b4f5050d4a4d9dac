"""Steps of proceedings against one person."""

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from palermo.prosecution.enums import StepKind
from palermo.prosecution.models.common import OfInvestigation


@pghistory.track(append_only=True)
class Step(OfInvestigation):
    party = models.ForeignKey("prosecution.Party", models.PROTECT, related_name="+")
    kind = models.CharField(_("step"), max_length=14, choices=StepKind)
    on = models.DateField(_("on"))
    court = models.CharField(_("court"), max_length=160, blank=True)
    #: The offence, the sentence, the ground of appeal: without names.
    note = models.CharField(_("note"), max_length=300, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()

    class Meta:
        ordering = ("on", "recorded_at")
