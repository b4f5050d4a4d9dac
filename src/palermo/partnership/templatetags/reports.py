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
    """A report's data with plain parts and rows, each figure with its address if `urls` has one (by `name@year`).

    Notes are numbered as they come; the first place of a figure has its name as `anchor`.
    """
    return _Noting(report).done()


class _Noting:
    def __init__(self, report: dict[str, Any]) -> None:
        self.report = report
        self.urls: dict[str, str] = report.get("urls", {})
        self.year = report.get("year", "")
        self.notes: list[str] = []
        self.named: set[str] = set()

    def done(self) -> dict[str, Any]:
        blocks = [self.block(block) for block in self.report["blocks"]]
        return {**self.report, "blocks": blocks, "notes": self.notes}

    def block(self, block: dict[str, Any]) -> dict[str, Any]:
        if block["kind"] == "text":
            return {**block, "parts": [self.part(part) for part in block["parts"]]}
        if block["kind"] == "list":
            return {**block, "lines": [[self.part(part) for part in item] for item in block["items"]]}
        if block["kind"] == "table":
            names = block.get("names") or [""] * len(block["rows"])
            return {**block, "lines": [self.row(block, *one) for one in zip(names, block["rows"], strict=True)]}
        return block

    def part(self, part: Any) -> dict[str, Any]:
        one = {"text": part} if isinstance(part, str) else dict(part)
        if one.get("note"):
            self.notes.append(one["note"])
            one["n"] = len(self.notes)
        return one | self.place(one.get("figure", ""), one.get("year", self.year))

    def row(self, block: dict[str, Any], name: str, cells: list[str]) -> dict[str, Any]:
        place = self.place(name, self.year)
        shown = [{"head": head, "text": text} for head, text in zip(block["columns"], cells, strict=True)]
        if len(shown) > 1:
            shown[1]["url"] = place["url"]
        return place | {"cells": shown}

    def place(self, name: str, year: Any) -> dict[str, str]:
        anchor = name if name not in self.named else ""
        self.named.add(name)
        return {"anchor": anchor, "url": self.urls.get(f"{name}@{year}", "")}
