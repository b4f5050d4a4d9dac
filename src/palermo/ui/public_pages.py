"""Pages that everybody reads: rooms register theirs in `AppConfig.ready`, and each leads to the others."""

from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

_pages: dict[str, Any] = {}


def register_public(label: Any, url_name: str) -> None:
    """Add a page; a route registered again replaces its earlier label, so that reloading is harmless.

    Args:
        label: translatable text.
        url_name: name of the route, without arguments.
    """
    _pages[url_name] = label


def other_public_pages(request: HttpRequest) -> list[tuple[Any, str]]:
    """Label and address of every registered page but the one that is read; a route that a site lacks is left out."""
    found = []
    for name, label in _pages.items():
        try:
            url = reverse(name)
        except NoReverseMatch:
            continue
        if url != request.path:
            found.append((label, url))
    return found
