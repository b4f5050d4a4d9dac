"""Instruments, their provisions, and the texts of a provision in the languages that exist."""

import uuid

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from palermo.partnership.enums import Addressee, Grade, Standing
from palermo.partnership.models.clearance import Cleared


@pghistory.track(append_only=True)
class Instrument(Cleared):
    """A decision, declaration, convention or plan."""

    symbol = models.CharField(_("symbol"), max_length=80)
    title = models.CharField(_("title"), max_length=300)
    body = models.CharField(_("adopted by"), max_length=120)
    meeting = models.CharField(_("meeting"), max_length=120, blank=True)
    adopted_on = models.DateField(_("adopted on"))
    source = models.CharField(_("source"), max_length=400)
    grade = models.CharField(_("grade"), max_length=1, choices=Grade)
    #: What is still to be checked.
    grade_note = models.CharField(_("to check"), max_length=300, blank=True)

    class Meta:
        ordering = ("adopted_on", "symbol")
        constraints = [models.UniqueConstraint(fields=("office", "symbol"), name="partnership_instrument_once")]

    def __str__(self) -> str:
        return self.symbol


@pghistory.track(append_only=True)
class Provision(models.Model):
    """A paragraph, or what an instrument asks of one kind of addressee; what findings and gaps are tied to."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="provisions")
    paragraph = models.CharField(_("paragraph"), max_length=40, blank=True)
    addressee = models.CharField(_("addressed to"), max_length=12, choices=Addressee)
    themes = ArrayField(models.CharField(max_length=40), verbose_name=_("themes"), default=list)
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("place", "id")
        indexes = [models.Index(fields=("instrument", "place"), name="partnership_provision_of")]
        constraints = [
            models.UniqueConstraint(fields=("instrument", "paragraph", "addressee"), name="partnership_provision_once")
        ]


@pghistory.track(append_only=True)
class TextVersion(models.Model):
    """The wording of a provision in one language and of one standing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    #: The instrument again, so that who may read a text is asked of it directly.
    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="+")
    provision = models.ForeignKey(Provision, models.PROTECT, related_name="texts")
    #: ISO 639-3.
    language = models.CharField(_("language"), max_length=3)
    standing = models.CharField(_("standing"), max_length=10, choices=Standing)
    text = models.TextField(_("text"))
    source = models.CharField(_("source"), max_length=400)

    class Meta:
        ordering = ("standing", "language")
        constraints = [
            models.UniqueConstraint(fields=("provision", "language", "standing"), name="partnership_text_once")
        ]
