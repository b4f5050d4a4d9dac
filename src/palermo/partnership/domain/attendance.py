"""Who is invited, registers and comes; import and export of lists."""

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from palermo.office import clock
from palermo.office.domain.acting import log
from palermo.office.domain.rights import allow, require
from palermo.office.models import Member
from palermo.partnership.domain.clearing import DESK
from palermo.partnership.domain.kept import check, own, save
from palermo.partnership.enums import (
    AttendanceMode,
    AttendanceStep,
    Capacity,
    Gender,
    NameConsent,
    Sector,
)
from palermo.partnership.formats.attendance_csv import COLUMNS, AttendanceRow, read_attendance, write_attendance
from palermo.partnership.models import Attendance, Event
from palermo.vocabulary.errors import Refusal
from palermo.vocabulary.names import transliterate
from palermo.vocabulary.places import country_code

INVITE = allow("partnership.invite", *DESK)
REGISTER = allow("partnership.register", *DESK)
RECORD = allow("partnership.record_attendance", *DESK)
STRIKE = allow("partnership.strike_attendance", *DESK)
IMPORT = allow("partnership.import_attendance", *DESK)
EXPORT = allow("partnership.export_attendance", *DESK)

#: The codes that a file may hold, by column.
CODES: Mapping[str, list[str]] = {
    "capacity": Capacity.values,
    "gender": Gender.values,
    "sector": Sector.values,
    "step": AttendanceStep.values,
    "mode": AttendanceMode.values,
    "publish_name": NameConsent.values,
    "trained": ["yes", "no"],
    "trained_as_trainer": ["yes", "no"],
}


def person_key(*, name: str, organisation: str, state: str, email: str = "") -> str:
    """What makes somebody the same at the next event: the address at work, else name and State (or organisation)."""
    if email:
        return email.strip().casefold()[:200]
    plain = " ".join(sorted(transliterate(unicodedata.normalize("NFC", name)).casefold().split()))
    return (
        f"{plain}|{state or organisation.casefold().strip()}"[:200]
        if plain
        else f"|{organisation.casefold().strip()}"[:200]
    )


def _attendance(event: Event, *, email: str = "", **values: Any) -> Attendance:
    who = {name: str(values.get(name, "")).strip() for name in ("name", "organisation", "state")}
    if who["state"]:
        try:
            who["state"] = country_code(who["state"])
        except Refusal as refusal:
            raise Refusal(refusal.message, where="state", remedy=refusal.remedy) from refusal
    if not who["name"] and not who["organisation"]:
        raise Refusal("nobody is named", where="name", remedy="Give a name or an organisation.")
    row = Attendance(event=event, key=person_key(email=email, **who), **{**values, **who})
    row.trained = row.trained or row.trained_as_trainer
    check(row)
    return row


def _add(*, member: Member, event: Event, verb: str, **values: Any) -> Attendance:
    require(member, verb)
    own(event, member=member, verb=verb)
    row = save(_attendance(event, **values), twice="this person is on the list already")
    log(verb, object_id=event.id, row=str(row.id))
    return row


@transaction.atomic
def invite(*, member: Member, event: Event, **who: Any) -> Attendance:
    """Put somebody on the list as invited."""
    return _add(member=member, event=event, verb=INVITE, step=AttendanceStep.INVITED, invited_at=clock.now(), **who)


@transaction.atomic
def record_attendance(*, member: Member, event: Event, **who: Any) -> Attendance:
    """Put somebody on the list as having taken part."""
    return _add(member=member, event=event, verb=RECORD, **({"step": AttendanceStep.PRESENT} | who))


@transaction.atomic
def register(*, member: Member, attendance: Attendance, step: str = AttendanceStep.REGISTERED, mode: str = "") -> None:
    """Say how far somebody on the list came: registered, present in person or online, absent, declined."""
    require(member, REGISTER)
    own(attendance.event, member=member, verb=REGISTER)
    if step not in AttendanceStep.values:
        raise Refusal("there is no such step", where="step", remedy=f"Use one of: {', '.join(AttendanceStep.values)}.")
    attendance.step, attendance.mode = step, mode or attendance.mode
    if step == AttendanceStep.REGISTERED:
        attendance.registered_at = clock.now()
    check(attendance)
    attendance.save(update_fields=["step", "mode", "registered_at"])
    log(REGISTER, object_id=attendance.event_id, row=str(attendance.id), step=step)


