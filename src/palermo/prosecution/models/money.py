"""Statements, the ledger made of them, what was asked of it, and letters to banks."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from palermo.prosecution.enums import AnalysisKind, AnalysisState, BookState, FileState
from palermo.prosecution.models.common import OfAgency, OfInvestigation


class Content(OfAgency):
    """A part of a sealed file: statements, ledgers and findings lie here, never on a disk in clear.

    In the database and not beside it, so that one policy, one transaction and one backup hold for them as for all
    records; in parts, so that the turning of the keys never holds a whole ledger in memory.
    """

    #: The statement file, ledger or analysis that it belongs to.
    owner_id = models.UUIDField()
    position = models.PositiveIntegerField()
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("owner_id", "position"), name="prosecution_content_position")]


@pghistory.track(append_only=True)
class BankReading(OfAgency):
    """How the files of one bank are read: which column is which, saved by the bank's name."""

    bank = models.CharField(_("bank"), max_length=80)
    columns = models.JSONField(default=dict)
    dates = models.CharField(max_length=3, blank=True)
    decimal = models.CharField(max_length=1, blank=True)
    currency = models.CharField(max_length=5, blank=True)
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ("bank",)
        constraints = [models.UniqueConstraint(fields=("agency", "bank"), name="prosecution_bankreading_bank")]

    def __str__(self) -> str:
        return self.bank


@pghistory.track(append_only=True, exclude=["sealed_name", "sealed_reading", "sealed_report"])
class StatementFile(OfInvestigation):
    """A file of statements under its lawful authority."""

    authority = models.ForeignKey("prosecution.LawfulAuthority", models.PROTECT, related_name="+")
    item = models.ForeignKey("prosecution.EvidenceItem", models.PROTECT, related_name="+")
    bank = models.CharField(_("bank"), max_length=80)
    #: Files are often named after the holder or the account.
    sealed_name = models.BinaryField()
    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.PositiveIntegerField()
    state = models.CharField(_("state"), max_length=10, choices=FileState)
    #: What a person said of this file alone: account, currency, balances; sealed JSON.
    sealed_reading = models.BinaryField()
    #: What was read, or why not; sealed JSON, since it names accounts.
    sealed_report = models.BinaryField()
    uploaded_at = models.DateTimeField()

    class Meta:
        ordering = ("uploaded_at", "id")
        constraints = [
            models.UniqueConstraint(fields=("investigation", "sha256"), name="prosecution_statementfile_once")
        ]


@pghistory.track(append_only=True, exclude=["sealed_report"])
class Book(OfInvestigation):
    """A ledger made of the statements that could be read at that moment."""

    state = models.CharField(_("state"), max_length=8, choices=BookState, default=BookState.QUEUED)
    files = ArrayField(models.UUIDField(), default=list)
    rows = models.PositiveIntegerField(default=0)
    #: Of the Parquet file, in clear.
    sha256 = models.CharField(max_length=64, blank=True)
    #: Accounts, gaps, merges and what a person decided on them; sealed JSON.
    sealed_report = models.BinaryField(null=True)
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.UUIDField(null=True)

    class Meta:
        ordering = ("-asked_at",)


@pghistory.track(append_only=True, exclude=["sealed_question", "sealed_problem"])
class Analysis(OfInvestigation):
    """A question to a ledger and its answer (kept as contents)."""

    book = models.ForeignKey(Book, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=AnalysisKind)
    state = models.CharField(max_length=8, choices=AnalysisState, default=AnalysisState.QUEUED)
    sealed_question = models.BinaryField()
    sealed_problem = models.BinaryField(null=True)
    #: How many of `steps` are done, for the page that waits.
    done = models.PositiveSmallIntegerField(default=0)
    steps = models.PositiveSmallIntegerField(default=1)
    asked_at = models.DateTimeField()
    asked_by = models.UUIDField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-asked_at",)


@pghistory.track(append_only=True, exclude=["sealed_asked", "sealed_reply"])
class BankRequest(OfInvestigation):
    """A letter to a bank under an order or a consent, with its deadline and what came back."""

    authority = models.ForeignKey("prosecution.LawfulAuthority", models.PROTECT, related_name="+")
    bank = models.CharField(_("bank"), max_length=120)
    sealed_asked = models.BinaryField()
    sent_on = models.DateField(_("sent on"))
    due_at = models.DateTimeField(_("answer due"))
    answered_at = models.DateTimeField(_("answered"), null=True)
    sealed_reply = models.BinaryField(null=True)

    class Meta:
        ordering = ("due_at",)
