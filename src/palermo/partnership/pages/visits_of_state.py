"""On a State's page: the visits to it, and what other bodies plan there."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from palermo.office import clock
from palermo.office.domain.rights import may
from palermo.partnership.domain.visits import PLAN, READ
from palermo.partnership.enums import Certainty
from palermo.partnership.models import ExternalStep, Visit
from palermo.vocabulary.conventions import bound_by_convention

MOST = 8


def visits_of_state(request: HttpRequest, code: str) -> SafeString | str:
    """The newest visits to a State and steps of others there that the reader may read. Two statements."""
    if not may(request.user, READ):  # type: ignore[arg-type]  # the door lets members in only
        return ""
    visits = list(Visit.objects.filter(state=code).select_related("office").order_by("-starts", "pk")[:MOST])
    steps = ExternalStep.objects.filter(state=code).exclude(certainty=Certainty.CANCELLED).select_related("cycle")
    context = {
        "code": code,
        "visits": visits,
        "steps": list(steps.order_by("-starts", "pk")[:MOST]),
        "greta": bound_by_convention(code, clock.now().date()),
        "may_plan": may(request.user, PLAN),  # type: ignore[arg-type]
    }
    return render_to_string("partnership/state/visits.html", context, request=request)
