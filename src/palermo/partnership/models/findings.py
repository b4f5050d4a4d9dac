"""Findings and what becomes of them. Texts, replies, assessments are rows by different hands, never overwritten."""

import uuid

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from palermo.partnership.enums import Standing
from palermo.partnership.enums.findings import (
    FindingKind,
    LinkKind,
    MeasureKind,
    Position,
    Progress,
    SourceKind,
    TextStage,
    Urgency,
)
from palermo.partnership.models.clearance import Cleared


@pghistory.track(append_only=True)
class Finding(Cleared):
    """A promising practice, a challenge or a recommendation, addressed to a State."""

    #: What people call it, such as "DK-2017-03"; unique in its office.
    reference = models.CharField(_("reference"), max_length=60)
    kind = models.CharField(_("kind"), max_length=14, choices=FindingKind)
    #: ISO 3166-1 alpha-2; empty for what is addressed to no State in particular.
    state = models.CharField(_("State"), max_length=2, blank=True)
    #: Who found it: empty is the office itself, else the name of another body.
    body = models.CharField(_("body"), max_length=120, blank=True)
    title = models.CharField(_("in one sentence"), max_length=400)
    #: Codes of vocabulary's themes.
    themes = ArrayField(models.CharField(max_length=40), verbose_name=_("themes"), default=list)
    source_kind = models.CharField(_("source"), max_length=14, choices=SourceKind)
    source_reference = models.CharField(_("which one"), max_length=300, blank=True)
    #: The record of it, where it stands here.
    visit = models.ForeignKey("partnership.Visit", models.PROTECT, related_name="findings", null=True, blank=True)
    event = models.ForeignKey("partnership.Event", models.PROTECT, related_name="findings", null=True, blank=True)
    found_on = models.DateField(_("of the day"))
    urgency = models.CharField(_("urgency"), max_length=10, choices=Urgency, default=Urgency.NORMAL)
    addressee = models.CharField(_("addressed to"), max_length=200, blank=True)
    deadline = models.DateField(_("deadline"), null=True, blank=True)
    #: Of the last version, and of the last assessment (empty: none): kept by triggers, no verb writes them.
    stage = models.CharField(_("text"), max_length=10, choices=TextStage, default=TextStage.DRAFT, editable=False)
    status = models.CharField(_("status"), max_length=12, choices=Progress, blank=True, editable=False)

    #: Paragraphs of commitments that it rests on.
    provisions = models.ManyToManyField("partnership.Provision", through="FindingProvision", related_name="+")

    class Meta:
        ordering = ("-found_on", "reference")
        constraints = [
            models.UniqueConstraint(fields=("office", "reference"), name="partnership_finding_reference"),
            # What is public was published: a draft or the State's comments never are.
            models.CheckConstraint(
                condition=~models.Q(clearance="public") | models.Q(stage="published"), name="partnership_finding_public"
            ),
        ]
        indexes = [
            models.Index(fields=("state", "-found_on"), name="partnership_finding_state"),
            models.Index(fields=("kind", "status"), name="partnership_finding_kind"),
            models.Index(fields=("-found_on", "reference"), name="partnership_finding_newest"),
        ]


class FindingProvision(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    finding = models.ForeignKey(Finding, models.PROTECT, related_name="+")
    provision = models.ForeignKey("partnership.Provision", models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("finding", "provision"), name="partnership_findingprovision_once")
        ]


class FindingText(models.Model):
    """One version of a finding's text in one language; the State's comments are a version, too."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    finding = models.ForeignKey(Finding, models.PROTECT, related_name="texts")
    number = models.PositiveSmallIntegerField(_("version"))
    stage = models.CharField(_("stage"), max_length=10, choices=TextStage)
    language = models.CharField(_("language"), max_length=2)
    standing = models.CharField(_("standing"), max_length=10, choices=Standing, default=Standing.OFFICIAL)
    text = models.TextField(_("text"))
    on = models.DateField(_("day"))
    written_by = models.UUIDField()
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ("-number", "language")
        constraints = [
            models.UniqueConstraint(fields=("finding", "number", "language"), name="partnership_findingtext_once")
        ]


class Reply(models.Model):
    """What the State answered to a finding."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    finding = models.ForeignKey(Finding, models.PROTECT, related_name="replies")
    position = models.CharField(_("position"), max_length=12, choices=Position)
    on = models.DateField(_("day"))
    document = models.CharField(_("document"), max_length=300)
    text = models.TextField(_("in the State's words"), blank=True)
    written_by = models.UUIDField()
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ("-on", "-entered_at")
        indexes = [models.Index(fields=("on",), name="partnership_reply_on")]
        verbose_name_plural = "replies"


class Measure(Cleared):
    """What a State did: once, and linked with every finding that it answers."""

    state = models.CharField(_("State"), max_length=2)
    kind = models.CharField(_("kind"), max_length=12, choices=MeasureKind)
    title = models.CharField(_("in one sentence"), max_length=400)
    on = models.DateField(_("day"))
    document = models.CharField(_("document"), max_length=300, blank=True)
    findings = models.ManyToManyField(Finding, through="MeasureFinding", related_name="measures")

    class Meta:
        ordering = ("-on",)
        indexes = [models.Index(fields=("state", "-on"), name="partnership_measure_state")]


class MeasureFinding(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="+")
    finding = models.ForeignKey(Finding, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=("measure", "finding"), name="partnership_measurefinding_once")]


class Assessment(models.Model):
    """Where implementation stood on a day, by the office, with its evidence."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    finding = models.ForeignKey(Finding, models.PROTECT, related_name="assessments")
    status = models.CharField(_("status"), max_length=12, choices=Progress)
    on = models.DateField(_("day"))
    reason = models.TextField(_("reason"))
    evidence = models.CharField(_("evidence"), max_length=300)
    written_by = models.UUIDField()
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ("-on", "-entered_at")
        indexes = [models.Index(fields=("on",), name="partnership_assessment_on")]


class FollowUp(models.Model):
    """A later meeting, visit or letter in which a finding came up again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    finding = models.ForeignKey(Finding, models.PROTECT, related_name="follow_ups")
    on = models.DateField(_("day"))
    occasion = models.CharField(_("occasion"), max_length=300)
    what = models.TextField(_("what was said or done"))
    written_by = models.UUIDField()
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ("-on", "-entered_at")
        indexes = [models.Index(fields=("on",), name="partnership_followup_on")]


class FindingLink(models.Model):
    """One finding beside another: the same, a follow-up, a contradiction, a practice offered for a recommendation."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    finding = models.ForeignKey(Finding, models.PROTECT, related_name="links")
    other = models.ForeignKey(Finding, models.PROTECT, related_name="linked_from")
    kind = models.CharField(_("how"), max_length=12, choices=LinkKind)
    note = models.CharField(_("note"), max_length=300, blank=True)
    on = models.DateField(_("day"))
    written_by = models.UUIDField()

    class Meta:
        ordering = ("-on",)
        constraints = [
            models.UniqueConstraint(fields=("finding", "other", "kind"), name="partnership_findinglink_once"),
            models.CheckConstraint(condition=~models.Q(finding=models.F("other")), name="partnership_findinglink_two"),
        ]
