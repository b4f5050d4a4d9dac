"""A concern from outside: a doctor, a teacher, an inspector, a patrol. No account needed."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from palermo.office.models import SealedText
from palermo.protection.enums import ConcernState


class Concern(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recipient = models.ForeignKey("office.Agency", models.PROTECT, related_name="+")
    #: Code of vocabulary's professions.
    profession = models.CharField(_("profession"), max_length=30)
    #: Codes of the signs that were ticked.
    signs = models.JSONField(default=list)
    child = models.BooleanField(_("a child, or age not sure"), default=False)
    urgent = models.BooleanField(_("danger now"), default=False)
    #: Whether the person knows and agrees that somebody gets in touch.
    agrees = models.BooleanField(_("the person agrees to be contacted"), null=True)
    #: What was seen, and how the sender can be asked back: sealed.
    sealed_words = models.BinaryField()
    #: SHA-256 of the receipt that the sender keeps.
    receipt_hash = models.BinaryField(unique=True)
    state = models.CharField(max_length=10, choices=ConcernState, default=ConcernState.NEW)
    at = models.DateTimeField()
    due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    #: What the sender may be told: never who the person is nor what became of them.
    told = SealedText()
    #: The file that it led to, where one was opened.
    person_id = models.UUIDField(null=True)

    class Meta:
        ordering = ("due_at",)
        indexes = [models.Index(fields=("recipient", "state", "due_at"), name="protection_concern_inbox")]
