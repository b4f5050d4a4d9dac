"""Records of partnership."""

from palermo.partnership.models.clearance import Cleared
from palermo.partnership.models.commitments import Instrument, Provision, TextVersion
from palermo.partnership.models.corridors import Corridor
from palermo.partnership.models.directory import Contact, Designation, Organisation
from palermo.partnership.models.law import Bill, BillStep, GapAssessment, LawRecord
from palermo.partnership.models.outcomes import OutcomeStep, StateOutcome

__all__ = [
    "Bill",
    "BillStep",
    "Cleared",
    "Contact",
    "Corridor",
    "Designation",
    "GapAssessment",
    "Instrument",
    "LawRecord",
    "Organisation",
    "OutcomeStep",
    "Provision",
    "StateOutcome",
    "TextVersion",
]
