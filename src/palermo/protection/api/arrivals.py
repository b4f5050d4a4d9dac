"""Who has arrived, and one person's file without the name; to open one, to correct it, to be worried."""

import datetime as dt
from typing import Any, Literal
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema, Status

from palermo.office.api import Asked, Part
from palermo.office.domain.persons import CORRECT, REGISTER, correct_person, register_person
from palermo.office.domain.rights import require_any, require_own
from palermo.office.domain.search import SEARCH, search_before_create
from palermo.office.enums import AgePath, Sex
from palermo.office.methods.identity import Identity
from palermo.office.models import Person, Site
from palermo.protection.api.known import on_the_lists
from palermo.protection.api.screenings import JudgedOut, ScreeningLine
from palermo.protection.domain.cases import OPEN, open_case
from palermo.protection.domain.screenings import START
from palermo.protection.models import Case
from palermo.protection.queries.arrivals import DONE, arrivals, screenings_of
from palermo.vocabulary.codes import file_code

router = Router()
Stage = Literal["open", "all", "waits", "under_way", "to_judge", "interview", "stopped", "done"]


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


class IdentityIn(Schema):
    """What a person is called. Sealed as soon as it is saved; each part may stay empty."""

    given_name: str = Field("", max_length=120)
    family_name: str = Field("", max_length=120)
    other_names: list[str] = Field([], max_length=10)
    #: 2007, 2007-03 or 2007-03-21.
    birth_date: str = Field("", pattern=r"^(\d{4}(-\d{2}(-\d{2})?)?)?$")
    phones: list[str] = Field([], max_length=10)
    documents: list[str] = Field([], max_length=10)
    #: How the person can be reached safely.
    safe_contact: str = Field("", max_length=300)

    def sealed_as(self) -> Identity:
        said = self.dict()
        return Identity(**said | {name: tuple(said[name]) for name in ("other_names", "phones", "documents")})


class SearchIn(Schema):
    identity: IdentityIn
    reason: str = Field(max_length=200)


class KnownIn(Schema):
    path: AgePath
    #: Null where not known.
    age: int | None = Field(None, ge=0, le=120)
    sex: Sex = Sex.NOT_KNOWN
    citizenship: str = ""
    language: str = ""


class ArrivalIn(KnownIn):
    alone: bool | None = None
    #: A place of the own agency.
    site: UUID | None = None
    identity: IdentityIn | None = None


class CorrectedOut(Schema):
    person: PersonOut
    #: How many disclosures ended, since they rested on the consent of somebody who is no adult.
    ended: int


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
    return part.of(people.filter(code__istartswith=file_code(code)) if code else people)


@router.post("/arrivals", response={201: PersonOut})
def arrival_register(request: Asked, said: ArrivalIn) -> Status[Any]:
    """Open a file on a person who arrives. Look first whether the person is known (`arrivals/search`)."""
    require_any(request.user, REGISTER)
    on_the_lists(language=said.language, citizenship=said.citizenship)
    site = get_object_or_404(Site, pk=said.site, agency=request.user.agency) if said.site else None
    identity = said.identity.sealed_as() if said.identity else None
    known = said.dict(exclude={"site", "identity"})
    return Status(201, register_person(member=request.user, site=site, identity=identity, **known))


@router.post("/arrivals/search", response=list[PersonOut])
def arrival_search(request: Asked, said: SearchIn) -> Any:
    """The own agency's files that match. Another agency that keeps a match is asked to make contact; nobody is told."""
    require_any(request.user, SEARCH)
    return search_before_create(member=request.user, identity=said.identity.sealed_as(), reason=said.reason)


@router.post("/arrivals/{uuid:person}/correct", response=CorrectedOut)
def person_correct(request: Asked, person: UUID, said: KnownIn) -> dict[str, Any]:
    """Correct what is known. Who turns out to be no adult is no longer held to a consent."""
    require_any(request.user, CORRECT)
    found = get_object_or_404(Person.objects.select_related("site"), pk=person)
    # What is recorded stays a choice, though no list has it.
    on_the_lists(language=said.language, citizenship="" if said.citizenship == found.citizenship else said.citizenship)
    return {"ended": correct_person(member=request.user, person=found, **said.dict()), "person": found}


@router.post("/arrivals/{uuid:person}/worry", response=JudgedOut)
def person_worry(request: Asked, person: UUID) -> dict[str, Any]:
    """Open a case because somebody is worried, whatever the answers suggested. The judgement stays as it is."""
    require_any(request.user, OPEN)
    found = get_object_or_404(Person, pk=person)
    require_own(request.user, found.agency_id, OPEN)
    return {"case_id": open_case(member=request.user, person=found, ground="worry").pk}


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
