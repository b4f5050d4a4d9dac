"""The tone of each status: how it looks, never what it means."""

from palermo.prosecution.enums import (
    AnalysisState,
    AssetState,
    BookState,
    ClaimState,
    DisclosureStatus,
    ExportState,
    FileState,
    InvestigationState,
    PersonRole,
)
from palermo.prosecution.methods.elements import Held

INVESTIGATION = {InvestigationState.OPEN: "info", InvestigationState.CLOSED: "neutral"}
ROLE = {
    PersonRole.CONTROLLER: "danger",
    PersonRole.FRONT: "warn",
    PersonRole.BUYER: "warn",
    PersonRole.VICTIM: "safe",
    PersonRole.WITNESS: "neutral",
}
HELD = {Held.HELD: "safe", Held.MISSING: "danger", Held.NOT_NEEDED: "neutral"}
FILE = {FileState.READ: "safe", FileState.TO_MEND: "warn", FileState.REFUSED: "danger"}
BOOK = {BookState.QUEUED: "info", BookState.DRAFT: "warn", BookState.READY: "safe", BookState.FAILED: "danger"}
ANALYSIS = {
    AnalysisState.QUEUED: "info",
    AnalysisState.WORKING: "info",
    AnalysisState.DONE: "safe",
    AnalysisState.FAILED: "danger",
}
DISCLOSURE = {
    DisclosureStatus.TO_REVIEW: "warn",
    DisclosureStatus.TO_DISCLOSE: "info",
    DisclosureStatus.DISCLOSED: "safe",
    DisclosureStatus.WITHHELD: "neutral",
}
EXPORT = {ExportState.QUEUED: "info", ExportState.DONE: "safe", ExportState.FAILED: "danger"}
ASSET = {
    AssetState.FOUND: "neutral",
    AssetState.FROZEN: "info",
    AssetState.SEIZED: "info",
    AssetState.CONFISCATED: "warn",
    AssetState.PAID: "safe",
    AssetState.RELEASED: "neutral",
}
CLAIM = {
    ClaimState.MADE: "warn",
    ClaimState.APPROVED: "safe",
    ClaimState.REFUSED: "neutral",
    ClaimState.WITHDRAWN: "neutral",
}
