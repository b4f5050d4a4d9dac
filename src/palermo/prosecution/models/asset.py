"""Something of value: what it is, whose, what it would bring, and each step from found to paid."""

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from palermo.prosecution.enums import AssetKind, AssetState
from palermo.prosecution.models.common import OfInvestigation
from palermo.prosecution.models.investigation import Party


@pghistory.track(append_only=True, exclude=["sealed_description"])
class Asset(OfInvestigation):
    """A flat, a car, the balance of an account, crypto-assets. Amounts are whole minor units of its currency."""

    #: Counted within the investigation: A-1, A-2 …
    number = models.PositiveIntegerField()
    kind = models.CharField(_("kind"), max_length=10, choices=AssetKind)
    currency = models.CharField(_("currency"), max_length=5)
    #: What it would bring, after charges that rank before.
    value = models.BigIntegerField(_("value"))
    #: How much of it comes from the crime; the rest can only be taken in place of what is lacking.
    traced = models.BigIntegerField(_("comes from the crime"), default=0)
    holder = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")
    #: Whose benefit it comes from, where somebody else holds it.
    benefit_of = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(_("state"), max_length=12, choices=AssetState, default=AssetState.FOUND)
    #: What it is and where, and the account as the ledger calls it; JSON, sealed.
    sealed_description = models.BinaryField()
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=("investigation", "number"), name="prosecution_asset_number"),
            models.CheckConstraint(
                condition=models.Q(value__gte=0) & models.Q(traced__gte=0) & models.Q(traced__lte=models.F("value")),
                name="prosecution_asset_amounts",
            ),
        ]

    @property
    def label(self) -> str:
        return f"A-{self.number}"

    @property
    def against(self) -> Party | None:
        """Against whose benefit it counts when it is taken."""
        return self.benefit_of or self.holder

    def __str__(self) -> str:
        return self.label


@pghistory.track(append_only=True)
class AssetStep(OfInvestigation):
    """One step of an asset, or a new valuation: on which order, on which day, for how much, and who decided."""

    asset = models.ForeignKey(Asset, models.PROTECT, related_name="+")
    state = models.CharField(_("step"), max_length=12, choices=AssetState)
    #: It was valued anew, in the state in which it stood: no step to that state.
    valuation = models.BooleanField(_("a new valuation"), default=False)
    on = models.DateField(_("on"))
    order = models.ForeignKey(
        "prosecution.LawfulAuthority", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("order")
    )
    #: The court, prosecutor or office that decided. Names no person.
    decided_by = models.CharField(_("decided by"), max_length=160)
    #: Minor units: what the step covers, or what the asset is worth from then on. What it brought may be in another
    #: currency than it was valued in.
    currency = models.CharField(_("currency"), max_length=5)
    amount = models.BigIntegerField(_("amount"))
    #: Who has it now and where; and what else is to be known. Without names.
    note = models.CharField(_("note"), max_length=300, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()

    class Meta:
        ordering = ("on", "recorded_at")
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="prosecution_assetstep_amount"),
        ]


@pghistory.track(append_only=True)
class Benefit(OfInvestigation):
    """What a person obtained by the crime, as a court or the investigation holds it. The newest counts."""

    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    currency = models.CharField(_("currency"), max_length=5)
    amount = models.BigIntegerField(_("benefit"))
    #: Of it, what went back to victims by another way.
    returned = models.BigIntegerField(_("gone back to victims already"), default=0)
    #: How it was reckoned: a trace, net worth, deposits. Without names.
    basis = models.CharField(_("how it was reckoned"), max_length=300)
    decided_by = models.CharField(_("decided by"), max_length=160)
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()

    class Meta:
        ordering = ("-recorded_at",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount__gte=0) & models.Q(returned__gte=0), name="prosecution_benefit_amounts"
            ),
        ]
