"""What partnership adds to the main navigation."""

from django.utils.translation import gettext_lazy as _

from palermo.partnership.domain import commitments, directory, findings, reports
from palermo.partnership.pages import state_findings
from palermo.partnership.pages.doors import sees
from palermo.ui.navigation import Entry, register

SECTION = _("Partnership")


def enter() -> None:
    """Register the entries; called once when the applications are ready."""
    enter_directory()
    enter_findings()


def enter_directory() -> None:
    """Directory, States, commitments and law."""
    register(
        Entry(_("Directory"), "partnership:directory", "people", SECTION, 60, sees(directory.READ)),
        Entry(_("States"), "partnership:states", "globe", SECTION, 61, sees(commitments.READ)),
        Entry(_("Commitments"), "partnership:commitments", "document", SECTION, 62, sees(commitments.READ)),
        Entry(_("Law register"), "partnership:law", "scales", SECTION, 63, sees(commitments.READ)),
    )


def enter_findings() -> None:
    """Findings and reports; and findings on a State's page."""
    register(
        Entry(_("Findings"), "partnership:findings", "eye", SECTION, 66, sees(findings.READ)),
        Entry(_("Reports"), "partnership:reports", "board", SECTION, 69, sees(reports.READ)),
    )
    state_findings.enter()
