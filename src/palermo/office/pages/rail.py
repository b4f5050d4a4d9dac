"""The office's entries in the main navigation. What is shown is a courtesy; rights are checked by the verbs."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from palermo.office.domain.agencies import APPOINT
from palermo.office.domain.emergency import OPEN
from palermo.office.domain.oversight import OVERSEE
from palermo.office.pages.doors import sees
from palermo.office.queries.notices import unread
from palermo.ui.navigation import Entry, register


def _works_here(request: HttpRequest) -> bool:
    return bool(request.user.is_authenticated and not request.user.agency.enforces_migration)


def _waiting(_request: HttpRequest) -> int | None:
    return unread() or None


def add_entries() -> None:
    """Called when the application is ready."""
    section = _("Office")
    register(
        Entry(_("Notices"), "office:notices", "bell", section, 200, _works_here, _waiting),
        Entry(_("Whom to call"), "office:directory", "phone", section, 210, lambda r: r.user.is_authenticated),
        Entry(_("Emergency opening"), "office:emergency", "warn", section, 220, sees(OPEN)),
        Entry(_("Data protection"), "office:log", "eye", section, 230, sees(OVERSEE)),
        Entry(_("Members"), "office:members", "people", section, 240, sees(APPOINT)),
    )
