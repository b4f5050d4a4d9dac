"""Parts that say how something stands: badge, deadline, tile, notice, known."""

from datetime import datetime
from typing import Any

from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from palermo.ui.components.icons import icon

TONE_ICONS = {"neutral": "dot", "info": "info", "warn": "warn", "danger": "danger", "safe": "safe"}
SOON_HOURS = 24


def _tone(tone: str) -> str:
    if tone not in TONE_ICONS:
        raise ValueError(f"There is no tone {tone!r}; use one of {', '.join(TONE_ICONS)}.")
    return tone


def badge(label: Any, tone: str = "neutral", icon_name: str = "") -> SafeString:
    """`{% badge case.get_status_display "warn" %}`: a status as icon and word; the colour only repeats it."""
    return format_html(
        '<span class="badge tone-{}">{}{}</span>', _tone(tone), icon(icon_name or TONE_ICONS[tone]), label
    )


def span_in_words(seconds: float) -> str:
    """A length of time in its one most useful unit: minutes under an hour, hours under two days, then days."""
    minutes = int(abs(seconds) // 60)
    if minutes < 60:
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    hours = minutes // 60
    if hours < 48:
        return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    return ngettext("%(n)d day", "%(n)d days", hours // 24) % {"n": hours // 24}


def deadline(
    due: datetime | None,
    done: datetime | None = None,
    now: datetime | None = None,
    *,
    answered: datetime | None = None,
) -> dict[str, Any]:
    """`{% deadline task.due_at done=task.done_at %}`: due in …, overdue by …, done in time or late.

    Where an answer was due, `answered=` says so: that something was answered does not mean that it is done.
    """
    if due is None:
        return {"text": _("No deadline"), "tone": "neutral", "icon_name": "clock", "kind": "none", "due": None}
    ended = answered or done
    left = (due - (ended or now or timezone.now())).total_seconds()
    span = {"span": span_in_words(left)}
    if ended is not None:
        late = left < 0
        said = (
            (_("Answered %(span)s late"), _("Answered in time"))
            if answered
            else (_("Done %(span)s late"), _("Done in time"))
        )
        text = said[0] % span if late else said[1]
        return {"text": text, "tone": "warn" if late else "safe", "icon_name": "check", "kind": "done", "due": due}
    if left < 0:
        text, tone, kind = _("Overdue by %(span)s") % span, "danger", "overdue"
        return {"text": text, "tone": tone, "icon_name": "danger", "kind": kind, "due": due}
    soon = left < SOON_HOURS * 3600
    text, tone = _("Due in %(span)s") % span, "warn" if soon else "neutral"
    return {"text": text, "tone": tone, "icon_name": "clock", "kind": "soon" if soon else "open", "due": due}


def tile(
    label: Any,
    value: Any,
    *,
    unit: Any = "",
    reason: Any = "",
    source: Any = "",
    tone: str = "neutral",
    url: str = "",
) -> dict[str, Any]:
    """`{% tile _("Waiting") 12 reason=… source=… %}`: one number with its reason and source.

    `None` shows as "not known" and not as nought: then `reason` says why.
    """
    shown = {"label": label, "value": value, "unit": unit, "reason": reason, "source": source, "url": url}
    return {**shown, "tone": _tone(tone), "icon_name": "" if tone == "neutral" else TONE_ICONS[tone]}


def notice(content: str, title: Any = "", tone: str = "info") -> SafeString:
    """`{% notice title=_("Not alone") tone="warn" %}…{% endnotice %}`: something to know before going on."""
    heading = format_html('<p class="notice__title">{}</p>', title) if title else ""
    role = "alert" if tone == "danger" else "note"
    return format_html(
        '<div class="notice tone-{}" role="{}">{}<div>{}{}</div></div>',
        _tone(tone),
        role,
        icon(TONE_ICONS[tone] if tone != "neutral" else "info"),
        heading,
        content,
    )


def number(value: Any) -> str:
    """`{{ count|number }}`: thousands apart, in the way of the language, without touching the settings."""
    return str(formats.number_format(value, force_grouping=True)) if isinstance(value, int | float) else str(value)


def known(value: Any) -> Any:
    """`{{ person.alone|known }}`: yes, no, or a plain "not known", never an empty place."""
    if value is True:
        return _("yes")
    if value is False:
        return _("no")
    if value is None or value == "":
        return format_html('<span class="unknown">{}</span>', _("not known"))
    return value
