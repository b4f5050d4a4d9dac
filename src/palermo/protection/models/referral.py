"""From agency to agency: what is asked, by when, what was answered, and the sealed data that may go with it."""

import uuid

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from palermo.office.enums import DataKind, Purpose
from palermo.office.models import SealedText
from palermo.protection.enums import DeclineReason, ReferralState, ServiceKind


@pghistory.track(append_only=True, exclude=["answer_note"])
class Referral(models.Model):
    """Both sides see this row; it holds no data of the person beyond the random id of the sender's file."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person_id = models.UUIDField(db_index=True)
    sender = models.ForeignKey("office.Agency", models.PROTECT, related_name="+", verbose_name=_("from"))
    recipient = models.ForeignKey("office.Agency", models.PROTECT, related_name="+", verbose_name=_("to"))
    purpose = models.CharField(_("purpose"), max_length=30, choices=Purpose)
    services = ArrayField(models.CharField(max_length=20, choices=ServiceKind), verbose_name=_("what is asked for"))
    urgent = models.BooleanField(_("urgent"), default=False)
    #: A child's referral is shown first; this one bit is needed to send it to the right hands.
    child = models.BooleanField(default=False)
    state = models.CharField(_("state"), max_length=10, choices=ReferralState, default=ReferralState.SENT)
    sent_at = models.DateTimeField(_("sent"))
    due_at = models.DateTimeField(_("answer due"))
    answered_at = models.DateTimeField(_("answered"), null=True)
    answered_by = models.UUIDField(null=True)
    decline_reason = models.CharField(_("reason"), max_length=20, choices=DeclineReason, blank=True)
    #: What the sender should do next.
    answer_note = SealedText(_("note to the sender"), max_length=300)
    done_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)
    package_id = models.UUIDField()
    disclosure_id = models.UUIDField()

    class Meta:
        ordering = ("due_at",)
        indexes = [
            models.Index(fields=("recipient", "state", "due_at"), name="protection_referral_inbox"),
            models.Index(fields=("sender", "-sent_at"), name="protection_referral_sent"),
            models.Index(fields=("sent_at",), name="protection_referral_when"),
        ]
        constraints = [
            models.CheckConstraint(condition=~models.Q(sender=models.F("recipient")), name="protection_referral_other"),
            models.CheckConstraint(
                condition=~models.Q(state=ReferralState.DECLINED) | ~models.Q(decline_reason=""),
                name="protection_referral_decline",
            ),
        ]


class Package(models.Model):
    """The data that goes with a referral: only the kinds that the disclosure names, sealed; dark once recalled."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    referral_id = models.UUIDField(db_index=True)
    kinds = ArrayField(models.CharField(max_length=20, choices=DataKind))
    sealed = models.BinaryField()


class SealedLink(models.Model):
    """A one-time link for a provider without an account; the code that opens it comes another way."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    referral_id = models.UUIDField(db_index=True)
    recipient = models.ForeignKey("office.Agency", models.PROTECT, related_name="+")
    #: SHA-256 of the token in the link, and of token and code together.
    token_hash = models.BinaryField(unique=True)
    code_hash = models.BinaryField()
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    opened_at = models.DateTimeField(null=True)
