"""Events as entries of the shared calendar."""

from collections.abc import Iterable

from django.db.models.functions import Length
from django.urls import reverse

from palermo.partnership.enums import Certainty, EventStatus
from palermo.partnership.methods.calendar import Entry
from palermo.partnership.methods.spans import Span
from palermo.partnership.models import Event

CERTAINTY = {
    EventStatus.TENTATIVE: Certainty.RUMOUR,
    EventStatus.PLANNED: Certainty.PLANNED,
    EventStatus.DONE: Certainty.DONE,
    EventStatus.CANCELLED: Certainty.CANCELLED,
}
#: What is known to the month at least; of a year alone the calendar would be full.
MONTH = len("2017-06")


def events_in(span: Span) -> Iterable[Entry]:
    """Events known to the month or the day that meet a span, as far as the reader may see them. One statement."""
    found = Event.objects.alias(known=Length("when")).filter(
        known__gte=MONTH, earliest__lte=span.last, latest__gte=span.first
    )
    for event in found.select_related("office"):
        yield Entry(
            uid=f"event-{event.pk}",
            source="event",
            title=event.title,
            span=Span(event.earliest, event.latest),  # type: ignore[arg-type]  # the filter asks for days
            kind=event.kind,
            structure=event.office.name,
            states=tuple(event.states),
            themes=tuple(event.themes),
            certainty=str(CERTAINTY[EventStatus(event.status)]),
            clearance=event.clearance,
            sequence=event.sequence,
            changed_at=event.changed_at,
            url=reverse("partnership:event", args=[event.pk]),
        )
