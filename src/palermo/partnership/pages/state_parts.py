"""Parts of a State's page that other subjects bring: visits, findings, events.

A part is a function of the request and the State's code that returns HTML, or nothing where it has nothing to show. It
asks a fixed number of statements and shows what the reader's clearance opens.
"""

from collections.abc import Callable

from django.http import HttpRequest
from django.utils.safestring import SafeString

Part = Callable[[HttpRequest, str], SafeString | str]
_parts: dict[str, tuple[int, Part]] = {}


def register(name: str, part: Part, *, order: int = 100) -> None:
    """Add a part; a name registered again replaces the earlier one. Lower orders stand first."""
    _parts[name] = (order, part)


def parts_of(request: HttpRequest, code: str) -> list[SafeString | str]:
    """Every part that has something to show about a State."""
    shown = [part(request, code) for _, part in sorted(_parts.values(), key=lambda pair: pair[0])]
    return [html for html in shown if html]
