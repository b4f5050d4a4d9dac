"""A person's file as one agency keeps it: what is not sealed, what is, and how it is found again."""

import uuid

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from palermo.office.enums import AgePath, Sex
from palermo.office.models.sealed import SealedText


@pghistory.track(append_only=True)
class Person(models.Model):
    """One agency's file on one person. Two agencies that meet the same person keep two files."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agency = models.ForeignKey("office.Agency", models.PROTECT, related_name="+")
    #: What staff call the person among themselves; drawn at random, tells nothing.
    code = models.CharField(_("code"), max_length=12, unique=True)
    path = models.CharField(_("path"), max_length=10, choices=AgePath)
    #: Years at registration, null where not known.
    age = models.PositiveSmallIntegerField(_("age"), null=True, blank=True)
    sex = models.CharField(_("sex"), max_length=10, choices=Sex, default=Sex.NOT_KNOWN)
    #: ISO 3166-1 alpha-2; empty is not known.
    citizenship = models.CharField(_("citizenship"), max_length=2, blank=True)
    #: ISO 639-3; empty is not known.
    language = models.CharField(_("language"), max_length=3, blank=True)
    site = models.ForeignKey("office.Site", models.PROTECT, null=True, blank=True, related_name="+")
    #: Null is not known.
    alone = models.BooleanField(_("travels alone"), null=True, blank=True)
    arrived_at = models.DateTimeField(_("arrived"))
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("-arrived_at", "id")
        indexes = [
            models.Index(fields=("-arrived_at",), name="office_person_arrived"),
            models.Index(fields=("site", "-arrived_at"), name="office_person_site"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_child(self) -> bool:
        """Taken on the child's path; so is a person whose age is not sure."""
        return self.path != AgePath.ADULT


class SealedIdentity(models.Model):
    """Names, contacts, birth date and documents, encrypted as a whole with the newest key of the ring."""

    person = models.OneToOneField(Person, models.PROTECT, primary_key=True, related_name="+")
    sealed = models.BinaryField()


class BlindToken(models.Model):
    """A keyed hash of a normalised name, telephone or document: equality can be asked, nothing read."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    agency = models.ForeignKey("office.Agency", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10)
    token = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=("token",), name="office_blindtoken_token")]


class Search(models.Model):
    """A search before create: who, when, why. Kept to limit and to review; the hits are not in it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agency = models.ForeignKey("office.Agency", models.PROTECT, related_name="+")
    member_id = models.UUIDField()
    at = models.DateTimeField()
    reason = SealedText(max_length=200)

    class Meta:
        indexes = [models.Index(fields=("member_id", "-at"), name="office_search_member")]
