"""The tone of each status: how it looks, never what it means."""

from palermo.prevention.enums import ReleaseState, StudyState, WorkState

STUDY = {StudyState.OPEN: "info", StudyState.CLOSED: "neutral"}
WORK = {
    WorkState.QUEUED: "info",
    WorkState.WORKING: "info",
    WorkState.DONE: "safe",
    WorkState.FAILED: "warn",
}
RELEASE = {
    ReleaseState.QUEUED: "info",
    ReleaseState.REVIEW: "warn",
    ReleaseState.PUBLISHED: "safe",
    ReleaseState.WITHHELD: "neutral",
    ReleaseState.WITHDRAWN: "neutral",
    ReleaseState.FAILED: "danger",
}
