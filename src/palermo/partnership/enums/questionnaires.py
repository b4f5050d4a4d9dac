"""Questionnaires."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class QuestionnairePurpose(TextChoices):
    """What a questionnaire is for."""

    SURVEY_OF_STATES = "survey_of_states", _("Survey of States")
    FACILITY_NEEDS = "facility_needs", _("Needs assessment of facilities")
    CHILD_PROTECTION = "child_protection", _("Assessment of child-protection systems")
    EVENT_EVALUATION = "event_evaluation", _("Evaluation of an event")
    OTHER = "other", _("Other")


class QuestionKind(TextChoices):
    """What sort of answer a question takes."""

    YES_NO = "yes_no", _("Yes, no or not known")
    CHOICE = "choice", _("One of several")
    NUMBER = "number", _("Number")
    TEXT = "text", _("Words")
    EVIDENCE = "evidence", _("A document or link")


class RespondentKind(TextChoices):
    """Who answers a questionnaire."""

    STATE = "state", _("State")
    ORGANISATION = "organisation", _("Organisation")
    FACILITY = "facility", _("Facility")
    PARTICIPANT = "participant", _("Participant of an event")
