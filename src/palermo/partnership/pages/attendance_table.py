"""The list of those who were invited, registered and came."""

from collections.abc import Set as AbstractSet
from typing import Any
from uuid import UUID

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from palermo.partnership.models import Attendance
from palermo.ui.components.layout import link
from palermo.ui.components.status import badge
from palermo.ui.tables import BadgeColumn, MainColumn, WorkTable
from palermo.vocabulary.states import load_states

STEP_TONES = {"invited": "neutral", "registered": "info", "present": "safe", "absent": "warn", "declined": "neutral"}


class AttendanceTable(WorkTable):
    name = MainColumn(verbose_name=_("Name"), empty_values=())
    state = tables.Column(verbose_name=_("State"))
    organisation = tables.Column(verbose_name=_("Organisation"))
    capacity = tables.Column(verbose_name=_("Came as"))
    sector = tables.Column(verbose_name=_("Sector"))
    step = BadgeColumn(STEP_TONES, verbose_name=_("How far"))
    mode = tables.Column(verbose_name=_("How"))
    marks = tables.Column(verbose_name=_("Marks"), empty_values=(), orderable=False, accessor="pk")

    caption = _("Attendance")

    class Meta(WorkTable.Meta):
        attrs = {"class": "work"}

    def __init__(self, rows: Any, *, keeps: bool, newcomers: AbstractSet[UUID], **kwargs: Any) -> None:
        self.keeps, self.newcomers = keeps, newcomers
        super().__init__(rows, empty_text=_("Nobody is on the list"), **kwargs)

    def render_name(self, record: Attendance) -> Any:
        text = record.name or _("(organisation only)")
        if not self.keeps:
            return text
        return link(reverse("partnership:attendance_step", args=[record.pk]), text)

    def render_state(self, value: str) -> str:
        state = load_states().get(value)
        return state.name if state else value

    def render_marks(self, record: Attendance) -> Any:
        marks = []
        if record.pk in self.newcomers:
            marks.append(badge(_("first time"), "info"))
        if record.trained_as_trainer:
            marks.append(badge(_("trained as trainer"), "safe"))
        elif record.trained:
            marks.append(badge(_("trained"), "safe"))
        return format_html("{}" * len(marks), *marks) if marks else "–"
