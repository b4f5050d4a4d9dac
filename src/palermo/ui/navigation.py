"""The main navigation: rooms above register their entries here in `AppConfig.ready`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse


def anyone(_request: HttpRequest) -> bool:
    return True


@dataclass(frozen=True)
class Entry:
    """One line of the navigation.

    Args:
        label: translatable text.
        url_name: name of the route, without arguments.
        icon: name of an icon of `components/icons.py`.
        section: translatable heading; entries of a section stand together in the order of registration.
        order: sections and entries with a lower number come first.
        shown: whether the person of this request sees the entry. A courtesy, never the check of a right.
        count: how much waits there for this request, None for nothing to say.
    """

    label: Any
    url_name: str
    icon: str = "dot"
    section: Any = ""
    order: int = 100
    shown: Callable[[HttpRequest], bool] = anyone
    count: Callable[[HttpRequest], int | None] | None = None


_entries: dict[str, Entry] = {}


def register(*entries: Entry) -> None:
    """Add entries; a route registered again replaces its earlier entry, so that reloading is harmless."""
    _entries.update({entry.url_name: entry for entry in entries})


def _link(entry: Entry, request: HttpRequest) -> dict[str, Any] | None:
    try:
        url = reverse(entry.url_name)
    except NoReverseMatch:
        return None
    return {
        "label": entry.label,
        "url": url,
        "icon": entry.icon,
        "section": entry.section,
        "count": entry.count(request) if entry.count else None,
    }


def links_for(request: HttpRequest) -> list[dict[str, Any]]:
    """The entries that this request sees, in order; exactly the one with the longest matching address is current."""
    ordered = sorted(_entries.values(), key=lambda entry: entry.order)
    links = [link for entry in ordered if entry.shown(request) and (link := _link(entry, request))]
    here = max((link["url"] for link in links if request.path.startswith(link["url"])), key=len, default=None)
    heading = None
    for link in links:
        link["current"] = link["url"] == here
        link["heading"] = link["section"] if link["section"] != heading else ""
        heading = link["section"]
    return links
