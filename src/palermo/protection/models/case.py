"""A case: presumed, then formally identified or not; risks first; what is done and what is owed."""

import uuid

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from palermo.office.enums import AgePath
from palermo.office.models import SealedText
from palermo.protection.enums import (
    AgeGroup,
    CaseState,
    IdentificationOutcome,
    RiskKind,
    RiskLevel,
    ServiceKind,
    ServiceState,
)


# What is sealed has no history here either: the ring must be able to turn, and a word taken back must be gone.
@pghistory.track(append_only=True, exclude=["closing_reason"])
class Case(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.OneToOneField("office.Person", models.PROTECT, related_name="case")
    agency = models.ForeignKey("office.Agency", models.PROTECT, related_name="+")
    state = models.CharField(_("state"), max_length=20, choices=CaseState, default=CaseState.PRESUMED)
    opened_at = models.DateTimeField(_("opened"))
    #: The recovery and reflection period (CoE Convention, Art. 13); no removal may happen within it.
    reflection_from = models.DateTimeField()
    reflection_until = models.DateTimeField()
    #: On what the presumption rests: the screening, a concern, a referral.
    ground = models.CharField(max_length=60, blank=True)
    closed_at = models.DateTimeField(null=True)
    closing_reason = SealedText()

    class Meta:
        ordering = ("-opened_at",)
        indexes = [models.Index(fields=("-opened_at",), name="protection_case_opened")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(reflection_until__gte=models.F("reflection_from")), name="protection_case_reflection"
            )
        ]


@pghistory.track(append_only=True, exclude=["note", "resolution"])
class Risk(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="risks")
    person = models.ForeignKey("office.Person", models.PROTECT, related_name="+")
    kind = models.CharField(_("what threatens"), max_length=20, choices=RiskKind)
    level = models.CharField(_("how soon"), max_length=10, choices=RiskLevel)
    note = SealedText(_("what is known"), max_length=300)
    seen_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True)
    resolution = SealedText(max_length=300)

    class Meta:
        ordering = ("resolved_at", "seen_at")


@pghistory.track(append_only=True, exclude=["guardian"])
class GuardianRequest(models.Model):
    """A guardian asked for a child, or for a person whose age is not sure.

    The agency asked sees this row and nothing else of the file: code, path, age group and language, no name.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey("office.Person", models.PROTECT, related_name="+")
    asked_by = models.ForeignKey("office.Agency", models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_of = models.ForeignKey("office.Agency", models.PROTECT, related_name="+", verbose_name=_("asked of"))
    asked_at = models.DateTimeField(_("asked"))
    due_at = models.DateTimeField(_("answer due"))
    code = models.CharField(_("code"), max_length=12)
    path = models.CharField(_("path"), max_length=10, choices=AgePath)
    age_group = models.CharField(_("age group"), max_length=10, choices=AgeGroup, blank=True)
    #: ISO 639-3.
    language = models.CharField(_("language"), max_length=3, blank=True)
    #: On what basis the agency asked may see this; null where an agency asks itself.
    disclosure_id = models.UUIDField(null=True)
    #: Nobody is a guardian who came with the child and may be implicated; the reason why this was looked at.
    companion_checked = models.BooleanField(default=False)
    appointed_at = models.DateTimeField(_("appointed"), null=True)
    appointed_by = models.UUIDField(null=True)
    escalated_at = models.DateTimeField(null=True)
    guardian = SealedText(_("guardian"), max_length=200)

    class Meta:
        ordering = ("-asked_at",)
        indexes = [models.Index(fields=("asked_of", "due_at"), name="protection_guardian_asked")]


@pghistory.track(append_only=True, exclude=["result"])
class Service(models.Model):
    """A service that a person receives, or a remedy that is sought; by whom, since when, with what result."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="services")
    person = models.ForeignKey("office.Person", models.PROTECT, related_name="+")
    kind = models.CharField(_("service"), max_length=20, choices=ServiceKind)
    provider = models.ForeignKey("office.Agency", models.PROTECT, related_name="+", verbose_name=_("provider"))
    referral_id = models.UUIDField(null=True)
    state = models.CharField(max_length=10, choices=ServiceState, default=ServiceState.PLANNED)
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    result = SealedText(_("result"), max_length=300)

    class Meta:
        ordering = ("-since",)


@pghistory.track(append_only=True, exclude=["reason", "appeal_ground", "appeal_reason"])
class Identification(models.Model):
    """The competent authority's decision on a referral for identification, and the appeal against it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    referral = models.OneToOneField("protection.Referral", models.PROTECT, related_name="identification")
    outcome = models.CharField(_("decision"), max_length=20, choices=IdentificationOutcome)
    reason = SealedText(_("reasons"))
    decided_by = models.UUIDField()
    decided_at = models.DateTimeField()
    appeal_until = models.DateTimeField()
    appealed_at = models.DateTimeField(null=True)
    appeal_ground = SealedText()
    appeal_outcome = models.CharField(max_length=20, choices=IdentificationOutcome, blank=True)
    appeal_reason = SealedText()
    appeal_decided_at = models.DateTimeField(null=True)
