"""Findings and reports."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class FindingKind(TextChoices):
    """What a finding is."""

    PRACTICE = "practice", _("Promising practice")
    CHALLENGE = "challenge", _("Challenge")
    RECOMMENDATION = "recommendation", _("Recommendation")


class SourceKind(TextChoices):
    """Where a finding comes from."""

    VISIT = "visit", _("Visit")
    EVENT = "event", _("Conference or meeting")
    CONSULTATION = "consultation", _("Consultation with organisations")
    SURVEY = "survey", _("Survey")
    PUBLICATION = "publication", _("Publication")
    BODY = "body", _("Report of another body")
    OTHER = "other", _("Other")


class Urgency(TextChoices):
    """How pressing a recommendation is, as its verb says: urges, considers that … should, invites."""

    IMMEDIATE = "immediate", _("Immediate")
    HIGH = "high", _("High")
    NORMAL = "normal", _("Normal")


class TextStage(TextChoices):
    """Where a version of a finding's text stands between the office and the State."""

    DRAFT = "draft", _("Draft")
    SENT = "sent", _("Sent to the State")
    COMMENTS = "comments", _("Comments of the State")
    FINAL = "final", _("Final")
    PUBLISHED = "published", _("Published")


class Position(TextChoices):
    """What the State says to a finding. Its word, not our assessment."""

    ACCEPTED = "accepted", _("Accepted")
    PARTLY = "partly", _("Accepted in part")
    NOTED = "noted", _("Noted")
    ALREADY_DONE = "already_done", _("Already done, in its view")


class MeasureKind(TextChoices):
    """What a State did."""

    LAW = "law", _("Law")
    POLICY = "policy", _("Strategy or plan")
    INSTITUTION = "institution", _("Institution or mandate")
    TRAINING = "training", _("Training")
    SERVICE = "service", _("Service or funding")
    OTHER = "other", _("Other")


class Progress(TextChoices):
    """Where implementation stands, as the office assesses it with evidence on a day."""

    NOT_STARTED = "not_started", _("Not started")
    UNDER_WAY = "under_way", _("Under way")
    PARTLY = "partly", _("Partly done")
    LARGELY = "largely", _("Largely done")
    FULLY = "fully", _("Fully done")
    OVERTAKEN = "overtaken", _("Overtaken by events")


class LinkKind(TextChoices):
    """How one finding stands to another."""

    SAME_AS = "same_as", _("Says the same as")
    FOLLOWS = "follows", _("Follows up")
    CONTRADICTS = "contradicts", _("Contradicts")
    OFFERED = "offered", _("Practice offered for")


class ReportStage(TextChoices):
    """Where a report stands; a frozen one keeps its figures whatever happens to the records."""

    DRAFT = "draft", _("Draft")
    FROZEN = "frozen", _("Frozen")
    PUBLISHED = "published", _("Published")
