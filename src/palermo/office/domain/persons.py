"""To register a person, to seal and to read who they are."""

import datetime as dt
import secrets
from typing import Any
from uuid import uuid4

from django.db import connection, transaction

from palermo.office import clock
from palermo.office.domain.acting import log
from palermo.office.domain.rights import allow, require
from palermo.office.enums import AgePath, Purpose, Role, Sex
from palermo.office.methods.identity import Identity, search_keys
from palermo.office.models import BlindToken, Member, Person, SealedIdentity, Site
from palermo.office.sealing import blind_token, seal, unseal
from palermo.vocabulary.errors import Refusal

REGISTER = allow("office.register_person", Role.FIRST_RESPONDER, Role.CASE_MANAGER, Role.SERVICE_WORKER)
READ_IDENTITY = allow(
    "office.read_identity", Role.FIRST_RESPONDER, Role.CASE_MANAGER, Role.SERVICE_WORKER, Role.DECISION_MAKER
)

#: Letters and digits that are not taken for one another.
_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


def draw_code() -> str:
    """A file's code, such as `7KQ-M4XD`: random, so that it tells nothing."""
    letters = [secrets.choice(_ALPHABET) for _ in range(7)]
    return "".join(letters[:3]) + "-" + "".join(letters[3:])


def path_of(age: int | None) -> AgePath:
    """The path that an age leads to: not known is treated as a child (CoE Convention, Art. 10(3))."""
    if age is None:
        return AgePath.NOT_SURE
    return AgePath.CHILD if age < 18 else AgePath.ADULT


@transaction.atomic
def register_person(
    *,
    member: Member,
    path: str,
    age: int | None = None,
    sex: str = Sex.NOT_KNOWN,
    citizenship: str = "",
    language: str = "",
    site: Site | None = None,
    alone: bool | None = None,
    arrived_at: dt.datetime | None = None,
    identity: Identity | None = None,
) -> Person:
    """Open a file on a person who arrives; the member's agency owns it.

    Raises:
        NotAllowed: the role does not register.
        Refusal: an age that does not go with the path.
    """
    require(member, REGISTER)
    if age is not None and path != AgePath.NOT_SURE and path != path_of(age):
        raise Refusal(
            f"{age} years do not go with the path of a {path}", where="age", remedy="Choose “not sure” in doubt."
        )
    person = Person(
        id=uuid4(),
        agency=member.agency,
        code=draw_code(),
        path=path,
        age=age,
        sex=sex,
        citizenship=citizenship,
        language=language,
        site=site,
        alone=alone,
        arrived_at=arrived_at or clock.now(),
        created_at=clock.now(),
    )
    claim(person.id, "person")
    person.save(force_insert=True)
    if identity:
        _write_identity(person, identity)
    log(REGISTER, object_id=person.id, person_id=person.id, path=path)
    return person


def claim(object_id: Any, kind: str) -> None:
    """Make a new object the member's agency's own (SQL's office_claim)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT office_claim(%s, %s)", [object_id, kind])


@transaction.atomic
def seal_identity(*, member: Member, person: Person, identity: Identity) -> None:
    """Write or correct who the person is; search keys follow."""
    require(member, REGISTER)
    _write_identity(person, identity)
    log("office.seal_identity", object_id=person.id, person_id=person.id)


def _write_identity(person: Person, identity: Identity) -> None:
    sealed = seal(identity.to_json())
    if not SealedIdentity.objects.filter(person=person).update(sealed=sealed):
        SealedIdentity(person=person, sealed=sealed).save(force_insert=True)
    BlindToken.objects.filter(person=person).delete()
    BlindToken.objects.bulk_create(
        BlindToken(person=person, agency_id=person.agency_id, kind=kind, token=blind_token(key))
        for kind, key in sorted(search_keys(identity))
    )


def read_identity(*, member: Member, person: Person, purpose: str = Purpose.PROTECTION) -> Identity | None:
    """Who the person is; every reading is a line in the access log. None where nothing was recorded."""
    require(member, READ_IDENTITY)
    record = SealedIdentity.objects.filter(person=person).first()
    log(READ_IDENTITY, object_id=person.id, person_id=person.id, purpose=purpose)
    return Identity.from_json(unseal(record.sealed)) if record else None
