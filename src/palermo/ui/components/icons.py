"""A small set of line icons, drawn for Palermo on a grid of 24 with a stroke of 1.75."""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

# Each is the inside of an SVG: constants of this file only, never input.
DRAWINGS = {
    "arrow-left": '<path d="M20 12H5m6-6-6 6 6 6"/>',
    "arrow-right": '<path d="M4 12h15m-6-6 6 6-6 6"/>',
    "bell": '<path d="M6 17v-6a6 6 0 0 1 12 0v6l1.5 1.5h-15zM10 21.5h4M12 5V3"/>',
    "board": '<path d="M4 20V4m0 16h17M8.5 16v-5m4.5 5V7m4.5 9v-3"/>',
    "calendar": '<path d="M4 6h16v14H4zM4 10h16M8 3.5V7m8-3.5V7"/>',
    "case": '<path d="M3 7h7l2 2.5h9V19H3zM3 7V5h6l1 2"/>',
    "check": '<path d="m4.5 12.5 5 5 10-11"/>',
    "child": '<circle cx="12" cy="6.5" r="3"/><path d="M12 9.5V15m0-3.5L7.5 14M12 11.5l4.5 2.5M12 15l-3 6m3-6 3 6"/>',
    "clock": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5.2l3.5 2"/>',
    "cross": '<path d="m6 6 12 12M18 6 6 18"/>',
    "danger": '<path d="M8.3 3.5h7.4l4.8 4.8v7.4l-4.8 4.8H8.3l-4.8-4.8V8.3zM12 7.5v5.5M12 16.4v.1"/>',
    "document": '<path d="M6 3h8l4.5 4.5V21H6zM14 3v4.5h4.5M9 12.5h6M9 16.5h6"/>',
    "dot": '<circle cx="12" cy="12" r="3.5"/>',
    "down": '<path d="m6 9.5 6 6 6-6"/>',
    "exit": '<path d="M13 4H5v16h8M10 12h11m-4.5-4.5L21 12l-4.5 4.5"/>',
    "eye": '<path d="M2.5 12C5 7.5 8.3 5.5 12 5.5s7 2 9.5 6.5c-2.5 4.5-5.8 6.5-9.5 6.5S5 16.5 2.5 12z"/>'
    '<circle cx="12" cy="12" r="2.75"/>',
    "filter": '<path d="M4 6h16M7 12h10m-7 6h4"/>',
    "globe": '<circle cx="12" cy="12" r="8.5"/><path d="M3.5 12h17M12 3.5c5 5 5 12 0 17-5-5-5-12 0-17z"/>',
    "house": '<path d="m3.5 11.5 8.5-7.5 8.5 7.5M6 9.5V20h12V9.5M10 20v-5.5h4V20"/>',
    "inbox": '<path d="M3.5 13.5 6.5 5h11l3 8.5V20h-17zM3.5 13.5H8.5l1.5 2.5h4l1.5-2.5h5"/>',
    "info": '<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5.5M12 7.5v.1"/>',
    "link": '<path d="M10 14a4 4 0 0 0 5.7 0l3.6-3.6a4 4 0 0 0-5.7-5.7l-1.3 1.3M14 10a4 4 0 0 0-5.7 0'
    'l-3.6 3.6a4 4 0 0 0 5.7 5.7l1.3-1.3"/>',
    "lock": '<path d="M5.5 10.5h13V20h-13zM8 10.5V8a4 4 0 0 1 8 0v2.5M12 14v2.5"/>',
    "map": '<path d="M4 4h4.5v4.5H4zM10 4h4.5v4.5H10zM10 10h4.5v4.5H10zM16 10h4.5v4.5H16zM4 16h4.5v4.5H4z'
    'M10 16h4.5v4.5H10z"/>',
    "money": '<path d="M3 6.5h18v11H3z"/><circle cx="12" cy="12" r="2.5"/><path d="M6 9.5v5m12-5v5"/>',
    "moon": '<path d="M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z"/>',
    "pause": '<path d="M8.5 5v14m7-14v14"/>',
    "pencil": '<path d="m4 20 1-4.5L16.5 4 20 7.5 8.5 19zM14 6.5l3.5 3.5"/>',
    "people": '<circle cx="9" cy="8" r="3.25"/><path d="M3 20c0-4 2.5-6.5 6-6.5s6 2.5 6 6.5M15.5 5a3.25 3.25 0 0 1 0 6'
    'M17.5 14c2.3.8 3.5 3 3.5 6"/>',
    "person": '<circle cx="12" cy="8" r="3.75"/><path d="M5 20.5c0-4.5 3-7 7-7s7 2.5 7 7"/>',
    "phone": '<path d="M5 4h4l1.5 4.5L8 10.5a12 12 0 0 0 5.5 5.5l2-2.5L20 15v4c-9 1.5-16.5-6-15-15z"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "print": '<path d="M7 8.5V4h10v4.5M7 17H4V8.5h16V17h-3M7 14h10v6.5H7z"/>',
    "question": '<circle cx="12" cy="12" r="8.5"/><path d="M9.3 9.5c.2-1.7 1.3-2.5 2.7-2.5 1.5 0 2.7 1 2.7 2.4'
    ' 0 2.1-2.7 2.3-2.7 4.4M12 16.7v.1"/>',
    "safe": '<path d="M12 3 5 5.5v6c0 4.5 3 7.5 7 9.5 4-2 7-5 7-9.5v-6zM8.5 12l2.5 2.5 4.5-5"/>',
    "scales": '<path d="M12 4v16M7 20h10M4 7.5h16M6.5 7.5l-3 7h6zM17.5 7.5l-3 7h6z"/>',
    "search": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.5 15.5 5 5"/>',
    "send": '<path d="m3.5 11 17-7-6 17-3.5-7.5zM11 13.5 20.5 4"/>',
    "skip": '<path d="M4 6v12l8-6zM12 6v12l8-6zM21 6v12"/>',
    "sort": '<path d="m8 9.5 4-4.5 4 4.5M8 14.5l4 4.5 4-4.5"/>',
    "speech": '<path d="M4 5h16v11h-9l-4.5 4v-4H4zM8 9h8M8 12.2h5"/>',
    "stop": '<path d="M8 12.5V6.2a1.4 1.4 0 0 1 2.8 0V11V4.7a1.4 1.4 0 0 1 2.8 0V11V6.2a1.4 1.4 0 0 1 2.8 0v7.8'
    'c0 4-2 7-5 7-2.5 0-4-1.5-5.5-4.5l-2-3.5c-.6-1.5 1-2.5 2-1.3z"/>',
    "sun": '<circle cx="12" cy="12" r="3.75"/><path d="M12 3v2.2M12 18.8V21M3 12h2.2M18.8 12H21M5.6 5.6l1.6 1.6'
    'M16.8 16.8l1.6 1.6M18.4 5.6l-1.6 1.6M7.2 16.8l-1.6 1.6"/>',
    "up": '<path d="m6 14.5 6-6 6 6"/>',
    "warn": '<path d="M12 4 2.8 20h18.4zM12 10v5M12 17.4v.1"/>',
}
DIRECTIONAL = {"arrow-left", "arrow-right", "exit", "send", "skip"}


def icon(name: str, label: str = "") -> SafeString:
    """`{% icon "check" %}`: decoration beside a word; with `label` it stands alone and is read out.

    Raises:
        KeyError: if there is no drawing of that name.
    """
    drawing = mark_safe(DRAWINGS[name])  # noqa: S308 -- a constant of this file
    extra = " icon--directional" if name in DIRECTIONAL else ""
    if label:
        return format_html(
            '<svg class="icon{}" viewBox="0 0 24 24" role="img" aria-label="{}">{}</svg>', extra, label, drawing
        )
    return format_html('<svg class="icon{}" viewBox="0 0 24 24" aria-hidden="true">{}</svg>', extra, drawing)
