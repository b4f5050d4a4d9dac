"""What holds an element of the crime: evidence with source and custody, and the authority on which it was obtained."""

import datetime as dt

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from palermo.prosecution.enums import AuthorityKind, DisclosureStatus, ElementCode, ElementKind, EvidenceKind
from palermo.prosecution.models.common import OfInvestigation


@pghistory.track(append_only=True, exclude=["sealed_covers"])
class LawfulAuthority(OfInvestigation):
    """An order, a consent, or a report: without one no statement is kept."""

    kind = models.CharField(_("kind"), max_length=10, choices=AuthorityKind)
    #: The court, prosecutor, or office that issued or received it.
    issuer = models.CharField(_("issued by"), max_length=160)
    reference = models.CharField(_("reference"), max_length=80)
    since = models.DateField(_("from"))
    until = models.DateField(_("until"), null=True, blank=True)
    #: That a report was made may be told to nobody it is about, and stands in no schedule and no letter.
    secret = models.BooleanField(_("its existence is secret"), default=False)
    #: The accounts and persons that it covers; sealed.
    sealed_covers = models.BinaryField()
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ("since", "reference")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")),
                name="prosecution_lawfulauthority_span",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind=AuthorityKind.REPORT) | models.Q(secret=True),
                name="prosecution_lawfulauthority_report",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.reference}"

    def over(self, day: dt.date) -> bool:
        """Whether its time is over on a day."""
        return self.until is not None and self.until < day

    def in_force(self, day: dt.date) -> bool:
        """Whether its time has come and is not over on a day."""
        return self.since <= day and not self.over(day)


@pghistory.track(append_only=True, exclude=["sealed_description"])
class EvidenceItem(OfInvestigation):
    """One item of evidence: what it is, whence, and whether the defence gets it."""

    #: Counted within the investigation: E-1, E-2 …
    number = models.PositiveIntegerField()
    kind = models.CharField(_("kind"), max_length=12, choices=EvidenceKind)
    #: Whence it came: an office, a place, a bank. Names no person.
    source = models.CharField(_("source"), max_length=160)
    #: SHA-256 of the file, empty for an object.
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    authority = models.ForeignKey(LawfulAuthority, models.PROTECT, null=True, blank=True, related_name="+")
    disclosure = models.CharField(
        _("disclosure"), max_length=12, choices=DisclosureStatus, default=DisclosureStatus.TO_REVIEW
    )
    #: What it shows, in words that may name; sealed.
    sealed_description = models.BinaryField()
    obtained_on = models.DateField(_("obtained on"))
    added_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=("investigation", "number"), name="prosecution_evidenceitem_number"),
            models.CheckConstraint(
                condition=models.Q(sha256="") | models.Q(sha256__regex=r"^[0-9a-f]{64}$"),
                name="prosecution_evidenceitem_sha256",
            ),
        ]

    @property
    def label(self) -> str:
        return f"E-{self.number}"

    @property
    def secret(self) -> bool:
        return self.authority is not None and self.authority.secret

    def __str__(self) -> str:
        return self.label


@pghistory.track(append_only=True)
class CustodyStep(OfInvestigation):
    """A hand-over: from whom to whom, when, why. Offices and functions, not names."""

    item = models.ForeignKey(EvidenceItem, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("when"))
    from_hand = models.CharField(_("from"), max_length=120)
    to_hand = models.CharField(_("to"), max_length=120)
    reason = models.CharField(_("why"), max_length=200)
    #: Whether the seal was whole, or the hash the same.
    intact = models.BooleanField(_("seal whole, or hash the same"), default=True)
    noted_by = models.UUIDField()

    class Meta:
        ordering = ("at",)


@pghistory.track(append_only=True)
class Support(OfInvestigation):
    """An item of evidence that holds an element of the crime against one victim."""

    victim = models.ForeignKey("prosecution.Party", models.PROTECT, related_name="+")
    element = models.CharField(_("element"), max_length=8, choices=ElementKind)
    code = models.CharField(_("what it consists in"), max_length=16, choices=ElementCode)
    item = models.ForeignKey(EvidenceItem, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("noted_at",)
        constraints = [
            models.UniqueConstraint(
                fields=("victim", "code", "item"), condition=models.Q(removed_at=None), name="prosecution_support_once"
            )
        ]
