"""The tone of each status: how it looks, never what it means."""

from palermo.prevention.enums import LinkingState, ReleaseState, StudyState, WorkState

STUDY = {StudyState.OPEN: "info", StudyState.CLOSED: "neutral"}
WORK = {
    WorkState.QUEUED: "info",
    WorkState.WORKING: "info",
    WorkState.DONE: "safe",
    WorkState.FAILED: "warn",
}
LINKING = {
    LinkingState.REVIEW: "warn",
    LinkingState.COUNTED: "safe",
    LinkingState.DISCARDED: "neutral",
}
RELEASE = {
    ReleaseState.QUEUED: "info",
    ReleaseState.REVIEW: "warn",
    ReleaseState.PUBLISHED: "safe",
    ReleaseState.WITHHELD: "neutral",
    ReleaseState.WITHDRAWN: "neutral",
    ReleaseState.FAILED: "danger",
}
