"""Who goes on a visit and whom they meet."""

from uuid import UUID, uuid5

from django.db import IntegrityError, transaction

from palermo.office.domain.acting import log
from palermo.office.domain.rights import allow, require
from palermo.office.models import Member
from palermo.partnership.domain.clearing import DESK
from palermo.partnership.domain.kept import constraint_of
from palermo.partnership.domain.visits import named, own_visit
from palermo.partnership.enums import TeamRole
from palermo.partnership.models import Contact, Interlocutor, TeamMember, Visit
from palermo.partnership.queries.teams import bound_elsewhere
from palermo.vocabulary.errors import Refusal

JOIN = allow("partnership.join_team", *DESK)
LEAVE = allow("partnership.leave_team", *DESK)
ADD = allow("partnership.add_interlocutor", *DESK)
NOTE_MET = allow("partnership.note_met", *DESK)
#: The namespace of keys that are made of an office and a name.
_NAMES = UUID("6f0ad5c1-4a0c-5d2b-9d1c-0f6a2f3b7c11")


@transaction.atomic
def join_team(
    *,
    member: Member,
    visit: Visit,
    person: Member | None = None,
    contact: Contact | None = None,
    name: str = "",
    role: str = TeamRole.MEMBER,
) -> TeamMember:
    """Add a member of the office, a contact of the directory, or somebody by name, to a visit's team.

    Raises:
        Refusal: nobody named, in the team already, or elsewhere on these days (the other visit is named).
    """
    require(member, JOIN)
    now = own_visit(visit, JOIN)
    named = person or contact
    called = named.name if named else " ".join(name.split())
    if not called:
        raise Refusal("nobody is named", where="name", remedy="Choose a colleague, or write a name.")
    if person and person.agency_id != now.office_id:
        raise Refusal("this is no colleague of your office", where="person", remedy="Write the name instead.")
    key = named.id if named else uuid5(_NAMES, f"{now.office_id}/{called.casefold()}")
    if TeamMember.objects.filter(visit=now, key=key).exists():
        raise Refusal(f"{called} is in the team already", where="name", remedy="Choose somebody else.")
    joined = TeamMember(visit=now, key=key, member=person, contact=None if person else contact, name=called, role=role)
    try:
        with transaction.atomic():
            joined.save(force_insert=True)
    except IntegrityError as error:
        raise _elsewhere(now, joined, error) from error
    log(JOIN, object_id=visit.id, role=role)
    return joined


def _elsewhere(visit: Visit, joined: TeamMember, error: IntegrityError) -> Exception:
    taken = constraint_of(error)
    if taken != "partnership_team_one_place" or visit.span is None:
        return error
    other = bound_elsewhere(visit, visit.span, [joined.key]).first()
    return Refusal(
        f"{joined.name} cannot be in two places: {named(other.visit if other else None)}",
        where="person",
        remedy="Send somebody else, or move one.",
    )


@transaction.atomic
def leave_team(*, member: Member, person: TeamMember) -> None:
    """Take somebody out of a visit's team."""
    require(member, LEAVE)
    visit = own_visit(person.visit, LEAVE)
    TeamMember.objects.filter(pk=person.pk).delete()
    log(LEAVE, object_id=visit.id)


@transaction.atomic
def add_interlocutor(
    *, member: Member, visit: Visit, organisation: str = "", post: str = "", contact: Contact | None = None
) -> Interlocutor:
    """Add whom the team wants to meet: a contact of the directory, or an organisation and a post in words."""
    require(member, ADD)
    now = own_visit(visit, ADD)
    name, at = " ".join(organisation.split()), " ".join(post.split())
    if contact:
        name, at = name or str(contact.organisation or contact.name), at or contact.position or contact.name
    if not name:
        raise Refusal("no organisation is named", where="organisation", remedy="Say who it is.")
    if Interlocutor.objects.filter(visit=now, organisation=name, post=at).exists():
        raise Refusal(f"{name} is on the list already", where="organisation", remedy="Name another.")
    met = Interlocutor(visit=now, organisation=name[:200], post=at[:160], contact=contact)
    met.save(force_insert=True)
    log(ADD, object_id=visit.id)
    return met


@transaction.atomic
def note_met(*, member: Member, interlocutor: Interlocutor, met: bool) -> None:
    """Note whether the team met them."""
    require(member, NOTE_MET)
    visit = own_visit(interlocutor.visit, NOTE_MET)
    Interlocutor.objects.filter(pk=interlocutor.pk).update(met=met)
    log(NOTE_MET, object_id=visit.id, met=met)
