"""Who reaches what until when, and the lines that tell it."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from palermo.office.enums import NoticeKind, ObjectKind
from palermo.office.models.sealed import SealedText


class Reach(models.Model):
    """One agency reaches one object. Written only by the SQL functions in office/sql/, called by domain verbs."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    agency = models.ForeignKey("office.Agency", models.PROTECT, related_name="+")
    #: A person's file, a referral, a package, a request for a guardian; the ids are random, so one column serves all.
    object_id = models.UUIDField()
    kind = models.CharField(max_length=10, choices=ObjectKind)
    #: May write as well as read.
    writes = models.BooleanField(default=False)
    until = models.DateTimeField()
    #: "owner", or what it rests on: the id of a disclosure, an emergency opening, a referral.
    ground = models.CharField(max_length=60)
    granted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [
            models.Index(fields=("object_id", "agency"), name="office_reach_object"),
            models.Index(fields=("agency", "kind"), name="office_reach_agency"),
        ]


class ChainHead(models.Model):
    """The last line of an agency's access log; locked last in a transaction."""

    agency = models.OneToOneField("office.Agency", models.PROTECT, primary_key=True, related_name="+")
    seq = models.BigIntegerField(default=0)
    hash = models.BinaryField()


class LogLine(models.Model):
    """A line of the access log: append-only, chained by SHA-256 within its agency."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    agency = models.ForeignKey("office.Agency", models.PROTECT, related_name="+")
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    #: Null where nobody signs in: a concern from outside.
    member_id = models.UUIDField(null=True)
    verb = models.CharField(max_length=60)
    purpose = models.CharField(max_length=30, blank=True)
    object_id = models.UUIDField(null=True)
    #: The file it is about, where it is about one.
    person_id = models.UUIDField(null=True)
    #: The canonical JSON that was hashed; the columns above are taken from it.
    body = models.TextField()
    hash = models.BinaryField()

    class Meta:
        ordering = ("agency_id", "seq")
        constraints = [models.UniqueConstraint(fields=("agency", "seq"), name="office_logline_chain")]
        indexes = [models.Index(fields=("person_id", "at"), name="office_logline_person")]


class EmergencyOpening(models.Model):
    """A file opened in an emergency: reason first, three hours, the owner told, a review owed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person_id = models.UUIDField(db_index=True)
    owner = models.ForeignKey("office.Agency", models.PROTECT, related_name="+")
    opener = models.ForeignKey("office.Agency", models.PROTECT, related_name="+")
    member_id = models.UUIDField()
    reason = SealedText(_("reason"))
    opened_at = models.DateTimeField()
    until = models.DateTimeField()
    reviewed_at = models.DateTimeField(null=True)
    review = SealedText(_("review"))

    class Meta:
        ordering = ("-opened_at",)


class Notice(models.Model):
    """A message from the system to an agency. Names no person: what it is about opens only for those who may."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agency = models.ForeignKey("office.Agency", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30, choices=NoticeKind)
    about_id = models.UUIDField(null=True)
    text = models.TextField(blank=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-at",)
        indexes = [models.Index(fields=("agency", "-at"), name="office_notice_agency")]
