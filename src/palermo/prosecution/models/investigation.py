"""An investigation, its persons with their roles, and the one way to a case in protection: consent."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from palermo.prosecution.enums import Decision, InvestigationState, PersonRole, VictimAge
from palermo.prosecution.models.common import OfAgency, OfInvestigation


@pghistory.track(append_only=True)
class Investigation(OfAgency):
    #: What staff call it among themselves; drawn at random.
    code = models.CharField(_("code"), max_length=12, unique=True)
    #: A name for the operation that names nobody.
    title = models.CharField(_("title"), max_length=120)
    state = models.CharField(_("state"), max_length=10, choices=InvestigationState, default=InvestigationState.OPEN)
    opened_at = models.DateTimeField(_("opened"))
    opened_by = models.UUIDField()
    closed_at = models.DateTimeField(null=True)
    closing_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-opened_at",)

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


@pghistory.track(append_only=True, exclude=["sealed"])
class Party(OfInvestigation):
    """A person of the investigation: a number for daily use, the name sealed, and what they are in it."""

    #: Counted within the investigation: P-1, P-2 …
    number = models.PositiveIntegerField()
    roles = ArrayField(models.CharField(max_length=12, choices=PersonRole), verbose_name=_("roles"))
    #: At the time of the act; asked of victims.
    age = models.CharField(_("age"), max_length=10, choices=VictimAge, default=VictimAge.ADULT)
    #: Somebody says that this victim agreed. What that is worth, `methods.elements` tells.
    consent_claimed = models.BooleanField(_("somebody says that the person agreed"), default=False)
    #: Name, birth date, telephones, what is known; JSON, sealed.
    sealed = models.BinaryField()
    added_at = models.DateTimeField()

    class Meta:
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=("investigation", "number"), name="prosecution_party_number"),
            models.CheckConstraint(condition=~models.Q(roles=[]), name="prosecution_party_roles"),
        ]

    @property
    def label(self) -> str:
        return f"P-{self.number}"

    @property
    def is_victim(self) -> bool:
        return PersonRole.VICTIM in self.roles

    def __str__(self) -> str:
        return self.label


@pghistory.track(append_only=True, exclude=["sealed_account"])
class Holding(OfInvestigation):
    """An account of a person of the investigation."""

    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    #: As the ledger calls the account; it would name a person, so it is sealed.
    sealed_account = models.BinaryField()
    since = models.DateTimeField()

    class Meta:
        ordering = ("since",)


@pghistory.track(append_only=True)
class NonPunishment(OfInvestigation):
    """Whether a suspect who is also a victim was compelled to what they did: decided by a person, with reasons."""

    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    decision = models.CharField(_("decision"), max_length=16, choices=Decision)
    #: In words without names.
    reason = models.TextField(_("reasons"))
    decided_by = models.UUIDField()
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ("-decided_at",)


@pghistory.track(append_only=True)
class VictimLink(OfInvestigation):
    """A victim of the investigation is the person of a referral for investigation, whose basis must stand.

    The referral's id leads nowhere without reach; whether the link still stands is asked each time
    (`queries.links`). Nothing in protection points back here.
    """

    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    referral_id = models.UUIDField()
    linked_at = models.DateTimeField()
    linked_by = models.UUIDField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("linked_at",)
        constraints = [
            models.UniqueConstraint(
                fields=("party",), condition=models.Q(ended_at=None), name="prosecution_victimlink_one"
            )
        ]
