"""A visit to a State, who goes and whom they meet."""

import uuid

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from palermo.partnership.enums import TeamRole, VisitStatus
from palermo.partnership.methods.spans import Span
from palermo.partnership.models.clearance import Cleared
from palermo.vocabulary.states import load_states

#: From here on a visit holds its days: nobody of the office visits that State then, nobody of the team goes elsewhere.
BINDING = (
    VisitStatus.CONFIRMED,
    VisitStatus.DONE,
    VisitStatus.REPORTED,
    VisitStatus.FOLLOWED_UP,
    VisitStatus.CLOSED,
)
#: It took place.
TOOK_PLACE = BINDING[1:]


@pghistory.track(append_only=True)
class Visit(Cleared):
    """A visit of the office that keeps the record. Double booking is impossible: sql/visits.sql."""

    title = models.CharField(_("title"), max_length=200)
    #: ISO 3166-1 alpha-2.
    state = models.CharField(_("State"), max_length=2)
    status = models.CharField(_("status"), max_length=12, choices=VisitStatus, default=VisitStatus.IDEA)
    #: First and last day, both included; an idea may have none yet.
    starts = models.DateField(_("first day"), null=True, blank=True)
    ends = models.DateField(_("last day"), null=True, blank=True)
    #: Codes of vocabulary.themes.
    themes = ArrayField(models.CharField(max_length=40), verbose_name=_("themes"), default=list, blank=True)
    aims = models.TextField(_("aims"), blank=True)
    #: Other bodies that come along.
    jointly_with = models.CharField(_("jointly with"), max_length=200, blank=True)
    invited_on = models.DateField(_("invited on"), null=True, blank=True)
    invitation = models.CharField(_("invitation (document)"), max_length=200, blank=True)
    follows = models.ForeignKey(
        "self", models.PROTECT, related_name="followed_by", null=True, blank=True, verbose_name=_("follows up")
    )
    report_due = models.DateField(_("report due"), null=True, blank=True)
    reported_on = models.DateField(_("reported on"), null=True, blank=True)
    report = models.CharField(_("report (document)"), max_length=200, blank=True)
    #: Why it was closed or cancelled.
    ending = models.TextField(_("reason for the end"), blank=True)
    #: Rises with every change (a trigger sees to it), so that subscribed calendars take the change up.
    sequence = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(_("changed"), auto_now_add=True)

    class Meta:
        ordering = ("-starts", "title")
        indexes = [
            models.Index(fields=("state", "starts"), name="partnership_visit_of_state"),
            models.Index(fields=("office", "status"), name="partnership_visit_of_office"),
            models.Index(fields=("starts",), name="partnership_visit_starts"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts__isnull=True, ends__isnull=True) | Q(ends__gte=F("starts")),
                name="partnership_visit_days",
            ),
            models.CheckConstraint(
                condition=Q(status__in=(VisitStatus.IDEA, VisitStatus.CANCELLED)) | Q(starts__isnull=False),
                name="partnership_visit_planned",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=(VisitStatus.CLOSED, VisitStatus.CANCELLED)) | ~Q(ending=""),
                name="partnership_visit_ended",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def span(self) -> Span | None:
        """Its days, if it has some."""
        return Span(self.starts, self.ends) if self.starts and self.ends else None

    @property
    def state_name(self) -> str:
        return load_states()[self.state].name


class TeamMember(models.Model):
    """Somebody who goes along. Days and whether they bind are the visit's, kept by a trigger."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    visit = models.ForeignKey(Visit, models.CASCADE, related_name="team", verbose_name=_("visit"))
    #: Whose days are held: the id of member or contact, else one made of office and name. One person, one key.
    key = models.UUIDField()
    member = models.ForeignKey("office.Member", models.PROTECT, related_name="+", null=True, blank=True)
    contact = models.ForeignKey("partnership.Contact", models.PROTECT, related_name="+", null=True, blank=True)
    name = models.CharField(_("name"), max_length=160)
    role = models.CharField(_("role"), max_length=12, choices=TeamRole, default=TeamRole.MEMBER)
    starts = models.DateField(null=True, editable=False)
    ends = models.DateField(null=True, editable=False)
    binds = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ("role", "name")
        constraints = [models.UniqueConstraint(fields=("visit", "key"), name="partnership_team_once")]

    def __str__(self) -> str:
        return self.name


class Interlocutor(models.Model):
    """Whom the team wants to meet, or met: an organisation, and an official by post."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    visit = models.ForeignKey(Visit, models.CASCADE, related_name="interlocutors", verbose_name=_("visit"))
    contact = models.ForeignKey("partnership.Contact", models.PROTECT, related_name="+", null=True, blank=True)
    organisation = models.CharField(_("organisation"), max_length=200)
    post = models.CharField(_("post or name"), max_length=160, blank=True)
    met = models.BooleanField(_("met"), null=True, blank=True)

    class Meta:
        ordering = ("organisation", "post")
        constraints = [
            models.UniqueConstraint(fields=("visit", "organisation", "post"), name="partnership_interlocutor_once")
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.post}" if self.post else self.organisation
