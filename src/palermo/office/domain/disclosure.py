"""To let data leave the agency, on a basis that the database checks."""

import json
from collections.abc import Sequence
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from palermo.office import clock
from palermo.office.domain.acting import log
from palermo.office.domain.rights import allow, require
from palermo.office.enums import DataKind, LawfulBasis, Purpose, Role
from palermo.office.models import Agency, Consent, Disclosure, Member, Person
from palermo.office.sealing import seal
from palermo.vocabulary.errors import Refusal

DISCLOSE = allow("office.disclose", Role.FIRST_RESPONDER, Role.CASE_MANAGER, Role.SERVICE_WORKER)


#: So many letters say something: a reason is a sentence, a name or a few words of a child are enough.
_ENOUGH = {"reason": 10, "guardian": 1, "child_view": 1}


#: What the reasons for a presumption may serve (SQL's office_unlawful has the same list; a test compares them).
SCREENING_SERVES = (Purpose.PROTECTION, Purpose.CHILD_PROTECTION, Purpose.IDENTIFICATION, Purpose.LEGAL_AID)


def carried(*, purpose: str, kinds: Sequence[str]) -> list[str]:
    """The kinds of data that this purpose can ever carry, in their order."""
    return [kind for kind in kinds if kind != DataKind.SCREENING or purpose in SCREENING_SERVES]


def check_carried(*, purpose: str, kinds: Sequence[str]) -> None:
    """Refuse kinds that no basis lets go for this purpose.

    Raises:
        Refusal: names the kind and the purposes that it may serve.
    """
    if left := set(kinds) - set(carried(purpose=purpose, kinds=kinds)):
        serves = ", ".join(f"“{one.label}”" for one in SCREENING_SERVES)
        raise Refusal(
            f"“{DataKind(min(left)).label}” never go for “{Purpose(purpose).label}”",
            where="kinds",
            remedy=f"Untick them here. They go only for {serves}.",
        )


def disclose(
    *,
    member: Member,
    person: Person,
    recipient: Agency,
    purpose: str,
    kinds: Sequence[str],
    basis: str,
    consent: Consent | None = None,
    reason: str = "",
    guardian: str = "",
    guardian_not_implicated: bool = False,
    child_view: str = "",
) -> Disclosure:
    """Record a disclosure; `share` then lets the recipient reach what it covers.

    Args:
        basis: consent (adults), best interests of the child (with guardian, never an implicated one, and the child's
            view), vital interests or legal duty (with the reason).

    Raises:
        NotAllowed: the role does not disclose.
    """
    require(member, DISCLOSE)
    grounds = {"reason": reason.strip(), "guardian": guardian.strip(), "child_view": child_view.strip()}
    disclosure = Disclosure(
        person=person,
        recipient=recipient,
        purpose=purpose,
        kinds=sorted(set(kinds)),
        basis=basis,
        consent=consent if basis == LawfulBasis.CONSENT else None,
        sealed_grounds=seal(json.dumps(grounds, ensure_ascii=False)) if any(grounds.values()) else None,
        written=[name for name, text in grounds.items() if len(text) >= _ENOUGH[name]],
        guardian_not_implicated=guardian_not_implicated,
        member_id=member.id,
        at=clock.now(),
    )
    disclosure.save(force_insert=True)
    log(
        DISCLOSE,
        object_id=disclosure.id,
        person_id=person.id,
        purpose=purpose,
        kinds=disclosure.kinds,
        basis=basis,
        recipient=str(recipient.pk),
    )
    return disclosure


def share(*, disclosure: Disclosure, object_id: UUID, kind: str) -> None:
    """Let the recipient reach a referral or a package of ours.

    Raises:
        Refusal: the disclosure does not stand on its basis (the database says why).
    """
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT office_share(%s, %s, %s)", [disclosure.id, object_id, kind])
    except IntegrityError as error:
        why = str(error).splitlines()[0]
        raise Refusal(why, where="lawful basis", remedy="Correct the basis, or do not send.") from error


def mark_opened(*, disclosure_id: UUID) -> None:
    """The recipient has opened what was disclosed: it can no longer be called back unread."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT office_opened(%s)", [disclosure_id])


def end_share(*, disclosure_id: UUID, tell: bool = False) -> None:
    """End a disclosure of ours or to us: its package goes dark at once, and it cannot be shared again.

    Args:
        disclosure_id: the disclosure.
        tell: leave the recipient the notice to stop using the data.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT office_end_share(%s, %s)", [disclosure_id, tell])
