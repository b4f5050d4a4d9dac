"""Records of partnership."""

from palermo.partnership.models.clearance import Cleared
from palermo.partnership.models.declared import DeclaredFigure
from palermo.partnership.models.findings import (
    Assessment,
    Finding,
    FindingLink,
    FindingText,
    FollowUp,
    Measure,
    MeasureFinding,
    Reply,
)
from palermo.partnership.models.reports import FrozenFigure, IssueFigure, Recount, Report, ReportIssue, ReportText

__all__ = [
    "Assessment",
    "Cleared",
    "DeclaredFigure",
    "Finding",
    "FindingLink",
    "FindingText",
    "FollowUp",
    "FrozenFigure",
    "IssueFigure",
    "Measure",
    "MeasureFinding",
    "Recount",
    "Reply",
    "Report",
    "ReportIssue",
    "ReportText",
]
