"""Records of the analyst's room. Every table carries its agency, so that its policy asks no other table."""

from palermo.prevention.models.linking import Decision, HeldPart, Linking
from palermo.prevention.models.release import (
    Budget,
    CaseTable,
    Content,
    PublicTable,
    Release,
    ReleaseReport,
)
from palermo.prevention.models.run import PublishedEstimate, Run, RunPart
from palermo.prevention.models.series import Series
from palermo.prevention.models.study import ListTable, Study

__all__ = [
    "Budget",
    "CaseTable",
    "Content",
    "Decision",
    "HeldPart",
    "Linking",
    "ListTable",
    "PublicTable",
    "PublishedEstimate",
    "Release",
    "ReleaseReport",
    "Run",
    "RunPart",
    "Series",
    "Study",
]
