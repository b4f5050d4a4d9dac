"""Files of agencies that were linked here, held sealed until the pairs are decided and the counts are made."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from palermo.prevention.enums import Linkage, LinkingState, PairVerdict
from palermo.prevention.models.common import OfOffice, OfStudy


@pghistory.track(append_only=True)
class Linking(OfStudy):
    """One linkage of delivered files. No row of it is a person; what is, lies in `HeldPart` until it ends."""

    name = models.CharField(_("name"), max_length=120)
    lists = ArrayField(models.CharField(max_length=120))
    linkage = models.CharField(_("how persons are linked"), max_length=10, choices=Linkage)
    #: The act and its article on which names are linked; empty where only hashes came.
    names_basis = models.CharField(_("legal basis for names"), max_length=200, blank=True)
    records = models.PositiveIntegerField(_("records"))
    #: Pairs that are worth looking at; they are called by their place in this order.
    pairs = models.PositiveIntegerField(_("pairs to look at"))
    sha256 = models.CharField("SHA-256", max_length=64)
    delivered_by = models.CharField(_("delivered by"), max_length=160)
    delivered_on = models.DateField(_("delivered on"))
    state = models.CharField(_("state"), max_length=9, choices=LinkingState, default=LinkingState.REVIEW)
    made_at = models.DateTimeField()
    made_by = models.UUIDField()
    #: After it the held files are hidden at once and deleted in the night.
    until = models.DateTimeField(_("held until"))
    ended_at = models.DateTimeField(null=True)
    #: The counts that came of it.
    table = models.ForeignKey("prevention.ListTable", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("-made_at",)
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(linkage="names") | ~models.Q(names_basis=""), name="prevention_linking_names_basis"
            )
        ]

    def __str__(self) -> str:
        return self.name


class HeldPart(OfOffice):
    """A part of the sealed files of a linkage: the one table of this room from which rows are deleted."""

    linking = models.ForeignKey(Linking, models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    until = models.DateTimeField()
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("linking", "position"), name="prevention_heldpart_position")]


class Decision(OfOffice):
    """What a person found of a pair; the newest of a pair counts."""

    linking = models.ForeignKey(Linking, models.PROTECT, related_name="+")
    #: Place of the pair among those worth looking at, from 0.
    pair = models.PositiveIntegerField()
    verdict = models.CharField(_("verdict"), max_length=11, choices=PairVerdict)
    reason = models.CharField(_("reason"), max_length=200)
    decided_at = models.DateTimeField()
    decided_by = models.UUIDField()

    class Meta:
        ordering = ("decided_at",)
