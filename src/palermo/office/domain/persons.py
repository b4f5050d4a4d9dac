"""To register a person, to seal and to read who they are."""

import datetime as dt
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.db import connection, transaction

from palermo.office import clock
from palermo.office.domain.acting import log
from palermo.office.domain.disclosure import end_share
from palermo.office.domain.rights import allow, require, require_own
from palermo.office.enums import AgePath, LawfulBasis, Purpose, Role, Sex
from palermo.office.methods.identity import Identity, ages, search_keys
from palermo.office.models import BlindToken, Disclosure, Member, Person, SealedIdentity, Site
from palermo.office.sealing import blind_token, seal, unseal
from palermo.vocabulary.errors import Refusal

REGISTER = allow("office.register_person", Role.FIRST_RESPONDER, Role.CASE_MANAGER, Role.SERVICE_WORKER)
READ_IDENTITY = allow(
    "office.read_identity", Role.FIRST_RESPONDER, Role.CASE_MANAGER, Role.SERVICE_WORKER, Role.DECISION_MAKER
)

CORRECT = allow("office.correct_person", Role.FIRST_RESPONDER, Role.CASE_MANAGER, Role.SERVICE_WORKER)

#: Years at which a childhood ends (Palermo Protocol, Art. 3(d)).
ADULT_AT = 18
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
    return AgePath.CHILD if age < ADULT_AT else AgePath.ADULT


@dataclass(frozen=True)
class Arrival:
    """A person who arrives, as far as it is known; `arrived_at` None is now."""

    path: str
    age: int | None = None
    sex: str = Sex.NOT_KNOWN
    citizenship: str = ""
    language: str = ""
    site: Site | None = None
    alone: bool | None = None
    arrived_at: dt.datetime | None = None
    identity: Identity | None = None


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
        Refusal: an age or a birth date that does not go with the path.
    """
    arrival = Arrival(path, age, sex, citizenship, language, site, alone, arrived_at, identity)
    return register_people(member=member, arrivals=[arrival])[0]


@transaction.atomic
def register_people(*, member: Member, arrivals: Sequence[Arrival]) -> list[Person]:
    """Open files on people who arrive together (a boat, a bus): all of them or none, a line in the log for each.

    Returns:
        The files in the order of the arrivals.

    Raises:
        NotAllowed: the role does not register.
        Refusal: an age or a birth date that does not go with the path.
    """
    require(member, REGISTER)
    persons = [_file(member, arrival) for arrival in arrivals]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT office_claim(id, 'person') FROM unnest(%s::uuid[]) AS id", [[person.id for person in persons]]
        )
    Person.objects.bulk_create(persons)
    known = [(p, a.identity) for p, a in zip(persons, arrivals, strict=True) if a.identity]
    SealedIdentity.objects.bulk_create(SealedIdentity(person=p, sealed=seal(who.to_json())) for p, who in known)
    BlindToken.objects.bulk_create(token for p, who in known for token in _tokens(p, who))
    for person in persons:
        log(REGISTER, object_id=person.id, person_id=person.id, path=person.path)
    return persons


def _file(member: Member, arrival: Arrival) -> Person:
    age, path = arrival.age, arrival.path
    _check_age(path, age)
    if arrival.identity:
        _check_birth(path, arrival.identity)
    return Person(
        id=uuid4(),
        agency=member.agency,
        code=draw_code(),
        path=path,
        age=age,
        sex=arrival.sex,
        citizenship=arrival.citizenship,
        language=arrival.language,
        site=arrival.site,
        alone=arrival.alone,
        arrived_at=arrival.arrived_at or clock.now(),
        created_at=clock.now(),
    )


@transaction.atomic
def correct_person(
    *, member: Member, person: Person, path: str, age: int | None, sex: str, citizenship: str, language: str
) -> int:
    """Correct what is known of a person; one who is no adult any more is no longer bound by a consent of theirs.

    Returns:
        How many disclosures ended because they rested on the consent of somebody who turned out not to be an adult.

    Raises:
        NotAllowed: the role does not register, or the file is another agency's.
        Refusal: an age or a birth date that does not go with the path.
    """
    require(member, CORRECT)
    require_own(member, person.agency_id, CORRECT)
    _check_age(path, age)
    known = SealedIdentity.objects.filter(person=person).first() if path != person.path else None
    if known:
        _check_birth(path, Identity.from_json(unseal(known.sealed)))
    was = Person.objects.select_for_update().get(pk=person.pk).path
    person.path, person.age, person.sex = path, age, sex
    person.citizenship, person.language = citizenship, language
    person.save(update_fields=["path", "age", "sex", "citizenship", "language"])
    ended = _end_consented(person) if was == AgePath.ADULT and path != AgePath.ADULT else 0
    log(CORRECT, object_id=person.id, person_id=person.id, path=path, was=was, ended=ended)
    return ended


def _end_consented(person: Person) -> int:
    resting = Disclosure.objects.filter(person=person, basis=LawfulBasis.CONSENT, recalled_at=None)
    standing = list(resting.values_list("pk", flat=True))
    for disclosure in standing:
        end_share(disclosure_id=disclosure, tell=True)
    return len(standing)


def _check_age(path: str, age: int | None) -> None:
    if age is not None and path != AgePath.NOT_SURE and path != path_of(age):
        raise Refusal(
            f"{age} years do not go with “{AgePath(path).label}”", where="age", remedy="Choose “not sure” in doubt."
        )


def _check_birth(path: str, identity: Identity) -> None:
    """A birth date that leaves a childhood open leads on no adult's path, and one that leaves none on no child's."""
    if not identity.birth_date:
        return
    least, _most = ages(identity.birth_date, clock.now().date())
    if path != AgePath.NOT_SURE and path != path_of(least):
        years = "a child" if least < ADULT_AT else "an adult"
        raise Refusal(
            f"by the birth date the person may be {years} ({least} years)",
            where="path",
            remedy="Choose the other path, or “not sure” in doubt.",
        )


def claim(object_id: Any, kind: str) -> None:
    """Make a new object the member's agency's own (SQL's office_claim)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT office_claim(%s, %s)", [object_id, kind])


@transaction.atomic
def seal_identity(*, member: Member, person: Person, identity: Identity) -> None:
    """Write or correct who the person is; search keys follow."""
    require(member, REGISTER)
    _check_birth(person.path, identity)
    _write_identity(person, identity)
    log("office.seal_identity", object_id=person.id, person_id=person.id)


def _write_identity(person: Person, identity: Identity) -> None:
    sealed = seal(identity.to_json())
    if not SealedIdentity.objects.filter(person=person).update(sealed=sealed):
        SealedIdentity(person=person, sealed=sealed).save(force_insert=True)
    BlindToken.objects.filter(person=person).delete()
    BlindToken.objects.bulk_create(_tokens(person, identity))


def _tokens(person: Person, identity: Identity) -> list[BlindToken]:
    return [
        BlindToken(person=person, agency_id=person.agency_id, kind=kind, token=blind_token(key))
        for kind, key in sorted(search_keys(identity))
    ]


def read_identity(*, member: Member, person: Person, purpose: str = Purpose.PROTECTION) -> Identity | None:
    """Who the person is; every reading is a line in the access log. None where nothing was recorded."""
    require(member, READ_IDENTITY)
    record = SealedIdentity.objects.filter(person=person).first()
    log(READ_IDENTITY, object_id=person.id, person_id=person.id, purpose=purpose)
    return Identity.from_json(unseal(record.sealed)) if record else None
