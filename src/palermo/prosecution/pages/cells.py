"""Cells of tables: links, badges of roles, secrecy."""

from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from palermo.prosecution.enums import PersonRole
from palermo.prosecution.models import Party
from palermo.prosecution.pages import tones
from palermo.ui.components.status import badge


def link(url: str, label: Any) -> SafeString:
    """A link in a cell."""
    return format_html('<a href="{}">{}</a>', url, label)


def roles(party: Party) -> SafeString:
    """What a person is, as badges."""
    marks = ((badge(PersonRole(role).label, tones.ROLE[PersonRole(role)]),) for role in party.roles)
    return format_html('<span class="row">{}</span>', format_html_join("", "{}", marks))


def secret() -> SafeString:
    """The mark of what nobody outside may hear of."""
    return badge(_("secret: in no schedule, no letter"), "danger", "lock")


def short(account: str) -> str:
    """An account's name as far as a picture or a table has room; the whole of it stands in its title."""
    if not account:
        return _("outside")
    return account if len(account) <= 20 else f"{account[:8]}…{account[-6:]}"


def whole(account: str) -> SafeString | str:
    """A shortened account whose whole name shows on pointing at it."""
    if len(account) <= 20:
        return short(account)
    return format_html('<abbr title="{}">{}</abbr>', account, short(account))
