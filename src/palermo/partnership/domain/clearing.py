"""Who works at an office's desk, and under which clearance a record is made: once for all verbs of partnership."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from palermo.office.enums import Role
from palermo.office.models import Member
from palermo.partnership.enums import Clearance
from palermo.vocabulary.errors import Refusal

#: Whoever keeps an office's records.
DESK = (Role.CO_ORDINATOR, Role.PROTOCOL_OFFICER)
#: Whoever works in an agency may look up whom to call; the clearance of each record says what they find.
READERS = tuple(role for role in Role if role != Role.OFFICER)


def cleared_for(*, member: Member, clearance: str = Clearance.OFFICE, readers: Iterable[UUID] = ()) -> dict[str, Any]:
    """The fields that every cleared record begins with: the member's office, who may read it.

    Whoever makes a record for named persons is one of them, so that nobody locks away what they wrote.

    Raises:
        Refusal: an unknown clearance.
    """
    if clearance not in Clearance.values:
        raise Refusal(f"“{clearance}” is no clearance", where="clearance", remedy=f"Use {', '.join(Clearance.values)}.")
    named = sorted(set(readers))
    kept = sorted({*named, member.id}) if clearance == Clearance.NAMED else []
    return {"office": member.agency, "clearance": clearance, "readers": kept}
