"""On a State's page: the events that are about it."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from palermo.office.domain.rights import may
from palermo.partnership.domain.events import READ
from palermo.partnership.models import Event

MOST = 8


def events_of_state(request: HttpRequest, code: str) -> SafeString | str:
    """The newest events about a State that the reader may read. One statement."""
    if not may(request.user, READ):
        return ""
    events = list(Event.objects.filter(states__contains=[code])[:MOST])
    if not events:
        return ""
    return render_to_string("partnership/state/events.html", {"events": events, "code": code}, request=request)
