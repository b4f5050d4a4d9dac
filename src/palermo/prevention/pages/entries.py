"""What prevention adds to the main navigation."""

from django.utils.translation import gettext_lazy as _

from palermo.office.pages.doors import sees
from palermo.prevention.domain.studies import READ
from palermo.ui.navigation import Entry, register
from palermo.ui.public_pages import register_public


def enter() -> None:
    """Register the entries; called once when the applications are ready."""
    register_public(_("Published figures"), "prevention:public")
    register(Entry(_("Studies"), "prevention:studies", "board", _("Prevention"), 60, sees(READ)))
