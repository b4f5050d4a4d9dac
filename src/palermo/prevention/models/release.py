"""What may be told of coded cases, what was told, and what is public."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from palermo.prevention.enums import ReleaseState
from palermo.prevention.models.common import OfOffice, OfStudy


class Content(OfOffice):
    """A part of a sealed file: coded cases and what was made of them, until somebody decides that it is public."""

    owner_id = models.UUIDField()
    position = models.PositiveIntegerField()
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("owner_id", "position"), name="prevention_content_position")]


class Budget(OfStudy):
    """What may be told in all about anybody in a study: epsilon at delta, decided once and never raised."""

    epsilon = models.FloatField()
    delta = models.FloatField()
    #: The same in zero-concentrated differential privacy, which adds up over releases.
    rho = models.FloatField()
    reason = models.CharField(max_length=300)
    set_at = models.DateTimeField()
    set_by = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("study", "agency"), name="prevention_budget_one"),
            models.CheckConstraint(
                condition=models.Q(rho__gt=0, epsilon__gt=0, epsilon__lte=20, delta__gt=0, delta__lt=1),
                name="prevention_budget_bounds",
            ),
        ]


class CaseTable(OfStudy):
    """Coded cases, one row a case, sealed (kept as contents), with the public codes of each column."""

    name = models.CharField(_("name"), max_length=120)
    columns = ArrayField(models.CharField(max_length=120))
    #: The standard whose public codes these are; empty where the analyst declares the codes that occur public.
    preset = models.CharField(_("standard"), max_length=12, blank=True)
    #: Column → its public codes.
    codes = models.JSONField()
    #: Column → code → what it becomes where it is rare (a country its region).
    parents = models.JSONField(default=dict)
    #: What the file was found to hold beside coded columns: `ignored`, `kept_out`, `lacking`, each names of columns.
    checked = models.JSONField(default=dict)
    cases = models.PositiveIntegerField(_("cases"))
    sha256 = models.CharField("SHA-256", max_length=64)
    delivered_by = models.CharField(_("delivered by"), max_length=160)
    kept_at = models.DateTimeField()
    kept_by = models.UUIDField()

    class Meta:
        ordering = ("-kept_at",)
        constraints = [models.UniqueConstraint(fields=("agency", "sha256"), name="prevention_casetable_once")]

    def __str__(self) -> str:
        return self.name


@pghistory.track(append_only=True)
class Release(OfStudy):
    """A release asked for: what it spends, where it stands. A trigger refuses what would overspend the budget."""

    code = models.CharField(_("code"), max_length=12, unique=True)
    #: What it is made of: coded cases, or a series.
    table = models.ForeignKey(CaseTable, models.PROTECT, related_name="+", null=True)
    series = models.ForeignKey("prevention.Series", models.PROTECT, related_name="+", null=True)
    #: How often one person may be counted in the series.
    per_person = models.PositiveSmallIntegerField(null=True)
    title = models.CharField(_("title"), max_length=120)
    #: Of cases; the strata of a series.
    columns = ArrayField(models.CharField(max_length=120))
    floor = models.PositiveIntegerField(_("floor"))
    epsilon = models.FloatField()
    delta = models.FloatField()
    rho = models.FloatField()
    state = models.CharField(_("state"), max_length=10, choices=ReleaseState, default=ReleaseState.QUEUED)
    problem = models.TextField(blank=True)
    asked_at = models.DateTimeField(_("asked"))
    asked_by = models.UUIDField()
    made_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("-asked_at",)
        constraints = [
            models.CheckConstraint(condition=models.Q(rho__gt=0, floor__gte=2), name="prevention_release_bounds"),
            models.CheckConstraint(
                condition=models.Q(table__isnull=False, series=None)
                | models.Q(table=None, series__isnull=False, per_person__gte=1),
                name="prevention_release_of_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class ReleaseReport(OfStudy):
    """Utility and attacks on a release: they look at the real cases, so they stay here, sealed."""

    release = models.OneToOneField(Release, models.PROTECT, related_name="+")
    sealed_told = models.BinaryField()
    made_at = models.DateTimeField()


@pghistory.track(append_only=True)
class PublicTable(OfStudy):
    """A released table that everybody may read: a copy, so that its policy asks no other table."""

    release = models.ForeignKey(Release, models.PROTECT, related_name="+")
    code = models.CharField(max_length=12)
    title = models.CharField(max_length=120)
    name = models.CharField(max_length=20)
    csv = models.TextField()
    rows = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    #: Epsilon, delta, floor, noise, what was rolled up: what a reader must know.
    told = models.JSONField()
    published_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-published_at", "name")
        constraints = [models.UniqueConstraint(fields=("release", "name"), name="prevention_publictable_once")]
