"""Referrals: what was received and sent, to send one, to answer one, to open what came with it."""

import datetime as dt
from typing import Any, Literal
from uuid import UUID

from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema, Status

from palermo.office.api import Asked, Part
from palermo.office.domain.rights import require_any, require_own
from palermo.office.enums import DataKind, LawfulBasis, Purpose
from palermo.office.models import Agency, Consent
from palermo.protection.domain.packages import open_package
from palermo.protection.domain.recalls import RECALL, recall_disclosure
from palermo.protection.domain.referrals import (
    ANSWER,
    SEND,
    Basis,
    Request,
    accept_referral,
    decline_referral,
    finish_referral,
    send_referral,
    withdraw_referral,
)
from palermo.protection.enums import OPEN_REFERRALS, RecallReason
from palermo.protection.models import Case, Referral
from palermo.protection.queries.referrals import inbox, outbox

router = Router()
State = Literal["open", "all", "sent", "accepted", "declined", "done", "withdrawn"]


class ReferralOut(Schema):
    id: UUID
    sender_id: UUID
    recipient_id: UUID
    purpose: str
    services: list[str]
    urgent: bool
    child: bool
    state: str
    sent_at: dt.datetime
    due_at: dt.datetime
    answered_at: dt.datetime | None
    decline_reason: str
    answer_note: str
    done_at: dt.datetime | None
    withdrawn_at: dt.datetime | None
    escalated_at: dt.datetime | None


class ReferralList(Schema):
    count: int
    items: list[ReferralOut]


class BasisIn(Schema):
    basis: LawfulBasis
    #: The consent, where the basis is one.
    consent: UUID | None = None
    reason: str = ""
    guardian: str = Field("", max_length=200)
    guardian_not_implicated: bool = False
    child_view: str = ""


class ReferIn(Schema):
    recipient: UUID
    purpose: Purpose
    services: list[str]
    kinds: list[DataKind]
    urgent: bool = False
    basis: BasisIn


class NoteIn(Schema):
    #: No names and nothing about the person: both agencies see it on their lists.
    note: str = Field("", max_length=300)


class DeclineIn(NoteIn):
    reason: str


class RecallIn(Schema):
    reason: RecallReason


class RecalledOut(Schema):
    recalled_at: dt.datetime
    #: When the recipient had first read them, if it had: that cannot be called back.
    opened_at: dt.datetime | None


class PackageOut(Schema):
    #: Kind of data → what the file holds of it; only the kinds that the basis covers.
    contents: dict[str, dict[str, Any]]


def _found(pk: UUID) -> Referral:
    return get_object_or_404(Referral.objects.select_related("sender", "recipient"), pk=pk)


@router.get("/referrals", response=ReferralList)
def referral_list(
    request: Asked, part: Query[Part], box: Literal["inbox", "sent"] = "inbox", state: State = "open"
) -> dict[str, Any]:
    """Referrals that the own agency received or sent, in the order in which they need an answer."""
    require_any(request.user, ANSWER if box == "inbox" else SEND)
    found = (inbox if box == "inbox" else outbox)(request.user.agency)
    if state == "open":
        found = found.filter(state__in=OPEN_REFERRALS)
    elif state != "all":
        found = found.filter(state=state)
    return part.of(found)


@router.get("/referrals/{uuid:referral}", response=ReferralOut)
def referral(request: Asked, referral: UUID) -> Referral:
    """One referral, from either side."""
    require_any(request.user, ANSWER, SEND)
    return _found(referral)


@router.post("/cases/{uuid:case}/referrals", response={201: ReferralOut})
def referral_send(request: Asked, case: UUID, said: ReferIn) -> Status[Any]:
    """Send a referral with the data that its basis covers: the whole of it, or none."""
    require_any(request.user, SEND)
    found = get_object_or_404(Case.objects.select_related("person"), pk=case)
    require_own(request.user, found.agency_id, SEND)
    recipient = get_object_or_404(Agency, pk=said.recipient)
    consent = said.basis.consent
    given = get_object_or_404(Consent, pk=consent, person_id=found.person_id) if consent else None
    asked = Request(recipient, said.purpose, said.services, said.kinds, urgent=said.urgent)
    basis = Basis(consent=given, **said.basis.dict(exclude={"consent"}))
    return Status(201, send_referral(member=request.user, person=found.person, request=asked, basis=basis))


@router.post("/referrals/{uuid:referral}/accept", response=ReferralOut)
def referral_accept(request: Asked, referral: UUID, said: NoteIn) -> Referral:
    """Take it on; the sender is told."""
    return accept_referral(member=request.user, referral=_found(referral), note=said.note)


@router.post("/referrals/{uuid:referral}/decline", response=ReferralOut)
def referral_decline(request: Asked, referral: UUID, said: DeclineIn) -> Referral:
    """Say that it cannot be taken on, and why."""
    return decline_referral(member=request.user, referral=_found(referral), reason=said.reason, note=said.note)


@router.post("/referrals/{uuid:referral}/done", response=ReferralOut)
def referral_done(request: Asked, referral: UUID, said: NoteIn) -> Referral:
    """Say that what was asked is done."""
    return finish_referral(member=request.user, referral=_found(referral), note=said.note)


@router.post("/referrals/{uuid:referral}/withdraw", response=ReferralOut)
def referral_withdraw(request: Asked, referral: UUID) -> Referral:
    """Take it back, as its sender."""
    return withdraw_referral(member=request.user, referral=_found(referral))


@router.post("/referrals/{uuid:referral}/recall", response=RecalledOut)
def referral_recall(request: Asked, referral: UUID, said: RecallIn) -> Any:
    """Call back data that went out on another basis than consent; they go dark at once, and the recipient is told."""
    require_any(request.user, RECALL)
    return recall_disclosure(member=request.user, referral=_found(referral), reason=said.reason)


@router.post("/referrals/{uuid:referral}/data", response=PackageOut)
def package_open(request: Asked, referral: UUID) -> dict[str, Any]:
    """Open the data that came with a referral; logged on both sides. Refused once its basis is gone."""
    return {"contents": open_package(member=request.user, referral=_found(referral))}
