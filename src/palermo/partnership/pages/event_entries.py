"""What events, projects, publications and questionnaires add to the main navigation."""

from django.utils.translation import gettext_lazy as _

from palermo.partnership.domain.events import READ
from palermo.partnership.pages.doors import sees
from palermo.ui.navigation import Entry, register


def enter_events() -> None:
    """Register the entries; called once when the applications are ready."""
    section, shown = _("Partnership"), sees(READ)
    register(
        Entry(_("Events"), "partnership:events", "people", section, 130, shown),
        Entry(_("Projects"), "partnership:projects", "money", section, 134, shown),
        Entry(_("Publications"), "partnership:publications", "document", section, 138, shown),
        Entry(_("Questionnaires"), "partnership:questionnaires", "question", section, 142, shown),
    )
