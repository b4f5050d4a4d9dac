"""What other bodies plan: their cycles (a round of GRETA, a review), and the steps of a cycle in each State."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import formats
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from palermo.partnership.enums import Certainty, ExternalBody, ExternalStepKind
from palermo.partnership.methods.spans import Span
from palermo.partnership.models.clearance import Cleared
from palermo.vocabulary.states import load_states


@pghistory.track(append_only=True)
class ExternalCycle(Cleared):
    """A round of another body: "third round", "cluster 1", "2026"."""

    body = models.CharField(_("body"), max_length=20, choices=ExternalBody)
    name = models.CharField(_("cycle"), max_length=60, blank=True)

    class Meta:
        ordering = ("body", "name")
        constraints = [models.UniqueConstraint(fields=("office", "body", "name"), name="partnership_cycle_once")]

    def __str__(self) -> str:
        return f"{self.body}, {self.name}" if self.name else self.body


@pghistory.track(append_only=True)
class ExternalStep(Cleared):
    """A step in one State, as far as somebody told us; hearsay until a holder confirmed it."""

    cycle = models.ForeignKey(ExternalCycle, models.PROTECT, related_name="steps", verbose_name=_("cycle"))
    #: What tells it from others when the same file comes again.
    uid = models.CharField(max_length=200)
    state = models.CharField(_("State"), max_length=2)
    step = models.CharField(_("step"), max_length=24, choices=ExternalStepKind)
    starts = models.DateField(_("first day"))
    ends = models.DateField(_("last day"))
    certainty = models.CharField(_("how sure"), max_length=12, choices=Certainty, default=Certainty.PLANNED)
    #: Who said so, at the other body.
    holder = models.CharField(_("holder who confirmed"), max_length=200, blank=True)
    confirmed_on = models.DateField(_("confirmed on"), null=True, blank=True)
    themes = ArrayField(models.CharField(max_length=40), verbose_name=_("themes"), default=list, blank=True)
    note = models.TextField(_("note"), blank=True)
    #: The file it came in with, or that it was typed.
    source = models.CharField(_("source"), max_length=200, blank=True)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(_("changed"), auto_now_add=True)

    class Meta:
        ordering = ("starts", "state")
        indexes = [
            models.Index(fields=("state", "starts"), name="partnership_step_of_state"),
            models.Index(fields=("starts",), name="partnership_step_starts"),
        ]
        constraints = [
            models.UniqueConstraint(fields=("office", "uid"), name="partnership_step_once"),
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="partnership_step_days"),
        ]

    def __str__(self) -> str:
        return f"{self.cycle}: {self.get_step_display()}"

    @property
    def told(self) -> str:
        """Who said so and when, else how it came here; in words."""
        if self.holder and self.confirmed_on:
            day = formats.date_format(self.confirmed_on, "DATE_FORMAT")
            return gettext("%(holder)s, confirmed on %(day)s") % {"holder": self.holder, "day": day}
        return self.holder or self.source or gettext("nobody has confirmed it")

    @property
    def span(self) -> Span:
        return Span(self.starts, self.ends)

    @property
    def state_name(self) -> str:
        return load_states()[self.state].name
