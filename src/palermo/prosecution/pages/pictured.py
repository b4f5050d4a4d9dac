"""Pictures in their place on a page: safe to show, the same said as a table, coloured by what the holders are."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from palermo.prosecution.methods.minor_units import as_text
from palermo.prosecution.models import Party
from palermo.prosecution.pages.cells import short
from palermo.prosecution.pages.pictures import flow, web
from palermo.prosecution.pages.pictures.flow import Flow

#: Where a person has several roles, the first of these colours their accounts: a victim is seen as one.
_FIRST = ("victim", "controller", "front", "buyer", "witness")


@dataclass(frozen=True)
class Picture:
    """A drawing with the table that says the same."""

    svg: SafeString
    columns: list[Any]
    rows: list[tuple[Any, ...]]


def kinds_of(owners: Mapping[str, Party]) -> dict[str, str]:
    """Account → what its holder is in the investigation."""
    return {account: next(role for role in _FIRST if role in party.roles) for account, party in owners.items()}


def _written(currency: str) -> Callable[[int], str]:
    return lambda minor: f"{as_text(minor, currency)} {currency}"


def _picture(drawn: str, flows: Sequence[Flow], currency: str) -> Picture:
    rows = [(short(one.source), short(one.target), as_text(one.amount, currency)) for one in flows]
    # Our own drawing: every word in it is escaped where it is drawn (pictures.drawing).
    return Picture(mark_safe(drawn), [_("From"), _("To"), currency], rows)  # noqa: S308


def sankey(flows: Sequence[Flow], *, label: str, currency: str, kinds: Mapping[str, str]) -> Picture:
    """The flow picture."""
    drawn = flow.draw(flows, label=label, outside=_("outside"), written=_written(currency), kinds=kinds)
    return _picture(drawn, flows, currency)


def graph(flows: Sequence[Flow], *, label: str, currency: str, kinds: Mapping[str, str]) -> Picture:
    """The money graph."""

    def others(count: int) -> str:
        return ngettext("%(n)d other", "%(n)d others", count) % {"n": count}

    drawn = web.draw(flows, label=label, written=_written(currency), others=others, kinds=kinds)
    return _picture(drawn, flows, currency)
