"""To open an investigation, to read it and to close it."""

from django.db import transaction

from palermo.office import clock
from palermo.office.domain.acting import log
from palermo.office.domain.persons import draw_code
from palermo.office.domain.rights import NotAllowed, allow, require
from palermo.office.enums import AgencyKind, Role
from palermo.office.models import Member
from palermo.prosecution.enums import InvestigationState
from palermo.prosecution.models import Investigation
from palermo.prosecution.queries.restitution import victims_wait
from palermo.vocabulary.errors import Refusal

OPEN = allow("prosecution.open_investigation", Role.INVESTIGATOR)
READ = allow("prosecution.read_investigation", Role.INVESTIGATOR)
CLOSE = allow("prosecution.close_investigation", Role.INVESTIGATOR)

#: Agencies whose investigators have investigations (SQL's prosecution_desk() holds the same list; a test compares).
KINDS = frozenset({AgencyKind.POLICE_SPECIAL, AgencyKind.PROSECUTION})


def require_desk(*, member: Member, verb: str) -> None:
    """Refuse unless the member's role allows the verb and the agency is one that investigates."""
    require(member, verb)
    if member.agency.kind not in KINDS:
        raise NotAllowed(verb, "only an anti-trafficking unit or a prosecution service investigates here")


def require_open(*, member: Member, investigation: Investigation, verb: str) -> None:
    """Refuse unless the investigation is the own agency's and open."""
    require_desk(member=member, verb=verb)
    if investigation.agency_id != member.agency_id:
        raise NotAllowed(verb, "this investigation is another agency's")
    if investigation.state != InvestigationState.OPEN:
        raise Refusal("the investigation is closed", where="investigation", remedy="Open a new one.")


@transaction.atomic
def open_investigation(*, member: Member, title: str) -> Investigation:
    """Open an investigation under a name that names nobody."""
    require_desk(member=member, verb=OPEN)
    if len(title.strip()) < 3:
        raise Refusal("give it a name", where="title", remedy="A name for the operation, of no person or place.")
    found = Investigation(
        agency=member.agency, code=draw_code(), title=title.strip(), opened_at=clock.now(), opened_by=member.pk
    )
    found.save(force_insert=True)
    log(OPEN, object_id=found.pk)
    return found


def read_investigation(*, member: Member, investigation: Investigation, part: str = "board") -> None:
    """Say in the log that an investigation was read; pages call it before they show one."""
    require_desk(member=member, verb=READ)
    log(READ, object_id=investigation.pk, part=part)


@transaction.atomic
def close_investigation(*, member: Member, investigation: Investigation, reason: str) -> None:
    """Close an investigation with its reason; nothing in it changes after that. It stays open while victims wait."""
    require_open(member=member, investigation=investigation, verb=CLOSE)
    if victims_wait(investigation.pk):
        raise Refusal(
            "a victim’s claim is undecided or not paid in full",
            where="reason",
            remedy="Note its decision and its payment first, or that the victim withdrew it.",
        )
    if len(reason.strip()) < 10:
        raise Refusal("say why it is closed", where="reason", remedy="One sentence, without names.")
    Investigation.objects.filter(pk=investigation.pk).update(
        state=InvestigationState.CLOSED, closed_at=clock.now(), closing_reason=reason.strip()
    )
    log(CLOSE, object_id=investigation.pk)
