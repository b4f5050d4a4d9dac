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
def noted(report: dict[str, Any]) -> dict[str, Any]:
    """A report's data with plain parts (`text`, `figure`, `n`) and its notes, numbered as they come."""
    notes: list[str] = []

    def plain(part: Any) -> dict[str, Any]:
        one = {"text": part} if isinstance(part, str) else dict(part)
        if one.get("note"):
            notes.append(one["note"])
            one["n"] = len(notes)
        return one

    blocks = []
    for block in report["blocks"]:
        if block["kind"] == "text":
            blocks.append({**block, "parts": [plain(part) for part in block["parts"]]})
        elif block["kind"] == "list":
            blocks.append({**block, "lines": [[plain(part) for part in item] for item in block["items"]]})
        else:
            blocks.append(block)
    return {**report, "blocks": blocks, "notes": notes}


@register.filter
def cells(block: dict[str, Any]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Rows of a table: the name of the figure in each, and its cells with their heads."""
    names = block.get("names") or [""] * len(block["rows"])
    rows = [list(zip(block["columns"], row, strict=True)) for row in block["rows"]]
    return list(zip(names, rows, strict=True))
