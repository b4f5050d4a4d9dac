"""Who has arrived, and one person's file without the name."""

import datetime as dt
from typing import Any, Literal
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from palermo.office.api import Asked, Part
from palermo.office.domain.persons import REGISTER
from palermo.office.domain.rights import require_any
from palermo.office.models import Person
from palermo.protection.api.screenings import ScreeningLine
from palermo.protection.domain.screenings import START
from palermo.protection.models import Case
from palermo.protection.queries.arrivals import DONE, arrivals, screenings_of

router = Router()
Stage = Literal["open", "all", "waits", "under_way", "to_judge", "interview", "done"]


class PersonOut(Schema):
    id: UUID
    #: What staff call the person; drawn at random.
    code: str
    path: str
    is_child: bool
    #: Null where not known, here and below; empty text likewise.
    age: int | None
    sex: str
    language: str
    citizenship: str
    alone: bool | None
    site: str | None
    arrived_at: dt.datetime

    @staticmethod
    def resolve_site(person: Person) -> str | None:
        return person.site.name if person.site else None


class ArrivalOut(PersonOut):
    #: What the screening waits for.
    stage: str
    screening_id: UUID | None


class ArrivalList(Schema):
    count: int
    items: list[ArrivalOut]


class FileOut(Schema):
    person: PersonOut
    #: Whether it is the own agency's file.
    own: bool
    case_id: UUID | None
    screenings: list[ScreeningLine]


@router.get("/arrivals", response=ArrivalList)
def arrival_list(request: Asked, part: Query[Part], stage: Stage = "open", code: str = "") -> dict[str, Any]:
    """Arrivals in the order in which they need somebody: children alone, children, who has waited longest."""
    require_any(request.user, REGISTER)
    people: QuerySet[Any] = arrivals()
    if stage == "open":
        people = people.exclude(stage=DONE)
    elif stage != "all":
        people = people.filter(stage=stage)
    return part.of(people.filter(code__istartswith=code.strip()) if code else people)


@router.get("/arrivals/{uuid:person}", response=FileOut)
def person(request: Asked, person: UUID) -> dict[str, Any]:
    """One file: what is known without opening the sealed part."""
    require_any(request.user, START)
    found = get_object_or_404(Person.objects.select_related("site"), pk=person)
    return {
        "person": found,
        "own": found.agency_id == request.user.agency_id,
        "case_id": Case.objects.filter(person=found).values_list("pk", flat=True).first(),
        "screenings": list(screenings_of(found.pk)),
    }
