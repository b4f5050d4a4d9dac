"""Events: what was or will be held, by whom, when as exactly as it is known; agenda, documents, recommendations."""

import uuid
from typing import Any

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from palermo.partnership.enums import DocumentKind, EventKind, EventStatus, OurRole
from palermo.partnership.models.clearance import Cleared


def texts(name: Any, length: int = 200) -> ArrayField:
    """A list of short texts, empty by default."""
    return ArrayField(models.CharField(max_length=length), verbose_name=name, default=list, blank=True)


class Dated(models.Model):
    """When it is, as exactly as it is known: a year, a month, a day, some days, or nothing but words."""

    #: ISO 8601, reduced where less is known: 2017, 2017-06, 2017-04-03; empty if not even the year is known.
    when = models.CharField(_("when"), max_length=10, blank=True)
    #: The first and last day that it can be; for searching and counting.
    earliest = models.DateField(_("first day"), null=True, blank=True)
    latest = models.DateField(_("last day"), null=True, blank=True)
    #: On what the date rests, or what is said instead of one.
    date_basis = models.CharField(_("basis of the date"), max_length=300, blank=True)

    class Meta:
        abstract = True


@pghistory.track(append_only=True)
class Event(Dated, Cleared):
    """A conference, meeting, consultation, training, workshop, campaign, or an address to another body."""

    reference = models.CharField(_("reference"), max_length=80)
    title = models.CharField(_("title"), max_length=300)
    kind = models.CharField(_("kind"), max_length=20, choices=EventKind)
    our_role = models.CharField(_("our part"), max_length=12, choices=OurRole, default=OurRole.ORGANISE)
    status = models.CharField(_("status"), max_length=10, choices=EventStatus, default=EventStatus.PLANNED)
    place = models.CharField(_("place"), max_length=200, blank=True)
    places = texts(_("further places"))
    organiser = models.CharField(_("organiser, if not we"), max_length=300, blank=True)
    co_organisers = texts(_("co-organisers"), 300)
    themes = texts(_("themes"), 40)
    #: ISO 3166-1 alpha-2 of the States that it is about or held for.
    states = texts(_("States it is about"), 2)
    audience = models.CharField(_("for whom"), max_length=300, blank=True)
    languages = texts(_("languages"), 3)
    project = models.ForeignKey(
        "partnership.Project", models.PROTECT, null=True, blank=True, related_name="held", verbose_name=_("project")
    )
    train_the_trainers = models.BooleanField(_("trains trainers"), default=False)
    note = models.TextField(_("note"), blank=True)
    #: Rises with every change (a trigger sees to it), so that subscribed calendars take the change up.
    sequence = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(_("changed"), auto_now_add=True)

    class Meta:
        ordering = (models.F("earliest").desc(nulls_last=True), "title")
        indexes = [
            models.Index(fields=("-earliest", "kind"), name="partnership_event_when"),
            models.Index(fields=("project",), name="partnership_event_project"),
        ]
        constraints = [models.UniqueConstraint(fields=("office", "reference"), name="partnership_event_reference")]

    def __str__(self) -> str:
        return self.title


class EventSession(models.Model):
    """An item of an event's agenda."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    event = models.ForeignKey(Event, models.CASCADE, related_name="sessions")
    order = models.PositiveSmallIntegerField(_("number"))
    starts_at = models.DateTimeField(_("begins"), null=True, blank=True)
    title = models.CharField(_("title"), max_length=300)
    speakers = models.CharField(_("speakers"), max_length=500, blank=True)

    class Meta:
        ordering = ("order",)
        constraints = [models.UniqueConstraint(fields=("event", "order"), name="partnership_session_order")]


class EventDocument(models.Model):
    """A document of an event: where it is kept, not the file itself."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    event = models.ForeignKey(Event, models.CASCADE, related_name="documents")
    kind = models.CharField(_("kind"), max_length=10, choices=DocumentKind)
    title = models.CharField(_("title"), max_length=300)
    symbol = models.CharField(_("symbol or address"), max_length=300, blank=True)
    language = models.CharField(_("language"), max_length=3, blank=True)

    class Meta:
        ordering = ("kind", "title")


@pghistory.track(append_only=True)
class EventRecommendation(models.Model):
    """A recommendation that an event adopted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    event = models.ForeignKey(Event, models.CASCADE, related_name="recommendations")
    number = models.PositiveSmallIntegerField(_("number"))
    text = models.TextField(_("text"))
    themes = texts(_("themes"), 40)
    addressee = models.CharField(_("to whom"), max_length=200, blank=True)

    class Meta:
        ordering = ("number",)
        constraints = [models.UniqueConstraint(fields=("event", "number"), name="partnership_recommendation_number")]


class Network(Cleared):
    """A standing group that meets: focal points, an expert team, another body's group that we are in."""

    reference = models.CharField(_("reference"), max_length=80)
    title = models.CharField(_("title"), max_length=300)
    standing = models.CharField(_("our standing in it"), max_length=200, blank=True)
    months = texts(_("months of its meetings"), 2)

    class Meta:
        ordering = ("title",)
        constraints = [models.UniqueConstraint(fields=("office", "reference"), name="partnership_network_reference")]

    def __str__(self) -> str:
        return self.title
