"""A study, and the lists that agencies delivered for it, as counts."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from palermo.prevention.enums import Linkage, StudyBasis, StudyState
from palermo.prevention.models.common import OfOffice, OfStudy


@pghistory.track(append_only=True)
class Study(OfOffice):
    #: What staff call it, and the public page too; drawn at random.
    code = models.CharField(_("code"), max_length=12, unique=True)
    title = models.CharField(_("title"), max_length=120)
    question = models.CharField(_("question"), max_length=500)
    #: The first and the last day that it is about.
    start = models.DateField(_("first day"))
    end = models.DateField(_("last day"))
    place = models.CharField(_("place"), max_length=120)
    #: Who is counted: of which age, citizenship, form of exploitation, identified or presumed by whom.
    population = models.CharField(_("who is counted"), max_length=500)
    basis = models.CharField(_("lawful basis"), max_length=12, choices=StudyBasis)
    #: The act and its article, or the agreement and its day.
    basis_reference = models.CharField(_("reference of the basis"), max_length=200)
    state = models.CharField(_("state"), max_length=8, choices=StudyState, default=StudyState.OPEN)
    opened_at = models.DateTimeField(_("opened"))
    opened_by = models.UUIDField()
    closed_at = models.DateTimeField(null=True)
    closing_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-opened_at",)
        constraints = [
            models.CheckConstraint(condition=models.Q(end__gte=models.F("start")), name="prevention_study_days")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


@pghistory.track(append_only=True)
class ListTable(OfStudy):
    """Lists that were delivered together, as counts of who is on which of them, by group. No row is a person."""

    name = models.CharField(_("name"), max_length=120)
    lists = ArrayField(models.CharField(max_length=120))
    #: The covariates of the groups (sex, age, form …); none where all are one group.
    by = ArrayField(models.CharField(max_length=60), default=list)
    #: [[group…], [count of cell 1, …, count of cell 2^t - 1]] for each group; bit k of a cell is list k.
    groups = models.JSONField()
    observed = models.PositiveIntegerField(_("known persons"))
    shared = models.PositiveIntegerField(_("on two lists or more"))
    linkage = models.CharField(_("how persons were linked"), max_length=10, choices=Linkage)
    #: Of the file as it was delivered, which is not kept.
    sha256 = models.CharField("SHA-256", max_length=64)
    delivered_by = models.CharField(_("delivered by"), max_length=160)
    delivered_on = models.DateField(_("delivered on"))
    kept_at = models.DateTimeField()
    kept_by = models.UUIDField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawal_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-kept_at",)
        constraints = [models.UniqueConstraint(fields=("study", "sha256"), name="prevention_listtable_once")]

    def __str__(self) -> str:
        return self.name
