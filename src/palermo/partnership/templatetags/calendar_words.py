"""`{% load calendar_words %}`: where an entry of the calendar is, and all that its bar says."""

from functools import cache

from django import template

from palermo.partnership.methods.calendar import Entry, headline, place
from palermo.vocabulary.states import load_states

register = template.Library()


@cache
def _names() -> dict[str, str]:
    return {code: state.name for code, state in load_states().items()}


@register.filter
def where(entry: Entry) -> str:
    """The States of an entry, unless its title names them."""
    return place(entry, _names())


@register.filter
def said(entry: Entry) -> str:
    """Who, where, what and when: for those who point at a bar."""
    return f"{entry.structure}, {headline(entry, _names())}, {entry.span}"
