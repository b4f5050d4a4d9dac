"""What every page of a signed-in member shows in its header: who is at work, and the way out."""

from typing import Any

from django.http import HttpRequest


def tools(request: HttpRequest) -> dict[str, Any]:
    """Context processor: names the header's template for whoever has signed in."""
    user = getattr(request, "user", None)
    return {"ui_tools": "office/tools.html"} if user and user.is_authenticated else {}
