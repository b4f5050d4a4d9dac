"""Which tone goes with which state of a finding or report, for badges."""

from palermo.partnership.enums.findings import FindingKind, Position, Progress, ReportStage, TextStage, Urgency

KIND = {FindingKind.PRACTICE: "safe", FindingKind.CHALLENGE: "warn", FindingKind.RECOMMENDATION: "info"}
STAGE = {TextStage.DRAFT: "neutral", TextStage.SENT: "info", TextStage.COMMENTS: "info", TextStage.PUBLISHED: "safe"}
STATUS = {
    "": "neutral",
    Progress.NOT_STARTED: "danger",
    Progress.UNDER_WAY: "warn",
    Progress.PARTLY: "warn",
    Progress.LARGELY: "safe",
    Progress.FULLY: "safe",
}
URGENCY = {Urgency.IMMEDIATE: "danger", Urgency.HIGH: "warn"}
POSITION = {Position.ACCEPTED: "safe", Position.PARTLY: "warn", Position.ALREADY_DONE: "info"}
REPORT = {ReportStage.DRAFT: "neutral", ReportStage.FROZEN: "info", ReportStage.PUBLISHED: "safe"}
