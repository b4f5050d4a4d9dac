"""The directory on a day: how many co-ordinators from how many States, and who holds which post."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from palermo.office import clock
from palermo.office.api import Asked
from palermo.partnership.domain.directory import read_directory
from palermo.partnership.models import Contact
from palermo.partnership.queries.directory import held_on, tally, with_people

router = Router()


class HoldersOut(Schema):
    persons: int
    #: Codes of participating States, and of Partners for Co-operation.
    participating: list[str]
    partners: list[str]


class PostOut(Schema):
    id: UUID
    post: str
    #: Empty where the post is an organisation's.
    state: str
    organisation: str
    contact_id: UUID
    #: Null where the clearance does not open the name.
    name: str | None
    since: dt.date
    until: dt.date | None
    document: str
    shared: bool
    confirmed_on: dt.date | None


class DirectoryOut(Schema):
    day: dt.date
    together: HoldersOut
    co_ordinators: HoldersOut
    rapporteurs: HoldersOut
    posts: list[PostOut]


class OfficialOut(Schema):
    id: UUID
    name: str
    name_own_script: str
    position: str
    email: str
    phone: str
    languages: list[str]
    clearance: str
    consented_on: dt.date | None


@router.get("/partnership/directory", response=DirectoryOut)
def directory(request: Asked, day: dt.date | None = None) -> dict[str, Any]:
    """Posts held on a day (today unless one is named), and co-ordinators and rapporteurs counted together and apart."""
    read_directory(member=request.user)
    found = tally(day or clock.now().date())
    posts = [
        {
            **{name: getattr(entry.designation, name) for name in PostOut.model_fields if name in _OF_POST},
            "organisation": str(entry.organisation) if entry.organisation and not entry.designation.state else "",
            "name": entry.contact.name if entry.contact else None,
        }
        for entry in with_people(held_on(found.day))
    ]
    return {
        "day": found.day,
        "posts": posts,
        **{
            kind: {
                "persons": len(holders.contacts),
                "participating": holders.participating,
                "partners": holders.partners,
            }
            for kind, holders in (
                ("together", found.together),
                ("co_ordinators", found.co_ordinators),
                ("rapporteurs", found.rapporteurs),
            )
        },
    }


_OF_POST = {"id", "post", "state", "contact_id", "since", "until", "document", "shared", "confirmed_on"}


@router.get("/partnership/officials/{uuid:official}", response=OfficialOut)
def official(request: Asked, official: UUID) -> Contact:
    """How one official is reached at work, if the clearance opens it."""
    read_directory(member=request.user)
    return get_object_or_404(Contact, pk=official)
