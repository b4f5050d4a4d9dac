"""Consent, disclosures and the rights of the person whose data it is."""

import uuid

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from palermo.office.enums import DataKind, LawfulBasis, Purpose, RightsKind
from palermo.office.models.sealed import SealedText


# What is sealed has no history: the ring must be able to turn, and a word taken back must be gone.
@pghistory.track(append_only=True, exclude=["interpreter", "how"])
class Consent(models.Model):
    """What a person agreed to: purpose, kinds of data, recipient, in which language, until when."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey("office.Person", models.PROTECT, related_name="+")
    recipient = models.ForeignKey("office.Agency", models.PROTECT, related_name="+", verbose_name=_("recipient"))
    purpose = models.CharField(_("purpose"), max_length=30, choices=Purpose)
    kinds = ArrayField(models.CharField(max_length=20, choices=DataKind), verbose_name=_("kinds of data"))
    #: ISO 639-3 of the language in which it was explained.
    language = models.CharField(_("explained in"), max_length=3)
    interpreter = SealedText(_("interpreter"), max_length=120)
    #: How it was given: spoken, signed, by sign or gesture.
    how = SealedText(_("how it was given"), max_length=120)
    given_at = models.DateTimeField(_("given"))
    expires_at = models.DateTimeField(_("expires"))
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        ordering = ("-given_at",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("given_at")), name="office_consent_expiry"
            ),
            models.CheckConstraint(condition=~models.Q(kinds=[]), name="office_consent_kinds"),
        ]


@pghistory.track(append_only=True, exclude=["sealed_grounds"])
class Disclosure(models.Model):
    """Data that left the agency: to whom, why, on what basis. The database refuses one without its basis."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey("office.Person", models.PROTECT, related_name="+")
    recipient = models.ForeignKey("office.Agency", models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=30, choices=Purpose)
    kinds = ArrayField(models.CharField(max_length=20, choices=DataKind))
    basis = models.CharField(max_length=30, choices=LawfulBasis)
    consent = models.ForeignKey(Consent, models.PROTECT, null=True, related_name="+")
    #: Why, where the basis is not consent; for a child who the guardian is and what the child says. It names people.
    sealed_grounds = models.BinaryField(null=True)
    #: Which of these are written down (`reason`, `guardian`, `child_view`), so that the database can hold to them.
    written = ArrayField(models.CharField(max_length=12), default=list)
    #: Whether it was looked at that the guardian is not implicated.
    guardian_not_implicated = models.BooleanField(default=False)
    member_id = models.UUIDField()
    at = models.DateTimeField()
    #: The first time the recipient opened the data: what was read cannot be called back.
    opened_at = models.DateTimeField(null=True)
    recalled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-at",)


@pghistory.track(append_only=True, exclude=["sealed_words", "answer"])
class RightsRequest(models.Model):
    """A person asks for access, rectification, or complains; answered by the data protection officer."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey("office.Person", models.PROTECT, related_name="+")
    agency = models.ForeignKey("office.Agency", models.PROTECT, related_name="+")
    kind = models.CharField(_("what is asked"), max_length=20, choices=RightsKind)
    #: In the person's own words; sealed, since a complaint may name.
    sealed_words = models.BinaryField()
    at = models.DateTimeField()
    due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answer = SealedText(_("answer"))

    class Meta:
        ordering = ("due_at",)
