"""What partnership adds to the main navigation."""

from django.utils.translation import gettext_lazy as _

from palermo.office.pages.doors import sees
from palermo.partnership.domain import commitments, directory, findings, plans, reports, visits
from palermo.partnership.pages import desk, public_calendar, state_findings, state_parts
from palermo.partnership.pages.event_entries import enter_events
from palermo.partnership.pages.shown import beside
from palermo.partnership.pages.visits_of_state import visits_of_state
from palermo.ui.navigation import Entry, register
from palermo.ui.public_pages import register_public

SECTION = _("Partnership")


def enter() -> None:
    """Register the entries; called once when the applications are ready."""
    enter_directory()
    desk.enter()
    enter_visits()
    enter_events()
    enter_findings()
    register_public(_("Reports and findings"), "partnership:public")


def enter_directory() -> None:
    """Directory, States, commitments and law."""
    register(
        Entry(_("Desk"), "partnership:home", "inbox", SECTION, 59, sees(visits.PLAN)),
        Entry(_("Directory"), "partnership:directory", "people", SECTION, 60, beside(directory.READ)),
        Entry(_("States"), "partnership:states", "globe", SECTION, 61, beside(commitments.READ)),
        Entry(_("Commitments"), "partnership:commitments", "document", SECTION, 62, beside(commitments.READ)),
        Entry(_("Law register"), "partnership:law", "scales", SECTION, 63, beside(commitments.READ)),
    )


def enter_visits() -> None:
    """Visits and the shared calendar; on a State's page, the visits to it."""
    register(
        Entry(_("Visits"), "partnership:visits", "map", SECTION, 64, beside(visits.READ)),
        Entry(_("Calendar"), "partnership:calendar", "calendar", SECTION, 65, beside(plans.READ)),
        Entry(_("Subscriptions"), "partnership:feeds", "link", SECTION, 66, sees(visits.PLAN)),
    )
    state_parts.register("visits", visits_of_state, order=20)


def enter_findings() -> None:
    """Findings and reports; and findings on a State's page."""
    register(
        Entry(_("Findings"), "partnership:findings", "eye", SECTION, 66, beside(findings.READ)),
        Entry(_("Reports"), "partnership:reports", "board", SECTION, 69, beside(reports.READ)),
    )
    state_findings.enter()
    public_calendar.enter()
