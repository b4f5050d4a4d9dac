"""Clocks as pages show them: by the time that counts (in an exercise the exercise's own)."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string

from palermo.office import clock
from palermo.protection.models import Case
from palermo.ui.components import status
from palermo.ui.tables import DeadlineColumn


class DueColumn(DeadlineColumn):
    """Answer due in …, overdue by …, answered in time; by the time that counts."""

    def render(self, value: Any, record: Any) -> Any:
        done = getattr(record, self.done) if self.done else None
        shown = status.deadline(value, now=clock.now(), answered=done)
        return render_to_string("ui/components/deadline.html", shown)


@dataclass(frozen=True)
class Reflection:
    """A recovery and reflection period as a picture shows it; lengths in whole days."""

    since: dt.datetime
    until: dt.datetime
    days: int
    gone: int
    left: int

    @property
    def over(self) -> bool:
        return self.left == 0

    @property
    def tone(self) -> str:
        if self.over:
            return "neutral"
        return "warn" if self.left <= 7 else "safe"

    @property
    def ring(self) -> float:
        """How much of a circle of length 100 is still to come."""
        return round(100 * self.left / self.days, 1) if self.days else 0


def reflection(case: Case) -> Reflection:
    """Where the period of a case stands. A day that has begun counts as left."""
    left = max(0, -((clock.now() - case.reflection_until) // dt.timedelta(days=1)))
    days = (case.reflection_until - case.reflection_from).days
    return Reflection(case.reflection_from, case.reflection_until, days, max(0, days - left), min(left, days))
