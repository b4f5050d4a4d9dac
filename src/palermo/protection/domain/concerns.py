"""A concern from outside: to raise it without an account, to take it up, to tell its sender what may be told."""

import datetime as dt
import hashlib
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import connection, transaction

from palermo.office import clock
from palermo.office.domain.acting import log
from palermo.office.domain.rights import allow, require
from palermo.office.enums import Role
from palermo.office.models import Agency, Member, Person
from palermo.office.sealing import seal, unseal
from palermo.protection.enums import ConcernState, ReferralState
from palermo.protection.models import Concern, Referral
from palermo.vocabulary.codes import bare
from palermo.vocabulary.errors import Refusal
from palermo.vocabulary.lists import load_professions

READ = allow("protection.read_concern", Role.FIRST_RESPONDER, Role.CASE_MANAGER)
TAKE_UP = allow("protection.take_up_concern", Role.FIRST_RESPONDER, Role.CASE_MANAGER)
ANSWER = allow("protection.answer_concern", Role.FIRST_RESPONDER, Role.CASE_MANAGER)


@dataclass(frozen=True)
class Account:
    """What the sender saw and how they can be asked back; all of it is sealed."""

    seen: str
    contact: str = ""
    safe_to_contact: bool = False


def receipt_hash(receipt: str) -> bytes:
    """What is kept of a receipt."""
    return hashlib.sha256(bare(receipt).encode()).digest()


@transaction.atomic
def raise_concern(
    *,
    recipient: Agency,
    profession: str,
    account: Account,
    signs: Sequence[str] = (),
    child: bool = False,
    urgent: bool = False,
    agrees: bool | None = None,
) -> tuple[UUID, str]:
    """Raise a concern at the public door.

    Args:
        agrees: whether the person concerned agrees to be contacted; None is not known.

    Returns:
        The concern's id and the receipt with which its sender asks what became of it.

    Raises:
        Refusal: an unknown profession, nothing said, or a recipient that takes no concerns.
    """
    if profession not in load_professions():
        raise Refusal("this profession is not on the list", where="profession", remedy="Choose “other”.")
    if not account.seen.strip() and not signs:
        raise Refusal("nothing is said yet", where="what you saw", remedy="Tick a sign or write a sentence.")
    if recipient.enforces_migration or not recipient.has_account:
        raise Refusal("this agency takes no concerns", where="recipient", remedy="Choose another.")
    receipt = "-".join(secrets.token_hex(2).upper() for _ in range(3))
    at = clock.now()
    concern = Concern(
        id=uuid4(),
        recipient=recipient,
        profession=profession,
        signs=sorted(set(signs)),
        child=child,
        urgent=urgent,
        agrees=agrees,
        sealed_words=seal(json.dumps(account.__dict__, ensure_ascii=False)),
        receipt_hash=receipt_hash(receipt),
        at=at,
        due_at=at + dt.timedelta(hours=4 if urgent else recipient.answer_within_hours),
    )
    concern.save(force_insert=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT protection_announce_concern(%s)", [concern.id])
    log("protection.raise_concern", object_id=concern.id, agency=recipient, profession=profession)
    return concern.id, receipt


def read_concern(*, member: Member, concern: Concern) -> Account:
    """What the sender wrote."""
    require(member, READ)
    log(READ, object_id=concern.id, person_id=concern.person_id)
    return Account(**json.loads(unseal(concern.sealed_words)))


@transaction.atomic
def take_up_concern(*, member: Member, concern: Concern, person: Person | None = None) -> None:
    """Take a concern up; `person` is the file that it led to."""
    require(member, TAKE_UP)
    Concern.objects.filter(pk=concern.pk).update(state=ConcernState.TAKEN_UP, person_id=person.id if person else None)
    log(TAKE_UP, object_id=concern.id, person_id=person.id if person else None)


@transaction.atomic
def answer_concern(*, member: Member, concern: Concern, told: str, referred: bool = False) -> None:
    """Say to the sender what may be told: that somebody has it in hand, or what to do; never who or where.

    Raises:
        Refusal: nothing is said, or it is said to be referred while no referral of the person stands.
    """
    require(member, ANSWER)
    if referred and not _was_referred(concern):
        raise Refusal(
            "nobody was referred from this concern yet",
            where="referred",
            remedy="Take it up with the person’s file and send the referral first, or untick this.",
        )
    if len(told.strip()) < 10:
        raise Refusal("write what the sender may be told", where="told", remedy="One sentence, without names.")
    state = ConcernState.REFERRED if referred else ConcernState.ADVISED
    Concern.objects.filter(pk=concern.pk).update(state=state, answered_at=clock.now(), told=told.strip())
    log(ANSWER, object_id=concern.id, person_id=concern.person_id, answer=state)


def _was_referred(concern: Concern) -> bool:
    # As it is kept, not as it was when the page was drawn.
    person = Concern.objects.filter(pk=concern.pk).values_list("person_id", flat=True).first()
    sent = Referral.objects.exclude(state=ReferralState.WITHDRAWN)
    return person is not None and sent.filter(person_id=person).exists()


@dataclass(frozen=True)
class Status:
    """What the sender of a concern may know."""

    state: str
    told: str
    answered_at: dt.datetime | None


def concern_status(*, receipt: str) -> Status | None:
    """Where a concern stands, by the receipt that its sender keeps; None for an unknown one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT state, told, answered_at FROM protection_concern_status(%s)", [receipt_hash(receipt)])
        row = cursor.fetchone()
    if row is None:
        return None
    state, told, answered_at = row
    return Status(state, unseal(told) if told else "", answered_at)
