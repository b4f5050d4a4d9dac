"""Visits, plans of other bodies, calendar."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class VisitStatus(TextChoices):
    """How far a visit has come; `domain/visits.MOVES` says from where to where."""

    IDEA = "idea", _("Idea")
    PLANNED = "planned", _("Planned")
    AGREED = "agreed", _("Agreed within the office")
    CONFIRMED = "confirmed", _("Confirmed by the State")
    DONE = "done", _("Done, report to come")
    REPORTED = "reported", _("Reported, follow-up to come")
    FOLLOWED_UP = "followed_up", _("Followed up")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("Cancelled")


class TeamRole(TextChoices):
    """What somebody does on a visit."""

    LEADER = "leader", _("Leads the visit")
    MEMBER = "member", _("Team member")
    EXPERT = "expert", _("Outside expert")
    INTERPRETER = "interpreter", _("Interpreter")


class Certainty(TextChoices):
    """How sure it is that something planned will be."""

    RUMOUR = "rumour", _("Rumour")
    PLANNED = "planned", _("Planned")
    ANNOUNCED = "announced", _("Announced")
    DONE = "done", _("Done")
    CANCELLED = "cancelled", _("Cancelled")


class ExternalBody(TextChoices):
    """Other bodies that look at what a State does, in cycles of their own."""

    GRETA = "GRETA", _("GRETA (Council of Europe)")
    UNTOC = "UNTOC review", _("Review of the UN Convention (UNTOC)")
    TIP = "TIP report", _("Trafficking in Persons Report (United States)")
    OTHER = "other", _("Another body")


class ExternalStepKind(TextChoices):
    """A step of another body's cycle in one State."""

    QUESTIONNAIRE = "questionnaire", _("Questionnaire")
    COUNTRY_VISIT = "country_visit", _("Country visit")
    DRAFT_REPORT = "draft_report", _("Draft report")
    COMMENTS = "comments", _("The State’s comments")
    REPORT_ADOPTED = "report_adopted", _("Report adopted")
    REPORT_PUBLISHED = "report_published", _("Report published")
    RECOMMENDATION = "recommendation", _("Recommendation")
    STATE_REPLY = "state_reply", _("The State’s reply due")
    FOLLOW_UP_VISIT = "follow_up_visit", _("Follow-up visit")
    ROUND_TABLE = "round_table", _("Round table")
    SELF_ASSESSMENT = "self_assessment", _("Self-assessment")
    LIST_OF_OBSERVATIONS = "list_of_observations", _("List of observations")
    OTHER = "other", _("Another step")


class InitiativeKind(TextChoices):
    """What a structure does, in the shared calendar."""

    VISIT = "visit", _("Visit")
    CONFERENCE = "conference", _("Conference")
    MEETING = "meeting", _("Meeting")
    TRAINING = "training", _("Training")
    WORKSHOP = "workshop", _("Workshop")
    CONSULTATION = "consultation", _("Consultation")
    CAMPAIGN = "campaign", _("Campaign")
    PUBLICATION = "publication", _("Publication")
    PROJECT = "project", _("Project")
    OTHER = "other", _("Other")


class FeedKind(TextChoices):
    """What a subscription gives."""

    CALENDAR = "calendar", _("The calendar, as far as you may read it")
    FREE_BUSY = "free_busy", _("Who is where in which week, and nothing else")
