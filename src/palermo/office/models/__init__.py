"""Records of the office."""

from palermo.office.models.access import ChainHead, EmergencyOpening, LogLine, Notice, Reach
from palermo.office.models.agency import Agency, Member, MemberManager, Site
from palermo.office.models.consent import Consent, Disclosure, RightsRequest
from palermo.office.models.person import BlindToken, Person, SealedIdentity, Search
from palermo.office.models.sealed import SealedText

__all__ = [
    "Agency",
    "BlindToken",
    "ChainHead",
    "Consent",
    "Disclosure",
    "EmergencyOpening",
    "LogLine",
    "Member",
    "MemberManager",
    "Notice",
    "Person",
    "Reach",
    "RightsRequest",
    "SealedIdentity",
    "SealedText",
    "Search",
    "Site",
]
