"""`{% load reports %}`: a report's blocks in a page."""

import re
from typing import Any

from django import template
from django.utils.safestring import mark_safe

register = template.Library()

_NEVER = re.compile(r"<(?:style|script|foreignObject)|\s(?:style|on[a-z]+|href)\s*=", re.IGNORECASE)


@register.filter
def drawn(svg: str) -> str:
    """A drawing that was kept with a frozen report, unless it holds what no drawing of ours does."""
    text = str(svg)
    return mark_safe(text) if text.startswith("<svg ") and not _NEVER.search(text) else ""  # noqa: S308 -- as said


@register.filter
def text_of(part: Any) -> str:
    """The text of a part: itself, or what it says."""
    return part if isinstance(part, str) else part["text"]


@register.filter
def note_of(part: Any) -> str:
    """The note of a part, if it has one."""
    return "" if isinstance(part, str) else part.get("note", "")


@register.filter
def figure_of(part: Any) -> str:
    """The name of the figure that a part prints, if it is one."""
    return "" if isinstance(part, str) else part.get("figure", "")


@register.filter
def cells(block: dict[str, Any]) -> list[tuple[str, list[str]]]:
    """Rows of a table with the name of the figure in each."""
    names = block.get("names") or [""] * len(block["rows"])
    return list(zip(names, block["rows"], strict=True))


@register.filter
def list_items(block: dict[str, Any]) -> list[Any]:
    """The items of a list block (a template's `block.items` would be the dictionary's method)."""
    return list(block["items"])
