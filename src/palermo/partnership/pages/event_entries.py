"""What events, projects, publications and questionnaires add to the main navigation."""

from django.utils.translation import gettext_lazy as _

from palermo.partnership.domain.events import READ
from palermo.partnership.pages import state_parts
from palermo.partnership.pages.events_of_state import events_of_state
from palermo.partnership.pages.shown import beside
from palermo.partnership.queries.calendar_sources import register_calendar_source
from palermo.partnership.queries.event_calendar import events_in
from palermo.ui.navigation import Entry, register


def enter_events() -> None:
    """Register the entries; called once when the applications are ready."""
    section, shown = _("Partnership"), beside(READ)
    register_calendar_source("event", events_in)
    state_parts.register("events", events_of_state, order=40)
    register(
        Entry(_("Events"), "partnership:events", "people", section, 67, shown),
        Entry(_("Projects"), "partnership:projects", "money", section, 68, shown),
        Entry(_("Publications"), "partnership:publications", "document", section, 69, shown),
        Entry(_("Questionnaires"), "partnership:questionnaires", "question", section, 70, shown),
    )
