"""To open a file in an emergency: the reason first, three hours, the owner told, a review owed."""

from django.db import DatabaseError, OperationalError, connection, transaction

from palermo.office import clock
from palermo.office.domain.acting import log
from palermo.office.domain.rights import NotAllowed, allow, require
from palermo.office.enums import Role
from palermo.office.models import EmergencyOpening, Member, Person
from palermo.office.sealing import seal
from palermo.vocabulary.codes import file_code
from palermo.vocabulary.errors import Refusal

OPEN = allow("office.open_emergency", Role.FIRST_RESPONDER, Role.CASE_MANAGER)
REVIEW = allow("office.review_emergency", Role.DATA_PROTECTION_OFFICER)


@transaction.atomic
def open_emergency(*, member: Member, code: str, reason: str) -> Person | None:
    """Open another agency's file by its code for three hours, reading only.

    Returns:
        The file, or None where none has this code. That is no error, since an error would undo that the try is counted
        and logged: who guesses codes has 20 tries a day like everybody else.

    Raises:
        NotAllowed: the role does not open files in an emergency.
        Refusal: no reason in a sentence, or too many tries.
    """
    require(member, OPEN)
    if len(reason.strip()) < 20:
        raise Refusal("write the reason first, in a sentence", where="reason", remedy="It is shown to the owner.")
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT office_open_emergency(%s, %s)", [file_code(code), seal(reason.strip())])
            person_id = cursor.fetchone()[0]
    except OperationalError as error:
        raise Refusal(
            "more than 20 tries to open a file in an emergency in a day",
            remedy="Speak to your data protection officer.",
        ) from error
    except DatabaseError as error:
        raise NotAllowed(OPEN, "your agency opens no files") from error
    if person_id is None:
        log("office.refused", refused=OPEN, path="unknown code")
        return None
    person = Person.objects.get(pk=person_id)
    log(OPEN, object_id=person.id, person_id=person.id)
    return person


@transaction.atomic
def review_emergency(*, member: Member, opening: EmergencyOpening, review: str) -> None:
    """The owner's data protection officer says whether the opening was right."""
    require(member, REVIEW)
    if len(review.strip()) < 10:
        raise Refusal(
            "say in a sentence whether it was right", where="review", remedy="The opener's agency reads it too."
        )
    EmergencyOpening.objects.filter(pk=opening.pk).update(reviewed_at=clock.now(), review=review.strip())
    log(REVIEW, object_id=opening.pk, person_id=opening.person_id)
