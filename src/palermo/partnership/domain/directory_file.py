"""Verbs that read the directory in from rows of a file, whole or not at all, and take it out again."""

from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction

from palermo.office.domain.acting import log
from palermo.office.domain.rights import allow, require
from palermo.office.models import Member
from palermo.partnership.domain.clearing import DESK
from palermo.partnership.domain.designations import designate
from palermo.partnership.domain.directory import add_contact, add_organisation
from palermo.partnership.enums import OrganisationKind
from palermo.partnership.formats.directory_csv import DirectoryRow
from palermo.partnership.models import Contact, Designation, Organisation
from palermo.partnership.queries.directory import with_people
from palermo.vocabulary.errors import Refusal

IMPORT = allow("partnership.import_directory", *DESK)
EXPORT = allow("partnership.export_directory", *DESK)


@transaction.atomic
def import_directory(*, member: Member, rows: Sequence[DirectoryRow], where: str = "the file") -> dict[str, int]:
    """Read officials and posts in from rows; what is there already stays, and one wrong row refuses them all.

    Returns:
        How many contacts, organisations and designations were new.
    """
    require(member, IMPORT)
    new = {"organisations": 0, "contacts": 0, "designations": 0}
    for row in rows:
        try:
            body = _organisation(member, row, new)
            contact = _contact(member, row, body, new)
            _designation(member, row, contact, body, new)
        except Refusal as refusal:
            place = f"{where}, row {row.number}" + (f", {refusal.where}" if refusal.where else "")
            raise Refusal(refusal.message, where=place, remedy=refusal.remedy) from refusal
    log(IMPORT, rows=len(rows), new=new)
    return new


@transaction.atomic
def export_directory(*, member: Member) -> list[DirectoryRow]:
    """Take the office's directory out as rows, as far as the reader's clearance opens it."""
    require(member, EXPORT)
    entries = with_people(Designation.objects.filter(office=member.agency))
    rows = [
        _as_row(entry.contact, entry.organisation, entry.designation) for entry in entries if entry.contact is not None
    ]
    held = {entry.contact.pk for entry in entries if entry.contact is not None}
    others = Contact.objects.filter(office=member.agency).exclude(pk__in=held).order_by("name", "pk")
    bodies = Organisation.objects.in_bulk()
    rows += [_as_row(one, bodies.get(one.organisation_id) if one.organisation_id else None, None) for one in others]
    log(EXPORT, rows=len(rows))
    return rows


def _organisation(member: Member, row: DirectoryRow, new: dict[str, int]) -> Organisation | None:
    if not row.organisation:
        return None
    state = row.organisation_state.upper()
    if found := Organisation.objects.filter(office=member.agency, name=row.organisation, state=state).first():
        return found
    new["organisations"] += 1
    kind = row.organisation_kind or OrganisationKind.OTHER
    return add_organisation(member=member, name=row.organisation, kind=kind, state=state)


def _contact(member: Member, row: DirectoryRow, body: Organisation | None, new: dict[str, int]) -> Contact:
    known = Contact.objects.filter(office=member.agency, name=row.name, email=row.email)
    if not row.email:  # then the organisation tells two of one name apart
        known = known.filter(organisation=body)
    if found := known.order_by("created_at", "pk").first():
        return found
    new["contacts"] += 1
    return add_contact(
        member=member,
        name=row.name,
        name_own_script=row.name_own_script,
        organisation=body,
        position=row.position,
        email=row.email,
        phone=row.phone,
        languages=row.languages,
        consented_on=row.consented_on,
        clearance=row.clearance,
    )


def _designation(
    member: Member, row: DirectoryRow, contact: Contact, body: Organisation | None, new: dict[str, int]
) -> None:
    if not row.post:
        return
    if row.since is None:
        raise Refusal("the first day of the post is missing", where="since", remedy="Write it as YYYY-MM-DD.")
    of = None if row.state else body
    known = Designation.objects.filter(
        contact=contact, post=row.post, state=row.state.upper(), organisation=of, since=row.since
    )
    if known.exists():
        return
    new["designations"] += 1
    designate(
        member=member,
        contact=contact,
        post=row.post,
        state=row.state,
        organisation=of,
        since=row.since,
        until=row.until,
        document=row.document,
        shared=row.shared,
        confirmed_on=row.confirmed_on,
        clearance=row.clearance,
    )


def _as_row(contact: Contact, body: Organisation | None, held: Designation | None) -> DirectoryRow:
    row = DirectoryRow(
        number=0,
        name=contact.name,
        name_own_script=contact.name_own_script,
        organisation=body.name if body else "",
        organisation_kind=body.kind if body else "",
        position=contact.position,
        email=contact.email,
        phone=contact.phone,
        languages=tuple(contact.languages),
        consented_on=contact.consented_on,
        clearance=contact.clearance,
        organisation_state=body.state if body else "",
    )
    if held is None:
        return row
    return replace(
        row,
        post=held.post,
        state=held.state,
        since=held.since,
        until=held.until,
        document=held.document,
        shared=held.shared,
        confirmed_on=held.confirmed_on,
    )
