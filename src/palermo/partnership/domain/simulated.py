"""To pour a simulated year into records of a simulated space."""

from uuid import UUID, uuid5

from django.conf import settings
from django.db import transaction

from palermo.office.domain.acting import log
from palermo.office.domain.rights import allow, require
from palermo.office.enums import Role
from palermo.office.models import Member
from palermo.partnership.domain.attendance import person_key
from palermo.partnership.domain.visits import Outline, agree_visit, confirm_visit, hold_visit, plan_visit
from palermo.partnership.methods.simulated_year import SimulatedEvent, SimulatedPost, SimulatedYear
from palermo.partnership.methods.spans import Span
from palermo.partnership.methods.when import dated
from palermo.partnership.models import Attendance, Contact, Designation, Event, Publication
from palermo.vocabulary.errors import Refusal

POUR = allow("partnership.pour_year", Role.CO_ORDINATOR, Role.PROTOCOL_OFFICER)


@transaction.atomic
def pour_year(*, member: Member, year: SimulatedYear) -> None:
    """Keep a simulated year as records of the member's office: events, attendance, publications, posts, visits.

    Raises:
        Refusal: the space is real, the year was poured already, or a visit of it is still to come.
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
    _pour_posts(year, office)
    _pour_visits(year, member)
    log(POUR, object_id=office, year=year.year)


def _pour_posts(year: SimulatedYear, office: UUID) -> None:
    def contact(one: SimulatedPost) -> UUID:
        return uuid5(office, f"simulated-{year.year}-{one.person.name}")

    Contact.objects.bulk_create(
        Contact(id=contact(one), office_id=office, name=one.person.name, position=one.person.organisation)
        for one in year.posts
    )
    Designation.objects.bulk_create(
        Designation(
            office_id=office,
            contact_id=contact(one),
            post=one.function,
            state=one.person.state,
            since=one.since,
            until=one.until,
            document=f"Simulated note verbale {number}/{one.since.year}",
            document_until=f"Simulated note verbale {number}/{one.until.year}" if one.until else "",
        )
        for number, one in enumerate(year.posts, start=1)
    )


def _pour_visits(year: SimulatedYear, member: Member) -> None:
    """Visits go their course by the verbs: the database takes none that begins as done."""
    for one in year.visits:
        title = f"{one.kind.capitalize()} of {year.year} (simulated)"
        visit = plan_visit(member=member, outline=Outline(title, one.state, Span(one.start, one.end)))
        agree_visit(member=member, visit=visit)
        confirm_visit(member=member, visit=visit)
        hold_visit(member=member, visit=visit)


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
