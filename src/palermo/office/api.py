"""The office as JSON: who I am, whom I can call, what the system has to tell my agency."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema, Status

from palermo.office.domain.notices import inbox, read_notice
from palermo.office.domain.rights import may, rights
from palermo.office.models import Member
from palermo.office.queries.directory import directory
from palermo.office.queries.notices import letters

router = Router(tags=["office"])


class Asked(HttpRequest):
    """A request of somebody who is signed in."""

    user: Member


class Part(Schema):
    """Which part of a list is asked for."""

    limit: int = Field(25, ge=1, le=100)
    offset: int = Field(0, ge=0, le=1_000_000_000)

    def of(self, found: QuerySet[Any]) -> dict[str, Any]:
        """The number of all and the rows of this part; two statements."""
        return {"count": found.count(), "items": list(found[self.offset : self.offset + self.limit])}


class AgencyOut(Schema):
    id: UUID
    name: str
    kind: str
    state: str
    offers: str
    phone: str
    #: Purposes for which it may receive data.
    purposes: list[str]
    has_account: bool
    answer_within_hours: int


class AgencyList(Schema):
    count: int
    items: list[AgencyOut]


class MeOut(Schema):
    id: UUID
    username: str
    name: str
    agency: AgencyOut
    roles: list[str]
    #: Verbs that the roles allow; what they reach is another question.
    may: list[str]
    #: To be sent as the header X-CSRFToken with every POST.
    csrf_token: str


class NoticeOut(Schema):
    id: UUID
    kind: str
    words: str
    about_id: UUID | None
    #: The agency that asks to make contact, where one asks.
    asks_id: UUID | None
    at: dt.datetime
    read_at: dt.datetime | None


class NoticeList(Schema):
    count: int
    items: list[NoticeOut]


@router.get("/me", response=MeOut)
def me(request: Asked) -> dict[str, Any]:
    """The member who is signed in."""
    member = request.user
    names = {name: getattr(member, name) for name in ("id", "username", "name", "agency", "roles")}
    allowed = [verb for verb in rights() if may(member, verb)]
    return {**names, "may": allowed, "csrf_token": get_token(request)}


@router.get("/agencies", response=AgencyList)
def agencies(
    request: HttpRequest,  # noqa: ARG001 -- ninja's signature
    part: Query[Part],
    words: str = "",
    kind: str = "",
    purpose: str = "",
) -> dict[str, Any]:
    """The directory: agencies by what they offer."""
    return part.of(directory(words=words, kind=kind, purpose=purpose))


@router.get("/notices", response=NoticeList)
def notice_list(
    request: Asked,
    part: Query[Part],
    *,
    everything: bool = False,
) -> dict[str, Any]:
    """Notices of the own agency, the newest first; those not read yet, or everything."""
    found = part.of(inbox(member=request.user, unread_only=not everything))
    items = [
        {
            **{name: getattr(letter.notice, name) for name in ("id", "kind", "about_id", "at", "read_at")},
            "words": letter.notice.get_kind_display(),
            "asks_id": letter.asks.id if letter.asks else None,
        }
        for letter in letters(found["items"])
    ]
    return {"count": found["count"], "items": items}


@router.post("/notices/{uuid:notice}/read", response={204: None})
def notice_read(request: Asked, notice: UUID) -> Status[Any]:
    """Mark a notice as read."""
    read_notice(member=request.user, notice=get_object_or_404(inbox(member=request.user), pk=notice))
    return Status(204, None)
