"""Records of partnership."""

from palermo.partnership.models.clearance import Cleared
from palermo.partnership.models.commitments import Instrument, Provision, TextVersion
from palermo.partnership.models.corridors import Corridor
from palermo.partnership.models.declared import DeclaredFigure
from palermo.partnership.models.directory import Contact, Designation, Organisation
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
from palermo.partnership.models.law import Bill, BillStep, GapAssessment, LawRecord
from palermo.partnership.models.outcomes import OutcomeStep, StateOutcome
from palermo.partnership.models.reports import FrozenFigure, IssueFigure, Recount, Report, ReportIssue, ReportText

__all__ = [
    "Assessment",
    "Bill",
    "BillStep",
    "Cleared",
    "Contact",
    "Corridor",
    "DeclaredFigure",
    "Designation",
    "Finding",
    "FindingLink",
    "FindingProvision",
    "FindingText",
    "FollowUp",
    "FrozenFigure",
    "GapAssessment",
    "Instrument",
    "IssueFigure",
    "LawRecord",
    "Measure",
    "MeasureFinding",
    "Organisation",
    "OutcomeStep",
    "Provision",
    "Recount",
    "Reply",
    "Report",
    "ReportIssue",
    "ReportText",
    "StateOutcome",
    "TextVersion",
]
