"""Lists to work through: plain table, filter bar, answers of the focus layout."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.forms import BaseForm
from django.template import Context
from django.utils.translation import gettext_lazy as _


def plain_table(
    columns: Sequence[Any], rows: Iterable[Sequence[Any]], caption: Any = "", numeric: str = "", note: Any = ""
) -> dict[str, Any]:
    """`{% plain_table columns rows caption=… numeric="2,3" %}`: rows that need no sorting or paging.

    `numeric` are the places of number columns, counted from one. For work lists use django-tables2, whose
    template is `ui/table.html`.
    """
    places = {int(place) for place in str(numeric).split(",") if place}
    heads = [(column, n in places) for n, column in enumerate(columns, 1)]
    body = [[(cell, head, right) for cell, (head, right) in zip(row, heads, strict=True)] for row in rows]
    return {"heads": heads, "body": body, "caption": caption, "note": note}


def filter_bar(context: Context, form: BaseForm, found: int | None = None) -> dict[str, Any]:
    """`{% filter_bar filterset.form found=table.rows|length %}`: narrows a work list; works without script."""
    request = context.get("request")
    return {
        "form": form,
        "found": found,
        "path": request.path if request else "",
        "active": bool(request and request.GET),
    }


ANSWERS: tuple[Mapping[str, Any], ...] = (
    {"value": "yes", "label": _("Yes"), "kind": "main", "icon": "check"},
    {"value": "no", "label": _("No"), "kind": "main", "icon": "cross"},
    {"value": "not_known", "label": _("Not known"), "kind": "half", "icon": "question"},
    {"value": "not_asked", "label": _("Do not ask this now"), "kind": "half", "icon": "skip"},
)


def answers(name: str = "answer", current: str = "", choices: Iterable[Mapping[str, Any]] = ANSWERS) -> dict[str, Any]:
    """`{% answers name="answer" current=given %}`: large buttons that submit the form around them, each its value.

    `choices` have `value`, `label`, `kind` ("main", "half" or "third") and may have `icon`.
    """
    return {"name": name, "current": current, "choices": list(choices)}
