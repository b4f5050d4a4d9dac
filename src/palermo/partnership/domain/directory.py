"""Verbs of the directory: which organisations and officials are there, and how they are reached at work."""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction

from palermo.office import clock
from palermo.office.domain.acting import log
from palermo.office.domain.rights import allow, require
from palermo.office.models import Member
from palermo.partnership.domain.clearing import DESK, READERS, cleared_for
from palermo.partnership.domain.kept import own
from palermo.partnership.enums import Clearance, OrganisationKind
from palermo.partnership.models import Contact, Organisation
from palermo.vocabulary.errors import Refusal
from palermo.vocabulary.places import languages
from palermo.vocabulary.states import load_states
from palermo.vocabulary.structures import load_structures

READ = allow("partnership.read_directory", *READERS)
ADD_ORGANISATION = allow("partnership.add_organisation", *DESK)
ADD_CONTACT = allow("partnership.add_contact", *DESK)
CHANGE_CONTACT = allow("partnership.change_contact", *DESK)


def read_directory(*, member: Member) -> None:
    """Look into the directory; each record's clearance says what is found there."""
    require(member, READ)


def state_code(*, code: str) -> str:
    """The code in capital letters, if it is a participating State's or a Partner's."""
    kept = code.strip().upper()
    if kept not in load_states():
        raise Refusal(f"{code!r} is no participating State or Partner", where="state", remedy="Give its ISO code: MD.")
    return kept


@transaction.atomic
def add_organisation(
    *, member: Member, name: str, kind: str, state: str = "", structure: str = "", **clearance: Any
) -> Organisation:
    """Enter an organisation in the directory."""
    require(member, ADD_ORGANISATION)
    if kind not in OrganisationKind.values:
        raise Refusal(f"{kind!r} is no kind", where="kind", remedy=f"Use one of: {', '.join(OrganisationKind.values)}.")
    if structure and structure not in load_structures():
        raise Refusal(f"{structure!r} is no OSCE structure", where="structure", remedy="Leave it out, or see the list.")
    state = state_code(code=state) if state else ""
    name = words(text=name, where="name", what="the organisation")
    if Organisation.objects.filter(office=member.agency, state=state, name=name).exists():
        raise Refusal("it is in the directory already", where="name", remedy="Use the one that is there.")
    made = Organisation(
        name=name, kind=kind, state=state, structure=structure, **cleared_for(member=member, **clearance)
    )
    made.save(force_insert=True)
    log(ADD_ORGANISATION, object_id=made.pk, kind=kind)
    return made


@transaction.atomic
def add_contact(
    *,
    member: Member,
    name: str,
    organisation: Organisation | None = None,
    languages: Iterable[str] = (),
    consented_on: dt.date | None = None,
    clearance: str = Clearance.OFFICE,
    readers: Iterable[UUID] = (),
    **said: Any,
) -> Contact:
    """Enter an official: `name_own_script`, `position`, `email`, `phone` as far as they are given.

    Open to other agencies or the public only with the day on which the person agreed to be listed.
    """
    require(member, ADD_CONTACT)
    made = Contact(
        name=words(text=name, where="name", what="the person"),
        organisation=organisation,
        languages=_languages(languages),
        consented_on=_consent(consented_on, clearance),
        **{field: str(value).strip() for field, value in said.items()},
        **cleared_for(member=member, clearance=clearance, readers=readers),
    )
    made.save(force_insert=True)
    log(ADD_CONTACT, object_id=made.pk)
    return made


@transaction.atomic
def change_contact(*, member: Member, contact: Contact, readers: Iterable[UUID] = (), **said: Any) -> None:
    """Correct how an official is reached, or who may see it; what stood before stays in the history."""
    require(member, CHANGE_CONTACT)
    own(contact, member=member, verb=CHANGE_CONTACT)
    clearance = said.pop("clearance", contact.clearance)
    consented_on = said.pop("consented_on", contact.consented_on)
    if "name" in said:
        said["name"] = words(text=said["name"], where="name", what="the person")
    if "languages" in said:
        said["languages"] = _languages(said["languages"])
    cleared = cleared_for(member=member, clearance=clearance, readers=readers or contact.readers)
    cleared.pop("office")
    said |= {"consented_on": _consent(consented_on, clearance), **cleared}
    Contact.objects.filter(pk=contact.pk).update(**said)
    log(CHANGE_CONTACT, object_id=contact.pk, fields=sorted(said))


def words(*, text: str, where: str, what: str) -> str:
    """The text without blanks around it; refused where there is none."""
    if not text.strip():
        raise Refusal(f"{what} is missing", where=where, remedy="Write it down; a few words are enough.")
    return text.strip()


def _languages(codes: Iterable[str]) -> list[str]:
    kept = list(dict.fromkeys(code.strip() for code in codes if code.strip()))
    for code in kept:
        if code not in languages():
            raise Refusal(f"{code!r} is no language", where="languages", remedy="Use codes of ISO 639-3: ron, rus.")
    return kept


def _consent(consented_on: dt.date | None, clearance: str) -> dt.date | None:
    if consented_on and consented_on > clock.now().date():
        raise Refusal("that day is still to come", where="consented_on", remedy="Give the day on which they agreed.")
    if consented_on is None and clearance in {Clearance.PUBLIC, Clearance.ORGANISATION}:
        raise Refusal(
            "the person has not agreed to be listed",
            where="clearance",
            remedy="Ask first and give the day, or keep it to the office.",
        )
    return consented_on
