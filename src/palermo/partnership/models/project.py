"""Projects with their money: lines, spending, contributions in money, in kind or as staff."""

import uuid

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from palermo.partnership.enums import BudgetKind, Clearance, ContributionKind
from palermo.partnership.models.clearance import Cleared
from palermo.partnership.models.event import texts


@pghistory.track(append_only=True)
class Project(Cleared):
    reference = models.CharField(_("reference"), max_length=80)
    title = models.CharField(_("title"), max_length=300)
    budget = models.CharField(_("budget"), max_length=20, choices=BudgetKind, default=BudgetKind.EXTRA_BUDGETARY)
    starts = models.DateField(_("begins"), null=True, blank=True)
    ends = models.DateField(_("ends"), null=True, blank=True)
    hosts = texts(_("hosts"), 300)
    partners = texts(_("partners"), 300)
    internal_partners = texts(_("partners in our own organisation"), 300)
    themes = texts(_("themes"), 40)
    aim = models.TextField(_("aim"), blank=True)

    class Meta:
        ordering = ("title",)
        constraints = [models.UniqueConstraint(fields=("office", "reference"), name="partnership_project_reference")]

    def __str__(self) -> str:
        return self.title


class ProjectOutput(models.Model):
    """What a project is to bring about, and whether it has."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(Project, models.CASCADE, related_name="outputs")
    title = models.CharField(_("output"), max_length=300)
    due = models.DateField(_("due"), null=True, blank=True)
    done_on = models.DateField(_("delivered"), null=True, blank=True)
    evidence = models.CharField(_("evidence"), max_length=300, blank=True)

    class Meta:
        ordering = ("due", "title")


class BudgetLine(models.Model):
    """A line of a project's budget, in minor units of its currency."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(Project, models.CASCADE, related_name="lines")
    code = models.CharField(_("code"), max_length=20)
    title = models.CharField(_("line"), max_length=200)
    currency = models.CharField(_("currency"), max_length=3)
    minor = models.BigIntegerField(_("planned (minor units)"))

    class Meta:
        ordering = ("code",)
        constraints = [
            models.UniqueConstraint(fields=("project", "code"), name="partnership_line_code"),
            models.CheckConstraint(condition=models.Q(minor__gte=0), name="partnership_line_amount"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


@pghistory.track(append_only=True)
class Spending(models.Model):
    """Money spent against a line; a correction is a line with the other sign."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="spending")
    line = models.ForeignKey(BudgetLine, models.PROTECT, related_name="spending", verbose_name=_("line"))
    on = models.DateField(_("day"))
    minor = models.BigIntegerField(_("spent (minor units)"))
    what = models.CharField(_("for what"), max_length=300)

    class Meta:
        ordering = ("-on",)


@pghistory.track(append_only=True)
class Contribution(Cleared):
    """What a donor gives. One who asked not to be named is never shown beyond the office."""

    reference = models.CharField(_("reference"), max_length=80)
    donor = models.CharField(_("donor"), max_length=200)
    #: ISO 3166-1 alpha-2 where the donor is a State.
    state = models.CharField(_("State"), max_length=2, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=ContributionKind)
    project = models.ForeignKey(Project, models.PROTECT, null=True, blank=True, related_name="contributions")
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    minor = models.BigIntegerField(_("amount (minor units)"), null=True, blank=True)
    what = models.CharField(_("what"), max_length=300, blank=True)
    earmark = models.CharField(_("ear-marked for"), max_length=200, blank=True)
    year = models.PositiveSmallIntegerField(_("year"))
    anonymous = models.BooleanField(_("asked not to be named"), default=False)

    class Meta:
        ordering = ("donor", "-year")
        constraints = [
            models.UniqueConstraint(fields=("office", "reference"), name="partnership_contribution_reference"),
            models.CheckConstraint(
                condition=models.Q(anonymous=False) | models.Q(clearance__in=(Clearance.OFFICE, Clearance.NAMED)),
                name="partnership_contribution_anonymous",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind=ContributionKind.MONEY)
                | models.Q(minor__gt=0, minor__isnull=False) & ~models.Q(currency=""),
                name="partnership_contribution_money",
            ),
        ]
