"""Records of partnership."""

from palermo.partnership.models.attendance import Attendance
from palermo.partnership.models.clearance import Cleared
from palermo.partnership.models.commitments import Instrument, Provision, TextVersion
from palermo.partnership.models.corridors import Corridor
from palermo.partnership.models.declared import DeclaredFigure
from palermo.partnership.models.directory import Contact, Designation, Organisation
from palermo.partnership.models.event import Event, EventDocument, EventRecommendation, EventSession, Network
from palermo.partnership.models.external import ExternalCycle, ExternalStep
from palermo.partnership.models.findings import (
    Assessment,
    Finding,
    FindingLink,
    FindingProvision,
    FindingText,
    FollowUp,
    Measure,
    MeasureFinding,
    Reply,
)
from palermo.partnership.models.initiative import FeedToken, Initiative
from palermo.partnership.models.law import Bill, BillStep, GapAssessment, LawRecord
from palermo.partnership.models.outcomes import OutcomeStep, StateOutcome
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
from palermo.partnership.models.reports import FrozenFigure, IssueFigure, Recount, Report, ReportIssue, ReportText
from palermo.partnership.models.visit import BINDING, TOOK_PLACE, Interlocutor, TeamMember, Visit

__all__ = [
    "BINDING",
    "TOOK_PLACE",
    "Answer",
    "Assessment",
    "Attendance",
    "Bill",
    "BillStep",
    "BudgetLine",
    "Cleared",
    "Contact",
    "Contribution",
    "Corridor",
    "DeclaredFigure",
    "Designation",
    "Event",
    "EventDocument",
    "EventRecommendation",
    "EventSession",
    "ExternalCycle",
    "ExternalStep",
    "FeedToken",
    "Finding",
    "FindingLink",
    "FindingProvision",
    "FindingText",
    "FollowUp",
    "FrozenFigure",
    "GapAssessment",
    "Initiative",
    "Instrument",
    "Interlocutor",
    "IssueFigure",
    "LawRecord",
    "Measure",
    "MeasureFinding",
    "MediaItem",
    "Network",
    "Organisation",
    "OutcomeStep",
    "Project",
    "ProjectOutput",
    "Provision",
    "Publication",
    "Question",
    "Questionnaire",
    "QuestionnaireVersion",
    "Recount",
    "Reply",
    "Report",
    "ReportIssue",
    "ReportText",
    "Respondent",
    "Round",
    "Spending",
    "StateOutcome",
    "TeamMember",
    "TextVersion",
    "Visit",
]
