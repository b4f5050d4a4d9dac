"""Records of protection."""

from palermo.protection.models.case import Case, GuardianRequest, Identification, Risk, Service
from palermo.protection.models.concern import Concern
from palermo.protection.models.referral import Package, Referral, SealedLink
from palermo.protection.models.screening import Answer, Screening

__all__ = [
    "Answer",
    "Case",
    "Concern",
    "GuardianRequest",
    "Identification",
    "Package",
    "Referral",
    "Risk",
    "Screening",
    "SealedLink",
    "Service",
]
