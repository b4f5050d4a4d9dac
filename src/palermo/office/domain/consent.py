"""To take consent, and to take it back."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction

from palermo.office import clock
from palermo.office.domain.acting import log
from palermo.office.domain.disclosure import check_carried
from palermo.office.domain.rights import allow, require
from palermo.office.enums import AgePath, DataKind, Purpose, Role
from palermo.office.models import Agency, Consent, Member, Person
from palermo.vocabulary.errors import Refusal

GIVE = allow("office.give_consent", Role.FIRST_RESPONDER, Role.CASE_MANAGER, Role.SERVICE_WORKER)
WITHDRAW = allow("office.withdraw_consent", Role.FIRST_RESPONDER, Role.CASE_MANAGER, Role.SERVICE_WORKER)


@transaction.atomic
def give_consent(
    *,
    member: Member,
    person: Person,
    recipient: Agency,
    purpose: str,
    kinds: Sequence[str],
    language: str,
    how: str,
    interpreter: str = "",
    days: int = 90,
) -> Consent:
    """Record what an adult agreed to: one purpose, one recipient, named kinds of data, an end.

    Raises:
        Refusal: for a child, for migration enforcement, for a purpose outside the recipient's mandate, for no kinds
            or for one that the purpose can never carry.
    """
    require(member, GIVE)
    if person.path != AgePath.ADULT:
        raise Refusal(
            "a child, or a person whose age is not sure, is not asked to carry this decision",
            where="consent",
            remedy="Record the best interests of the child, the guardian and the child's view instead.",
        )
    if recipient.enforces_migration:
        raise Refusal(
            "nothing is ever disclosed to migration enforcement", where="recipient", remedy="Choose another agency."
        )
    if purpose not in recipient.purposes:
        raise Refusal(
            f"{recipient} has no mandate for “{Purpose(purpose).label}”",
            where="purpose",
            remedy="Choose a purpose that it serves.",
        )
    unknown = set(kinds) - set(DataKind.values)
    if not kinds or unknown:
        raise Refusal("name the kinds of data that are covered", where="kinds", remedy="Choose at least one.")
    check_carried(purpose=purpose, kinds=kinds)
    if not 1 <= days <= 365:
        raise Refusal("consent lasts from a day to a year", where="days", remedy="Ask again after a year.")
    given_at = clock.now()
    consent = Consent(
        person=person,
        recipient=recipient,
        purpose=purpose,
        kinds=sorted(set(kinds)),
        language=language,
        interpreter=interpreter,
        how=how,
        given_at=given_at,
        expires_at=given_at + dt.timedelta(days=days),
    )
    consent.save(force_insert=True)
    log(
        GIVE,
        object_id=consent.id,
        person_id=person.id,
        purpose=purpose,
        kinds=consent.kinds,
        recipient=str(recipient.pk),
    )
    return consent


@dataclass(frozen=True)
class CannotBeCalledBack:
    """What a recipient had read before the consent was withdrawn; the person is told."""

    recipient: Agency
    opened_at: dt.datetime


@transaction.atomic
def withdraw_consent(*, member: Member, consent: Consent) -> list[CannotBeCalledBack]:
    """Take consent back: what rests on it goes dark at once, recipients are told, and what they had read is named.

    Returns:
        One entry a recipient who had opened data by now, to be told to the person.
    """
    require(member, WITHDRAW)
    with connection.cursor() as cursor:
        cursor.execute("SELECT disclosure_id, recipient_id, opened_at FROM office_withdraw(%s)", [consent.id])
        ended: list[tuple[UUID, UUID, dt.datetime | None]] = cursor.fetchall()
    agencies = Agency.objects.in_bulk([recipient for _, recipient, _ in ended])
    log(WITHDRAW, object_id=consent.id, person_id=consent.person_id, ended=len(ended))
    consent.refresh_from_db()
    return [CannotBeCalledBack(agencies[recipient], opened) for _, recipient, opened in ended if opened]
