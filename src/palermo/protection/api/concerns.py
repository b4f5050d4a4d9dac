"""The public door: the forms of a concern, and to raise one, without an account."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema, Status
from ninja.errors import HttpError

from palermo.protection.domain.concerns import Account, raise_concern
from palermo.protection.methods.concern_forms import load_concern_forms
from palermo.protection.queries.recipients import nearest, places, takers
from palermo.protection.rate import CONCERNS_AN_HOUR, within_limit
from palermo.vocabulary.errors import Refusal

router = Router()


class SignOut(Schema):
    item: str
    words: str


class FormOut(Schema):
    code: str
    title: str
    lead: str
    signs: list[SignOut]
    advice: list[str]


class FormsOut(Schema):
    version: str
    emergency: str
    do_now: list[str]
    do_not: list[str]
    forms: list[FormOut]


class ConcernIn(Schema):
    profession: str
    #: In the sender's own words; sealed.
    seen: str = Field("", max_length=4000)
    signs: list[str] = []
    #: True also where it is not sure.
    child: bool
    urgent: bool = False
    #: Whether the person concerned agrees to be contacted; null is not known.
    agrees: bool | None = None
    contact: str = Field("", max_length=200)
    safe_to_contact: bool = False
    #: An agency that takes concerns, or nothing: then the nearest, child protection for a child.
    recipient: UUID | None = None
    place: UUID | None = None


class RaisedOut(Schema):
    #: Kept nowhere: with it the sender asks what became of the concern.
    receipt: str
    recipient: str


@router.get("/concerns/forms", auth=None, response=FormsOut)
def concern_forms(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001 -- ninja's signature
    """What may be noticed, in the words of each profession."""
    data = load_concern_forms()
    named = {name: getattr(data, name) for name in ("version", "emergency", "do_now", "do_not")}
    return {**named, "forms": list(data.forms.values())}


@router.post("/concerns", auth=None, response={201: RaisedOut})
def concern(request: HttpRequest, said: ConcernIn) -> Status[Any]:
    """Raise a concern. No account is needed; ten an hour from one address, by page and API together."""
    # Another site's form cannot send JSON without being asked first, so nobody's browser is made to raise a concern.
    if request.content_type != "application/json":
        raise HttpError(415, "send JSON")
    own = load_concern_forms().forms.get(said.profession)
    if own and set(said.signs) - {sign.item for sign in own.signs}:
        raise Refusal("this sign is not on the form", where="signs", remedy="Choose from those of the profession.")
    agencies = list(takers())
    place = get_object_or_404(places(), pk=said.place) if said.place else None
    chosen = next((agency for agency in agencies if agency.pk == said.recipient), None)
    recipient = chosen if said.recipient else nearest(agencies, child=said.child, place=place)
    if recipient is None:
        raise Refusal("this agency takes no concerns", where="recipient", remedy="Choose another, or none.")
    if not within_limit(request, "concern", CONCERNS_AN_HOUR):
        raise HttpError(429, "too many concerns from this address in an hour; call the emergency number in danger")
    _, receipt = raise_concern(
        recipient=recipient,
        profession=said.profession,
        account=Account(said.seen, said.contact, said.safe_to_contact),
        **said.dict(include={"signs", "child", "urgent", "agrees"}),
    )
    return Status(201, {"receipt": receipt, "recipient": recipient.name})
