"""The timeline of a case in words."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from palermo.office.enums import Purpose
from palermo.protection.enums import CaseState, Judgement, PresumptionResult, RiskKind, RiskLevel, ServiceKind
from palermo.protection.queries.timeline import Happening

#: what → (title, tone, icon); `{about}` and `{detail}` are filled in.
_WORDS: dict[str, tuple[Any, str, str]] = {
    "case_opened": (_("Case opened; time to recover and reflect began"), "info", "case"),
    "case_state": (_("{about}"), "info", "scales"),
    "reflection": (_("More time to recover and reflect, until {about}"), "safe", "clock"),
    "risk_seen": (_("Risk seen: {about}"), "danger", "danger"),
    "risk_resolved": (_("Risk resolved: {about}"), "safe", "safe"),
    "screening_open": (_("Screening begun"), "neutral", "question"),
    "screening_paused": (_("Screening paused"), "neutral", "pause"),
    "screening_stopped": (_("Screening stopped by the person"), "neutral", "stop"),
    "screening_finished": (_("Screening finished: {about}"), "info", "question"),
    "screening_judged": (_("Judged by a person: {about}"), "warn", "person"),
    "consent_given": (_("Consent given: {about}, {detail}"), "safe", "check"),
    "consent_withdrawn": (_("Consent withdrawn: {about}, {detail}"), "danger", "cross"),
    "guardian_asked": (_("Guardian asked of {detail}"), "info", "child"),
    "guardian_overdue": (_("No guardian in time from {detail}"), "danger", "bell"),
    "guardian_appointed": (_("Guardian appointed"), "safe", "child"),
    "service_planned": (_("Planned: {about}, {detail}"), "info", "calendar"),
    "service_under_way": (_("Under way: {about}, {detail}"), "safe", "calendar"),
    "service_ended": (_("Ended: {about}, {detail}"), "neutral", "calendar"),
    "referral_sent": (_("Referred to {detail}: {about}"), "info", "send"),
    "referral_accepted": (_("Accepted by {detail}: {about}"), "safe", "check"),
    "referral_declined": (_("Declined by {detail}: {about}"), "danger", "cross"),
    "referral_done": (_("Done by {detail}: {about}"), "safe", "check"),
    "referral_withdrawn": (_("Referral to {detail} withdrawn: {about}"), "neutral", "cross"),
    "data_recalled": (_("Data recalled from {detail}: {about}"), "danger", "lock"),
    "referral_overdue": (_("No answer in time from {detail}: {about}"), "danger", "bell"),
}
_LABELS: dict[str, dict[str, Any]] = {
    "case_state": dict(CaseState.choices),
    "risk_seen": dict(RiskKind.choices),
    "risk_resolved": dict(RiskKind.choices),
    "screening_finished": dict(PresumptionResult.choices),
    "screening_judged": dict(Judgement.choices),
}
_SERVICES, _PURPOSES, _LEVELS = dict(ServiceKind.choices), dict(Purpose.choices), dict(RiskLevel.choices)


def _about(happening: Happening) -> Any:
    what = happening.what
    labels = _LABELS.get(what) or (_SERVICES if what.startswith("service") else _PURPOSES)
    return labels.get(happening.about, happening.about)


def _line(happening: Happening) -> dict[str, Any]:
    title, tone, icon = _WORDS[happening.what]
    text = ""
    if happening.what.startswith("risk"):
        text = _LEVELS.get(happening.detail, happening.detail)
    line = {"title": str(title).format(about=_about(happening), detail=happening.detail), "when": happening.at}
    return {**line, "tone": tone, "icon": icon, "text": text}


def in_words(happenings: Iterable[Happening]) -> list[dict[str, Any]]:
    """Lines for `{% timeline %}`."""
    return [_line(happening) for happening in happenings]
