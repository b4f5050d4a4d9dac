"""Victims' claims to what is recovered, how it was shared among them, and each share with the day it was paid."""

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from palermo.prosecution.enums import ClaimState, ClaimThrough, Payee, ShareWay
from palermo.prosecution.models.common import OfInvestigation


@pghistory.track(append_only=True)
class VictimClaim(OfInvestigation):
    """What a victim of the investigation lost or is owed. Amounts are whole minor units."""

    #: Counted within the investigation: C-1, C-2 …
    number = models.PositiveIntegerField()
    party = models.ForeignKey("prosecution.Party", models.PROTECT, related_name="+")
    through = models.CharField(_("through whom"), max_length=10, choices=ClaimThrough)
    currency = models.CharField(_("currency"), max_length=5)
    amount = models.BigIntegerField(_("claimed"))
    #: Wages withheld, fees paid, harm suffered: without names.
    ground = models.CharField(_("for what"), max_length=200)
    made_on = models.DateField(_("made on"))
    state = models.CharField(_("state"), max_length=10, choices=ClaimState, default=ClaimState.MADE)
    approved = models.BigIntegerField(_("approved"), default=0)
    decided_on = models.DateField(_("decided on"), null=True)
    decided_by = models.CharField(_("decided by"), max_length=160, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=("investigation", "number"), name="prosecution_victimclaim_number"),
            models.CheckConstraint(
                condition=models.Q(amount__gt=0) & models.Q(approved__gte=0), name="prosecution_victimclaim_amounts"
            ),
        ]

    @property
    def label(self) -> str:
        return f"C-{self.number}"

    def __str__(self) -> str:
        return self.label


@pghistory.track(append_only=True, exclude=["sealed_told"])
class Sharing(OfInvestigation):
    """What confiscated assets brought, shared: victims first, then costs, then the State."""

    #: Counted within the investigation: S-1, S-2 …
    number = models.PositiveIntegerField()
    way = models.CharField(_("way"), max_length=12, choices=ShareWay)
    currency = models.CharField(_("currency"), max_length=5)
    #: All that was recovered, and what keeping and selling it cost.
    recovered = models.BigIntegerField(_("recovered"))
    costs = models.BigIntegerField(_("costs"), default=0)
    #: The sharing whose unpaid rest for costs and the State is shared here, since more is owed to victims.
    rest_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    order = models.ForeignKey("prosecution.LawfulAuthority", models.PROTECT, related_name="+")
    decided_by = models.CharField(_("decided by"), max_length=160)
    on = models.DateField(_("on"))
    #: How each share came about: by asset and claim the weights; sealed JSON, since it names accounts.
    sealed_told = models.BinaryField()
    made_at = models.DateTimeField()
    made_by = models.UUIDField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=("investigation", "number"), name="prosecution_sharing_number"),
            models.CheckConstraint(
                condition=models.Q(recovered__gt=0) & models.Q(costs__gte=0), name="prosecution_sharing_amounts"
            ),
        ]

    @property
    def label(self) -> str:
        return f"S-{self.number}"

    def __str__(self) -> str:
        return self.label


@pghistory.track(append_only=True)
class Recovered(OfInvestigation):
    """What one confiscated asset brought, in the currency of the sharing."""

    sharing = models.ForeignKey(Sharing, models.PROTECT, related_name="+")
    asset = models.ForeignKey("prosecution.Asset", models.PROTECT, related_name="+")
    amount = models.BigIntegerField(_("brought"))

    class Meta:
        ordering = ("asset__number",)
        constraints = [
            models.UniqueConstraint(fields=("sharing", "asset"), name="prosecution_recovered_once"),
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="prosecution_recovered_amount"),
        ]


@pghistory.track(append_only=True)
class Share(OfInvestigation):
    """What one claim, the costs or the State gets of a sharing. The database lets the State be paid last alone."""

    sharing = models.ForeignKey(Sharing, models.PROTECT, related_name="+")
    payee = models.CharField(_("to whom"), max_length=8, choices=Payee)
    claim = models.ForeignKey(VictimClaim, models.PROTECT, null=True, related_name="+")
    amount = models.BigIntegerField(_("amount"))
    #: How much of the claim it settles, in the claim's currency; the same as `amount` where that is the sharing's.
    settles = models.BigIntegerField(_("settles"), default=0)
    #: The rate between both currencies as it was given, and its day; empty where they are one.
    rate = models.CharField(_("rate"), max_length=80, blank=True)
    rate_of = models.DateField(_("rate of"), null=True)
    paid_on = models.DateField(_("paid on"), null=True)
    #: Of the payment, as the paying office calls it. Names no person.
    reference = models.CharField(_("reference"), max_length=80, blank=True)
    paid_by = models.UUIDField(null=True)
    #: A share of a sharing that was withdrawn, or shared anew.
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("sharing__number", "-payee", "claim__number")
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="prosecution_share_amount"),
            models.CheckConstraint(
                condition=models.Q(payee=Payee.VICTIM, claim__isnull=False)
                | (~models.Q(payee=Payee.VICTIM) & models.Q(claim=None)),
                name="prosecution_share_payee",
            ),
            models.CheckConstraint(
                condition=models.Q(paid_on=None) | models.Q(withdrawn_at=None), name="prosecution_share_paid_stays"
            ),
        ]
