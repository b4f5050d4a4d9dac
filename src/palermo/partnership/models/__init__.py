"""Records of partnership."""

from palermo.partnership.models.clearance import Cleared
from palermo.partnership.models.commitments import Instrument, Provision, TextVersion
from palermo.partnership.models.corridors import Corridor
from palermo.partnership.models.directory import Contact, Designation, Organisation
from palermo.partnership.models.external import ExternalCycle, ExternalStep
from palermo.partnership.models.initiative import FeedToken, Initiative
from palermo.partnership.models.law import Bill, BillStep, GapAssessment, LawRecord
from palermo.partnership.models.outcomes import OutcomeStep, StateOutcome
from palermo.partnership.models.visit import BINDING, Interlocutor, TeamMember, Visit

__all__ = [
    "BINDING",
    "Bill",
    "BillStep",
    "Cleared",
    "Contact",
    "Corridor",
    "Designation",
    "ExternalCycle",
    "ExternalStep",
    "FeedToken",
    "GapAssessment",
    "Initiative",
    "Instrument",
    "Interlocutor",
    "LawRecord",
    "Organisation",
    "OutcomeStep",
    "Provision",
    "StateOutcome",
    "TeamMember",
    "TextVersion",
    "Visit",
]
