"""The shared calendar's own entries, and the addresses by which calendars subscribe to it."""

import uuid

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from palermo.partnership.enums import Certainty, FeedKind, InitiativeKind
from palermo.partnership.methods.spans import Span
from palermo.partnership.models.clearance import Cleared


@pghistory.track(append_only=True)
class Initiative(Cleared):
    """What a structure does: a training, a conference, a publication, for one State, several or none in particular."""

    uid = models.CharField(max_length=200, editable=False)
    #: A code of vocabulary.structures, or the name of another body.
    structure = models.CharField(_("structure"), max_length=60)
    kind = models.CharField(_("kind"), max_length=20, choices=InitiativeKind, default=InitiativeKind.OTHER)
    title = models.CharField(_("title"), max_length=200)
    themes = ArrayField(models.CharField(max_length=40), verbose_name=_("themes"), default=list, blank=True)
    states = ArrayField(models.CharField(max_length=2), verbose_name=_("States"), default=list, blank=True)
    starts = models.DateField(_("first day"))
    ends = models.DateField(_("last day"))
    certainty = models.CharField(_("how sure"), max_length=12, choices=Certainty, default=Certainty.PLANNED)
    note = models.TextField(_("note"), blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(_("changed"), auto_now_add=True)

    class Meta:
        ordering = ("starts", "title")
        indexes = [models.Index(fields=("starts",), name="partnership_initiative_starts")]
        constraints = [
            models.UniqueConstraint(fields=("office", "uid"), name="partnership_initiative_once"),
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="partnership_initiative_days"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def span(self) -> Span:
        return Span(self.starts, self.ends)


class FeedToken(models.Model):
    """A subscription: a secret address that gives a saved filter to whoever holds it, as its member reads it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey("office.Member", models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=80)
    kind = models.CharField(_("what it gives"), max_length=12, choices=FeedKind, default=FeedKind.CALENDAR)
    #: SHA-256 of the token in the address; the address itself is shown once and kept nowhere.
    token_hash = models.BinaryField(unique=True)
    #: The saved filter, as the calendar's own query says it.
    saved = models.JSONField(default=dict, blank=True)
    remind_days = models.PositiveSmallIntegerField(_("remind so many days before"), null=True, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True)
    #: When a client last fetched it, so that its member sees what is still used.
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-made_at",)
