"""Findings on a State's page."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from palermo.office.domain.rights import may
from palermo.partnership.domain.findings import READ
from palermo.partnership.enums.findings import Progress
from palermo.partnership.pages.findings import status_badge
from palermo.partnership.pages.state_parts import register
from palermo.partnership.queries.findings import summary_of


def findings_of_state(request: HttpRequest, code: str) -> str:
    """Recommendations by status, the newest findings, and where to read on."""
    if not may(request.user, READ):
        return ""
    found = summary_of(code)
    if not (found.newest or found.by_status):
        return ""
    order = ["", *Progress.values]
    counts = [
        (Progress(status).label if status else _("Not assessed"), found.by_status[status])
        for status in order
        if status in found.by_status
    ]
    context = {
        "code": code,
        "summary": found,
        "counts": counts,
        "newest": [(one, status_badge(one)) for one in found.newest],
    }
    return render_to_string("partnership/state/findings.html", context, request)


def enter() -> None:
    """Register the part; called once when the applications are ready."""
    register("findings", findings_of_state, order=40)
