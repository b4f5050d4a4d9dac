"""Records of partnership."""

from palermo.partnership.models.clearance import Cleared
from palermo.partnership.models.external import ExternalCycle, ExternalStep
from palermo.partnership.models.initiative import FeedToken, Initiative
from palermo.partnership.models.visit import BINDING, Interlocutor, TeamMember, Visit

__all__ = [
    "BINDING",
    "Cleared",
    "ExternalCycle",
    "ExternalStep",
    "FeedToken",
    "Initiative",
    "Interlocutor",
    "TeamMember",
    "Visit",
]
