"""Records of prosecution. Every table carries its agency, so that its policy asks no other table."""

from palermo.prosecution.models.asset import Asset, AssetStep, Benefit
from palermo.prosecution.models.evidence import CustodyStep, EvidenceItem, LawfulAuthority, Support
from palermo.prosecution.models.export import Export
from palermo.prosecution.models.investigation import Holding, Investigation, NonPunishment, Party, VictimLink
from palermo.prosecution.models.money import Analysis, BankReading, BankRequest, Book, Content, StatementFile
from palermo.prosecution.models.proceeding import Step
from palermo.prosecution.models.restitution import Recovered, Share, Sharing, VictimClaim

__all__ = [
    "Analysis",
    "Asset",
    "AssetStep",
    "BankReading",
    "BankRequest",
    "Benefit",
    "Book",
    "Content",
    "CustodyStep",
    "EvidenceItem",
    "Export",
    "Holding",
    "Investigation",
    "LawfulAuthority",
    "NonPunishment",
    "Party",
    "Recovered",
    "Share",
    "Sharing",
    "StatementFile",
    "Step",
    "Support",
    "VictimClaim",
    "VictimLink",
]
