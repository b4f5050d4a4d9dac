"""What every page needs to draw its frame: theme, name of the space, whether it is simulated, where to leave."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from palermo.ui import navigation

THEMES = ("auto", "light", "dark")
THEME_COOKIE = "palermo_theme"


def look(request: HttpRequest) -> Mapping[str, Any]:
    """Context processor. A room that knows its space sets `request.space` (`name`, `simulated`); else settings."""
    space = getattr(request, "space", None)
    theme = request.COOKIES.get(THEME_COOKIE, "auto")
    return {
        "ui_theme": theme if theme in THEMES else "auto",
        "ui_space": getattr(space, "name", None) or getattr(settings, "PALERMO_SPACE_NAME", ""),
        "ui_simulated": bool(getattr(space, "simulated", getattr(settings, "PALERMO_SPACE_SIMULATED", False))),
        "ui_exit_to": getattr(settings, "PALERMO_QUICK_EXIT_TO", "") or "",
        "ui_links": SimpleLazyObject(lambda: navigation.links_for(request)),
    }
