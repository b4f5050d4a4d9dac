"""What partnership adds to the main navigation."""

from django.utils.translation import gettext_lazy as _

from palermo.partnership.domain import commitments, directory
from palermo.partnership.pages.doors import sees
from palermo.ui.navigation import Entry, register

SECTION = _("Partnership")


def enter() -> None:
    """Register the entries; called once when the applications are ready."""
    enter_directory()


def enter_directory() -> None:
    """Directory, States, commitments and law."""
    register(
        Entry(_("Directory"), "partnership:directory", "people", SECTION, 60, sees(directory.READ)),
        Entry(_("States"), "partnership:states", "globe", SECTION, 61, sees(commitments.READ)),
        Entry(_("Commitments"), "partnership:commitments", "document", SECTION, 62, sees(commitments.READ)),
        Entry(_("Law register"), "partnership:law", "scales", SECTION, 63, sees(commitments.READ)),
    )
