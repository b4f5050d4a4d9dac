"""`{% load protection %}`: labels of codes and the tones of statuses."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.safestring import SafeString

from palermo.office.enums import DataKind
from palermo.protection.enums import ServiceKind
from palermo.protection.pages import tones
from palermo.ui.components.status import badge

register = template.Library()
_LISTS: dict[str, dict[str, Any]] = {"data": dict(DataKind.choices), "service": dict(ServiceKind.choices)}


@register.filter
def labels(codes: Iterable[str], of: str) -> str:
    """`{{ referral.services|labels:"service" }}`: codes as words; labels hold commas, so a semicolon parts them."""
    return "; ".join(str(_LISTS[of].get(code, code)) for code in codes)


@register.filter
def tone(value: str, of: str) -> str:
    """`{{ risk.level|tone:"risk" }}`: the tone of a status."""
    return str(getattr(tones, of.upper()).get(value, "neutral"))


@register.simple_tag
def status_badge(record: Any, field: str, of: str) -> SafeString:
    """`{% status_badge referral "state" "referral" %}`: the status of a record as a badge."""
    label = getattr(record, f"get_{field}_display")()
    return badge(label, tone(getattr(record, field), of))


@register.filter
def reference(referral: Any) -> str:
    """`{{ referral|reference }}`: what both sides call a referral among themselves; tells nothing."""
    digits = str(referral.pk).upper()
    return f"R-{digits[:4]}-{digits[4:8]}"
