"""Records of partnership."""

from palermo.partnership.models.attendance import Attendance
from palermo.partnership.models.clearance import Cleared
from palermo.partnership.models.declared import DeclaredFigure
from palermo.partnership.models.event import (
    Event,
    EventDocument,
    EventRecommendation,
    EventSession,
    Network,
)
from palermo.partnership.models.outreach import MediaItem, Publication
from palermo.partnership.models.project import BudgetLine, Contribution, Project, ProjectOutput, Spending
from palermo.partnership.models.questionnaire import (
    Answer,
    Question,
    Questionnaire,
    QuestionnaireVersion,
    Respondent,
    Round,
)

__all__ = [
    "Answer",
    "Attendance",
    "BudgetLine",
    "Cleared",
    "Contribution",
    "DeclaredFigure",
    "Event",
    "EventDocument",
    "EventRecommendation",
    "EventSession",
    "MediaItem",
    "Network",
    "Project",
    "ProjectOutput",
    "Publication",
    "Question",
    "Questionnaire",
    "QuestionnaireVersion",
    "Respondent",
    "Round",
    "Spending",
]
