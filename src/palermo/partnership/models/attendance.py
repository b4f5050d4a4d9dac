"""Who was invited, registered and came; officials and experts in their work, never those we protect."""

import uuid

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from palermo.partnership.enums import AttendanceMode, AttendanceStep, Capacity, Gender, NameConsent, Sector


@pghistory.track(append_only=True)
class Attendance(models.Model):
    """One person, or one organisation without a name, at one event: from the invitation to having been there."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    event = models.ForeignKey("partnership.Event", models.CASCADE, related_name="attendances")
    #: What makes the same person the same at another event: an address at work if given, else name and State.
    key = models.CharField(max_length=200)
    name = models.CharField(_("name"), max_length=200, blank=True)
    organisation = models.CharField(_("organisation"), max_length=300, blank=True)
    #: ISO 3166-1 alpha-2 of the State that the person came for; empty for an international organisation.
    state = models.CharField(_("State"), max_length=2, blank=True)
    delegation = models.CharField(_("delegation"), max_length=200, blank=True)
    capacity = models.CharField(_("capacity"), max_length=12, choices=Capacity, default=Capacity.PARTICIPANT)
    gender = models.CharField(_("gender"), max_length=10, choices=Gender, default=Gender.NOT_KNOWN)
    sector = models.CharField(_("sector"), max_length=15, choices=Sector, default=Sector.OTHER)
    step = models.CharField(_("how far"), max_length=10, choices=AttendanceStep, default=AttendanceStep.PRESENT)
    mode = models.CharField(_("how"), max_length=10, choices=AttendanceMode, default=AttendanceMode.IN_PERSON)
    trained = models.BooleanField(_("was trained"), default=False)
    trained_as_trainer = models.BooleanField(_("was trained to train others"), default=False)
    publish_name = models.CharField(
        _("name may be shown to"), max_length=10, choices=NameConsent, default=NameConsent.NOBODY
    )
    invited_at = models.DateTimeField(null=True)
    registered_at = models.DateTimeField(null=True)
    #: The file and row that it was imported from.
    source = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ("state", "name", "organisation")
        indexes = [models.Index(fields=("key",), name="partnership_attendance_key")]
        constraints = [
            models.UniqueConstraint(fields=("event", "key"), name="partnership_attendance_once"),
            models.CheckConstraint(
                condition=~models.Q(name="") | ~models.Q(organisation=""), name="partnership_attendance_who"
            ),
            models.CheckConstraint(
                condition=models.Q(trained_as_trainer=False) | models.Q(trained=True),
                name="partnership_attendance_trainer_trained",
            ),
        ]
