"""What prosecution adds to the main navigation, and where a safety notice leads."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from palermo.office.domain.rights import may
from palermo.prosecution.domain.investigations import KINDS, READ
from palermo.ui.navigation import Entry, register


def _sees(request: HttpRequest) -> bool:
    user = getattr(request, "user", None)
    return bool(user is not None and user.is_authenticated and may(user, READ) and user.agency.kind in KINDS)


def enter() -> None:
    """Register the entries; called once when the applications are ready."""
    register(Entry(_("Investigations"), "prosecution:investigations", "money", _("Prosecution"), 50, _sees))
