"""Who has arrived and what their screening waits for."""

from uuid import UUID

from django.db.models import Case, CharField, DateTimeField, Exists, F, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from palermo.office.enums import AgePath
from palermo.office.models import Person
from palermo.protection.enums import Judgement, ScreeningState
from palermo.protection.models import Case as OpenedCase
from palermo.protection.models import Screening

#: Where an arrival stands for those who screen, in the order of the work list.
WAITS, UNDER_WAY, TO_JUDGE, INTERVIEW, STOPPED, DONE = (
    "waits",
    "under_way",
    "to_judge",
    "interview",
    "stopped",
    "done",
)


def arrivals() -> QuerySet[Person]:
    """Files within reach with `stage` (above), and the latest screening's `screening_id` and `ended_at`; one statement.

    Children alone come first, then children, then who has waited longest. Under them stands who stopped the talk and
    has no case yet: nothing was concluded, and they are asked again when they wish.
    """
    latest = Screening.objects.filter(person=OuterRef("pk")).order_by("-started_at")
    stage = Case(
        When(last_state="", then=Value(WAITS)),
        When(last_state__in=[ScreeningState.OPEN, ScreeningState.PAUSED], then=Value(UNDER_WAY)),
        When(last_state=ScreeningState.FINISHED, last_judgement="", then=Value(TO_JUDGE)),
        When(last_judgement=Judgement.NOT_PRESUMED, interview=True, then=Value(INTERVIEW)),
        When(last_state=ScreeningState.STOPPED, has_case=False, then=Value(STOPPED)),
        default=Value(DONE),
        output_field=CharField(),
    )
    child = Case(When(path=AgePath.ADULT, then=Value(1)), When(alone=True, then=Value(-1)), default=Value(0))
    return (
        Person.objects.select_related("site")
        .annotate(
            last_state=Coalesce(Subquery(latest.values("state")[:1]), Value("")),
            last_judgement=Coalesce(Subquery(latest.values("judgement")[:1]), Value("")),
            interview=Coalesce(Subquery(latest.values("interview_advised")[:1]), Value(value=False)),
            screening_id=Subquery(latest.values("pk")[:1]),
            ended_at=Subquery(latest.values("ended_at")[:1], output_field=DateTimeField()),
            has_case=Exists(OpenedCase.objects.filter(person=OuterRef("pk"))),
            stage=stage,
            child_first=child,
            stopped=Case(When(stage=STOPPED, then=Value(1)), default=Value(0)),
        )
        .order_by("stopped", "child_first", "arrived_at", "pk")
    )


def screenings_of(person_id: UUID) -> QuerySet[Screening]:
    """Screenings of a person, the latest first."""
    return Screening.objects.filter(person_id=person_id).order_by("-started_at", F("pk"))
