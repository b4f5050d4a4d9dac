"""Cells of tables: links, badges of roles, secrecy."""

from collections.abc import Mapping

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from palermo.prosecution.enums import PersonRole
from palermo.prosecution.methods.minor_units import as_text
from palermo.prosecution.models import Party
from palermo.prosecution.pages import tones
from palermo.ui.components.layout import link
from palermo.ui.components.status import badge

__all__ = ["link", "money", "party", "roles", "secret", "short", "sums", "whole"]


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


def money(minor: int, currency: str) -> str:
    """An amount with its currency."""
    return f"{as_text(minor, currency)}\u00a0{currency}"


def sums(by_currency: Mapping[str, int]) -> str:
    """Sums of several currencies, which are never added up."""
    return " · ".join(money(minor, unit) for unit, minor in sorted(by_currency.items()) if minor) or _("nothing")


def party(one: Party | None) -> SafeString | str:
    """A person by number, with a link."""
    return link(reverse("prosecution:party", args=[one.pk]), one.label) if one else _("not known")
