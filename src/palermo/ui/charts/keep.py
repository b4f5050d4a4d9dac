"""Drawings are kept by the digest of what they show, so that a board of ten charts is drawn once a change."""

from django.core.cache import caches
from django.core.cache.backends.base import InvalidCacheBackendError
from django.utils.safestring import SafeString, mark_safe

from palermo.ui.charts import specs
from palermo.ui.charts.figure import Figure
from palermo.ui.charts.svg import finished
from palermo.ui.maps import cells

DAYS = 30 * 24 * 3600


def drawing(figure: Figure) -> str:
    """Figure to finished SVG; pure, so also good for a notebook or a PDF."""
    raw = cells.svg_of(figure) if figure.kind in {"states", "cells"} else specs.svg_of(figure)
    return finished(raw, figure.title, figure.summary or figure.lead, figure.digest)


def drawn(figure: Figure) -> SafeString:
    """The finished SVG, from the cache "drawings" (or the default cache) where it is there already."""
    try:
        cache = caches["drawings"]
    except InvalidCacheBackendError:
        cache = caches["default"]
    key = f"drawing:{figure.digest}"
    kept: str | None = cache.get(key)
    if kept is None:
        kept = drawing(figure)
        cache.set(key, kept, DAYS)
    return mark_safe(kept)  # noqa: S308 -- `finished` refuses scripts, and all text in it is escaped
