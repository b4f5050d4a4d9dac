"""What was asked of lists, each answer as it came, and the range that was published."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from palermo.prevention.enums import WorkState
from palermo.prevention.models.common import OfStudy


@pghistory.track(append_only=True)
class Run(OfStudy):
    """An estimate asked for. Once it is done nothing of it changes: the database refuses."""

    table = models.ForeignKey("prevention.ListTable", models.PROTECT, related_name="+")
    #: Methods, threshold, order, resamples, seed, covariates.
    asked = models.JSONField()
    #: Names of its parts, in the order in which they are made.
    parts = ArrayField(models.CharField(max_length=20))
    done = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(_("state"), max_length=8, choices=WorkState, default=WorkState.QUEUED)
    problem = models.TextField(blank=True)
    asked_at = models.DateTimeField(_("asked"))
    asked_by = models.UUIDField()
    done_at = models.DateTimeField(null=True)
    #: SHA-256 over what was asked, the counts and all parts.
    digest = models.CharField("SHA-256", max_length=64, blank=True)

    class Meta:
        ordering = ("-asked_at",)


class RunPart(OfStudy):
    """One answer: of a method, of near ties, of changed lists, of groups, or the conclusion. Never changed."""

    run = models.ForeignKey(Run, models.PROTECT, related_name="+")
    name = models.CharField(max_length=20)
    told = models.JSONField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("run", "name"), name="prevention_runpart_once")]


@pghistory.track(append_only=True)
class PublishedEstimate(OfStudy):
    """The range that everybody may read, with its conclusion: a copy, so that its policy asks no other table."""

    run = models.ForeignKey(Run, models.PROTECT, related_name="+")
    code = models.CharField(max_length=12)
    title = models.CharField(max_length=120)
    population = models.CharField(max_length=500)
    place = models.CharField(max_length=120)
    start = models.DateField()
    end = models.DateField()
    #: Rounded down to tens, since a count that differs by one between issues points at a person.
    observed = models.PositiveIntegerField()
    lower = models.PositiveIntegerField()
    #: None: the data set no upper end.
    upper = models.PositiveIntegerField(null=True)
    conclusion = models.TextField()
    reason = models.CharField(max_length=300)
    published_at = models.DateTimeField()
    published_by = models.UUIDField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawal_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-published_at",)
        constraints = [
            models.UniqueConstraint(
                fields=("study", "agency"),
                condition=models.Q(withdrawn_at=None),
                name="prevention_publishedestimate_one",
            )
        ]
