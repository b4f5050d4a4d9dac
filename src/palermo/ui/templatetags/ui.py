"""`{% load ui %}`: every part of a page under one name. What each does is told in docs/rooms/ui.md."""

from typing import Any

from django import template
from django.template import Context

from palermo.ui.components import figures, icons, layout, lists, status

register = template.Library()

register.simple_tag(icons.icon, name="icon")
register.simple_tag(status.badge, name="badge")
register.simple_tag(layout.back_link, name="back_link")
register.simple_tag(figures.figure, name="figure")
register.filter("known", status.known)
register.filter("number", status.number)

register.simple_block_tag(layout.page_header, name="page_header")
register.simple_block_tag(layout.card, name="card")
register.simple_block_tag(layout.confirm, name="confirm")
register.simple_block_tag(status.notice, name="notice")

for part in (
    status.deadline,
    status.tile,
    layout.facts,
    layout.timeline,
    layout.empty,
    layout.steps,
    layout.progress,
    layout.tabs,
    lists.plain_table,
    lists.answers,
):
    register.inclusion_tag(f"ui/components/{part.__name__}.html", name=part.__name__)(part)

for asking in (layout.pages, lists.filter_bar):
    register.inclusion_tag(f"ui/components/{asking.__name__}.html", takes_context=True, name=asking.__name__)(asking)


@register.simple_tag(takes_context=True)
def link_to_sort(context: Context, table: Any, column: Any) -> str:
    """The address that sorts a django-tables2 table by a column, other query parameters kept."""
    query = context["request"].GET.copy()
    query[table.prefixed_order_by_field] = column.order_by_alias.next
    return f"?{query.urlencode()}"
