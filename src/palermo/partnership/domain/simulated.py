"""To pour a simulated year into records of a simulated space."""

from uuid import uuid5

from django.conf import settings
from django.db import transaction

from palermo.office.domain.acting import log
from palermo.office.domain.rights import allow, require
from palermo.office.enums import Role
from palermo.office.models import Member
from palermo.partnership.domain.attendance import person_key
from palermo.partnership.methods.simulated_year import SimulatedEvent, SimulatedYear
from palermo.partnership.methods.when import dated
from palermo.partnership.models import Attendance, Event, Publication
from palermo.vocabulary.errors import Refusal

POUR = allow("partnership.pour_year", Role.CO_ORDINATOR, Role.PROTOCOL_OFFICER)


@transaction.atomic
def pour_year(*, member: Member, year: SimulatedYear) -> None:
    """Keep a simulated year as records of the member's office; posts and visits are left to their own subjects.

    Raises:
        Refusal: the space is real, or the year was poured already.
    """
    require(member, POUR)
    if settings.PALERMO_SPACE != "simulated":
        raise Refusal("this space is real", remedy="Invented records belong into the simulated space.")
    office = member.agency_id
    if Event.objects.filter(office_id=office, reference__startswith=f"simulated-{year.year}-").exists():
        raise Refusal("this year was poured already", remedy="Take another year.")
    Event.objects.bulk_create(
        Event(
            id=uuid5(office, one.reference),
            office_id=office,
            reference=one.reference,
            title=one.title,
            kind=one.kind,
            our_role=one.our_role,
            status="done",
            place=one.place,
            **dated(one.start.isoformat(), ends_on=one.end),
        )
        for one in year.events
    )
    Attendance.objects.bulk_create(row for one in year.events for row in _rows(one, member))
    Publication.objects.bulk_create(
        Publication(
            id=uuid5(office, one.reference),
            office_id=office,
            reference=one.reference,
            title=one.title,
            status=one.status,
            languages=list(one.languages),
            **dated(one.when),
        )
        for one in year.publications
    )
    log(POUR, object_id=office, year=year.year)


def _rows(event: SimulatedEvent, member: Member) -> list[Attendance]:
    return [
        Attendance(
            event_id=uuid5(member.agency_id, event.reference),
            key=person_key(name=one.person.name, organisation=one.person.organisation, state=one.person.state),
            name=one.person.name,
            organisation=one.person.organisation,
            state=one.person.state,
            gender=one.person.gender,
            sector=one.person.sector,
            capacity=one.capacity,
            mode=one.mode,
            trained=one.trained,
            trained_as_trainer=one.trained_as_trainer,
        )
        for one in event.attendances
    ]