@transaction.atomic
def strike_attendance(*, member: Member, attendance: Attendance) -> None:
    """Take somebody off the list who was put there by mistake; the history keeps the row."""
    require(member, STRIKE)
    own(attendance.event, member=member, verb=STRIKE)
    log(STRIKE, object_id=attendance.event_id, row=str(attendance.id))
    attendance.delete()


@transaction.atomic
def import_attendance(*, member: Member, event: Event, data: bytes, file: str = "file") -> dict[str, int]:
    """Import a list of attendance (ours or Indico's export), all of it or nothing.

    Returns:
        How many rows were new, changed and the same.

    Raises:
        Refusal: names row and column of the first thing that is wrong.
    """
    require(member, IMPORT)
    own(event, member=member, verb=IMPORT)
    rows = read_attendance(data, codes=CODES, file=file)
    known = _Known(event.attendances.all())
    counts = {"new": 0, "changed": 0, "same": 0}
    fresh: dict[str, tuple[Attendance, int]] = {}
    for row in rows:
        made = _imported(event, row, file)
        before = known.same_as(made, with_address=bool(row.email))
        made.key = before.key if before else made.key
        if made.key in fresh:
            raise Refusal(
                f"this person stands in row {fresh[made.key][1]} already.",
                where=f"{file}, row {row.row}",
                remedy="Leave one of them out, or tell them apart by their e-mail at work.",
            )
        fresh[made.key] = (made, row.row)
        counts[_merge(before, made)] += 1
    Attendance.objects.bulk_create([made for key, (made, _) in fresh.items() if key not in known.by_key])
    log(IMPORT, object_id=event.id, rows=counts)
    return counts


class _Known:
    """Who is on an event's list already, by key; and by name and State, for a file without addresses at work."""

    def __init__(self, rows: Iterable[Attendance]) -> None:
        self.by_key = {row.key: row for row in rows}
        self._named: dict[str, list[Attendance]] = {}
        for row in self.by_key.values():
            key = person_key(name=row.name, organisation=row.organisation, state=row.state)
            self._named.setdefault(key, []).append(row)

    def same_as(self, made: Attendance, *, with_address: bool) -> Attendance | None:
        """The row of the same person. Without an address one of that name and State will do, if there is but one."""
        if with_address or made.key in self.by_key:
            return self.by_key.get(made.key)
        named = self._named.get(made.key, [])
        return named[0] if len(named) == 1 else None


def _imported(event: Event, row: AttendanceRow, file: str) -> Attendance:
    values: dict[str, Any] = {name: getattr(row, name) for name in COLUMNS}
    values |= {name: values[name] == "yes" for name in ("trained", "trained_as_trainer")}
    try:
        return _attendance(event, **values, source=f"{file[:100]}, row {row.row}")
    except Refusal as refusal:
        where = f"{file}, row {row.row}, column {refusal.where or 'name'}"
        raise Refusal(refusal.message, where=where, remedy=refusal.remedy) from refusal


def _merge(before: Attendance | None, made: Attendance) -> str:
    if before is None:
        return "new"
    names = [name for name in COLUMNS if name != "email" and getattr(before, name) != getattr(made, name)]
    for name in names:
        setattr(before, name, getattr(made, name))
    if names:
        before.save(update_fields=names)
    return "changed" if names else "same"


@transaction.atomic
def export_attendance(*, member: Member, event: Event) -> bytes:
    """The list of an event as CSV that no spreadsheet takes for formulas; without addresses at work."""
    require(member, EXPORT)
    own(event, member=member, verb=EXPORT)
    log(EXPORT, object_id=event.id)
    return write_attendance(_lines(event.attendances.all()))


def _lines(rows: Iterable[Attendance]) -> Iterable[dict[str, str]]:
    for row in rows:
        line = {name: getattr(row, name) for name in COLUMNS if name != "email"}
        yield {name: {True: "yes", False: "no"}.get(value, str(value)) for name, value in line.items()}
