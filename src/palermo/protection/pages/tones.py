"""How statuses look: one tone for each value. The word stands beside it, the colour only repeats it."""

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from palermo.protection.enums import (
    CaseState,
    ConcernState,
    Judgement,
    PresumptionResult,
    ReferralState,
    RiskLevel,
    ScreeningState,
    ServiceState,
)

CASE = {
    CaseState.PRESUMED: "warn",
    CaseState.IDENTIFIED: "safe",
    CaseState.NOT_IDENTIFIED: "info",
    CaseState.APPEALED: "info",
    CaseState.CLOSED: "neutral",
}
RISK = {RiskLevel.URGENT: "danger", RiskLevel.HIGH: "warn", RiskLevel.WATCH: "info"}
REFERRAL = {
    ReferralState.SENT: "warn",
    ReferralState.ACCEPTED: "safe",
    ReferralState.DECLINED: "danger",
    ReferralState.DONE: "safe",
    ReferralState.WITHDRAWN: "neutral",
}
SCREENING = {
    ScreeningState.OPEN: "info",
    ScreeningState.PAUSED: "warn",
    ScreeningState.STOPPED: "neutral",
    ScreeningState.FINISHED: "safe",
}
PRESUMPTION = {
    PresumptionResult.PRESUMED: "warn",
    PresumptionResult.NOT_INDICATED: "neutral",
    PresumptionResult.CANNOT_SAY: "info",
}
JUDGEMENT = {Judgement.PRESUMED: "warn", Judgement.NOT_PRESUMED: "neutral"}
SERVICE = {ServiceState.PLANNED: "info", ServiceState.UNDER_WAY: "safe", ServiceState.ENDED: "neutral"}
CONCERN = {
    ConcernState.NEW: "warn",
    ConcernState.TAKEN_UP: "info",
    ConcernState.REFERRED: "safe",
    ConcernState.ADVISED: "safe",
}


def in_a_row(badges: Iterable[SafeString]) -> SafeString | str:
    """Badges beside each other in a cell of a list; a dash for none."""
    marks = format_html_join("", "{}", ((mark,) for mark in badges))
    return format_html('<span class="marks">{}</span>', marks) if marks else "–"
