"""Parts that put things in order: page header, card, facts, timeline, empty state, steps, tabs, dialog, pages."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.paginator import Page
from django.http import QueryDict
from django.template import Context
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from palermo.ui.components.icons import icon
from palermo.ui.components.status import TONE_ICONS


def page_header(content: str, title: Any, lead: Any = "", crumbs: Iterable[tuple[Any, str]] = ()) -> str:
    """`{% page_header title=… lead=… crumbs=… %}actions{% endpage_header %}`: the one h1 of a page.

    `crumbs` are pairs of label and address of the pages above this one; the content is the page's actions.
    """
    shown = {"title": title, "lead": lead, "crumbs": list(crumbs or ()), "actions": content.strip() and content}
    return render_to_string("ui/components/page_header.html", shown)


def card(content: str, title: Any = "", aside: Any = "", flush: bool = False, level: int = 2) -> SafeString:
    """`{% card _("Needs") %}…{% endcard %}`: a part of a record. `flush=True` for a table edge to edge."""
    head = (
        format_html(
            '<div class="card__head"><h{0}>{1}</h{0}><div class="soft small">{2}</div></div>', level, title, aside
        )
        if title
        else ""
    )
    return format_html(
        '<section class="card{}">{}<div class="card__body">{}</div></section>',
        " card--flush" if flush else "",
        head,
        content,
    )


def facts(pairs: Iterable[Sequence[Any]]) -> dict[str, Any]:
    """`{% facts pairs %}`: label, value and, where it helps, a note such as the source. None shows as not known."""
    return {"pairs": [(pair[0], pair[1], pair[2] if len(pair) > 2 else "") for pair in pairs]}


def timeline(events: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """`{% timeline events %}`: what happened, newest first as given.

    An event has `title` and `when` (datetime), and may have `who`, `text`, `icon`, `tone`.
    """
    return {"events": [{"icon": TONE_ICONS[e.get("tone", "neutral")], "tone": "neutral", **e} for e in events]}


def empty(title: Any, text: Any = "", action: Any = "", url: str = "", icon_name: str = "inbox") -> dict[str, Any]:
    """`{% empty _("No referral waits") text=… action=… url=… %}`: says what to do next, too."""
    return {"title": title, "text": text, "action": action, "url": url, "icon_name": icon_name}


def steps(labels: Sequence[Any], current: int) -> dict[str, Any]:
    """`{% steps labels current=2 %}`: where one is on a short way, counted from one."""
    return {"steps": [(n, label, n < current, n == current) for n, label in enumerate(labels, 1)]}


def progress(value: float, maximum: float, label: Any = "") -> dict[str, Any]:
    """`{% progress 7 16 _("Questions") %}`: how much of long work is done, in words and as a bar."""
    return {"value": value, "maximum": maximum, "label": label}


def tabs(items: Iterable[Mapping[str, Any]], label: Any = "") -> dict[str, Any]:
    """`{% tabs items label=_("Parts of the case") %}`: links with `label`, `url`, and may be `count`, `current`."""
    return {"items": list(items), "label": label}


def confirm(
    content: str,
    dialog_id: str,
    *,
    title: Any,
    trigger: Any,
    submit: Any,
    action: str = "",
    tone: str = "neutral",
    csrf: Any = "",
) -> str:
    """`{% confirm "withdraw" title=… trigger=… submit=… action=url csrf=csrf_token %}what happens{% endconfirm %}`.

    A button that opens a dialog which says what will happen and cannot be undone; the dialog's form posts to
    `action`. Content may hold fields. Without script the same content stands in the page.
    """
    shown = {"content": content, "dialog_id": dialog_id, "title": title, "trigger": trigger, "submit": submit}
    return render_to_string("ui/components/confirm.html", {**shown, "action": action, "tone": tone, "csrf": csrf})


def pages(context: Context, page: Page, name: str = "page") -> dict[str, Any]:
    """`{% pages page_obj %}`: pagination that keeps the other query parameters."""
    request = context.get("request")
    query = request.GET.copy() if request else QueryDict(mutable=True)

    def address(number: int) -> str:
        query[name] = str(number)
        return f"?{query.urlencode()}"

    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "page": page,
        "numbers": [(n, address(n) if isinstance(n, int) else "") for n in numbers],
        "previous": address(page.previous_page_number()) if page.has_previous() else "",
        "next": address(page.next_page_number()) if page.has_next() else "",
    }


def link(url: str, label: Any) -> SafeString:
    """A link in a cell."""
    return format_html('<a href="{}">{}</a>', url, label)


def back_link(url: str, label: Any) -> SafeString:
    """`{% back_link url _("All cases") %}`: one step up, for pages without breadcrumbs."""
    return format_html('<a class="button button--quiet" href="{}">{}{}</a>', url, icon("arrow-left"), label)
