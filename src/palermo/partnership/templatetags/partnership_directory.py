"""Filters that look up a value: the tone of a status, the words of a grade, the heading of a column."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import template

register = template.Library()


@register.filter
def tone(tones: Mapping[str, str], value: str) -> str:
    """The tone of a status; neutral for one that has none."""
    return tones.get(value, "neutral")


@register.filter
def at(words: Mapping[str, Any], key: str) -> Any:
    """The words that stand for a key; empty for none."""
    return words.get(key, "")


@register.filter
def place(values: Sequence[Any], number: int) -> Any:
    """The value at a place, counted from nought, as words."""
    return getattr(values[number], "label", values[number])
