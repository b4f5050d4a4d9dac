"""Consent: to record what an adult agreed to, and to take it back."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema, Status

from palermo.office.api import Asked
from palermo.office.domain.consent import GIVE, WITHDRAW, give_consent, withdraw_consent
from palermo.office.domain.rights import require_any, require_own
from palermo.office.enums import DataKind, Purpose
from palermo.office.models import Agency, Consent
from palermo.protection.api.known import on_the_lists
from palermo.protection.models import Case

router = Router()


class ConsentOut(Schema):
    id: UUID
    recipient_id: UUID
    purpose: str
    kinds: list[str]
    given_at: dt.datetime
    expires_at: dt.datetime
    withdrawn_at: dt.datetime | None


class ConsentIn(Schema):
    recipient: UUID
    purpose: Purpose
    kinds: list[DataKind]
    #: ISO 639-3 of the language in which it was explained.
    language: str = Field(min_length=3, max_length=3)
    interpreter: str = Field("", max_length=120)
    #: spoken, signed, gesture.
    how: str = Field("spoken", min_length=1, max_length=120)
    days: int = 90


class ReadBefore(Schema):
    recipient_id: UUID
    opened_at: dt.datetime


class WithdrawnOut(ConsentOut):
    #: Who had read what by then: it cannot be called back, and the person is told.
    read_before: list[ReadBefore]


@router.post("/cases/{uuid:case}/consents", response={201: ConsentOut})
def consent_give(request: Asked, case: UUID, said: ConsentIn) -> Status[Any]:
    """Record what an adult agreed to: one purpose, one recipient, named kinds of data, an end."""
    require_any(request.user, GIVE)
    found = get_object_or_404(Case.objects.select_related("person"), pk=case)
    require_own(request.user, found.agency_id, GIVE)
    on_the_lists(language=said.language)
    recipient = get_object_or_404(Agency, pk=said.recipient)
    words = said.dict(exclude={"recipient"})
    return Status(201, give_consent(member=request.user, person=found.person, recipient=recipient, **words))


@router.post("/consents/{uuid:consent}/withdraw", response=WithdrawnOut)
def consent_withdraw(request: Asked, consent: UUID) -> dict[str, Any]:
    """Take it back: what rests on it goes dark at once, and recipients are told."""
    require_any(request.user, WITHDRAW)
    found = get_object_or_404(Consent.objects.select_related("person"), pk=consent)
    require_own(request.user, found.person.agency_id, WITHDRAW)
    read = withdraw_consent(member=request.user, consent=found)
    return {
        **{name: getattr(found, name) for name in ConsentOut.model_fields},
        "read_before": [{"recipient_id": one.recipient.pk, "opened_at": one.opened_at} for one in read],
    }
