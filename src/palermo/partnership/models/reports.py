"""The annual report: texts in versions, figures frozen with what was counted, recounts beside them, what was issued."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from palermo.partnership.enums.findings import ReportStage
from palermo.partnership.models.clearance import Cleared
from palermo.partnership.models.declared import BOUNDS


class Report(Cleared):
    """One year's report in one language."""

    year = models.PositiveSmallIntegerField(_("year"))
    language = models.CharField(_("language"), max_length=2)
    title = models.CharField(_("title"), max_length=200)
    stage = models.CharField(_("stage"), max_length=10, choices=ReportStage, default=ReportStage.DRAFT)

    class Meta:
        ordering = ("-year", "language")
        constraints = [
            models.UniqueConstraint(fields=("office", "year", "language"), name="partnership_report_once"),
            models.CheckConstraint(
                condition=~models.Q(clearance="public") | models.Q(stage=ReportStage.PUBLISHED),
                name="partnership_report_public",
            ),
        ]


class ReportText(models.Model):
    """One version of a report's text in its markup."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, models.PROTECT, related_name="texts")
    number = models.PositiveSmallIntegerField(_("version"))
    text = models.TextField(_("text"))
    written_by = models.UUIDField()
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ("-number",)
        constraints = [models.UniqueConstraint(fields=("report", "number"), name="partnership_reporttext_once")]


class FrozenFigure(Cleared):
    """A figure as it was counted on a day, with what was counted, so that it can be recounted years later."""

    name = models.CharField(_("name"), max_length=180)
    #: Of the definition, as registered; 0 for what was declared.
    version = models.PositiveSmallIntegerField(_("version of the definition"))
    definition = models.TextField(_("definition"))
    unit = models.CharField(_("unit"), max_length=60, blank=True)
    period_start = models.DateField(_("from"))
    #: The first day that is not counted any more.
    period_end = models.DateField(_("to before"))
    value = models.DecimalField(_("value"), max_digits=20, decimal_places=4)
    bound = models.CharField(_("bound"), max_length=10, choices=BOUNDS)
    declared = models.BooleanField(_("declared"))
    counted = ArrayField(models.CharField(max_length=200), verbose_name=_("what was counted"), default=list)
    digest = models.CharField(_("digest"), max_length=64)
    frozen_at = models.DateTimeField(_("frozen"))
    frozen_by = models.UUIDField()

    class Meta:
        ordering = ("-frozen_at", "name")
        indexes = [models.Index(fields=("name", "-frozen_at"), name="partnership_frozen_name")]


class Recount(models.Model):
    """A frozen figure counted again: what came, what went. The frozen one stays as it is."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    figure = models.ForeignKey(FrozenFigure, models.PROTECT, related_name="recounts")
    version = models.PositiveSmallIntegerField()
    value = models.DecimalField(_("value"), max_digits=20, decimal_places=4)
    digest = models.CharField(_("digest"), max_length=64)
    added = ArrayField(models.CharField(max_length=200), default=list)
    removed = ArrayField(models.CharField(max_length=200), default=list)
    recounted_at = models.DateTimeField(_("recounted"))
    recounted_by = models.UUIDField()

    class Meta:
        ordering = ("-recounted_at",)


class ReportIssue(models.Model):
    """A report as it was frozen: the blocks that every output is set from, and the figures in them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, models.PROTECT, related_name="issues")
    number = models.PositiveSmallIntegerField(_("issue"))
    text = models.ForeignKey(ReportText, models.PROTECT, related_name="+")
    #: The data of ui's document template.
    content = models.JSONField()
    digest = models.CharField(_("digest"), max_length=64)
    frozen_at = models.DateTimeField(_("frozen"))
    frozen_by = models.UUIDField()
    published_at = models.DateTimeField(_("published"), null=True)

    class Meta:
        ordering = ("-number",)
        constraints = [models.UniqueConstraint(fields=("report", "number"), name="partnership_reportissue_once")]


class IssueFigure(models.Model):
    """Which frozen figure stands in which issue, under the name by which the text calls it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    issue = models.ForeignKey(ReportIssue, models.PROTECT, related_name="figures")
    figure = models.ForeignKey(FrozenFigure, models.PROTECT, related_name="+")
    called = models.CharField(max_length=190)

    class Meta:
        ordering = ("called",)
        constraints = [models.UniqueConstraint(fields=("issue", "called"), name="partnership_issuefigure_once")]
