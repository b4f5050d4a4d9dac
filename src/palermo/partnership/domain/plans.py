"""Plans of other bodies and the shared calendar's own entries: noted by hand, confirmed, imported."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from palermo.office import clock
from palermo.office.domain.acting import log
from palermo.office.domain.rights import NotAllowed, allow, require
from palermo.office.enums import Role
from palermo.office.models import Member
from palermo.partnership.domain.clearing import DESK, cleared_for
from palermo.partnership.enums import Certainty, Clearance, InitiativeKind
from palermo.partnership.formats.plan_rows import InitiativeRow, StepRow
from palermo.partnership.models import ExternalCycle, ExternalStep, Initiative
from palermo.vocabulary.errors import Refusal
from palermo.vocabulary.structures import load_structures

READ = allow("partnership.read_calendar", *Role)
NOTE_STEP = allow("partnership.note_step", *DESK)
CONFIRM_STEP = allow("partnership.confirm_step", *DESK)
ENTER = allow("partnership.enter_initiative", *DESK)
CHANGE = allow("partnership.change_initiative", *DESK)
IMPORT = allow("partnership.import_plans", *DESK)
Row = StepRow | InitiativeRow


@dataclass(frozen=True)
class Change:
    """What an import would do with a row: `new`, `changed` or `same`."""

    row: Row
    what: str


@dataclass(frozen=True)
class Access:
    """Under which clearance what comes in is kept."""

    clearance: str = Clearance.OFFICE
    readers: Sequence[UUID] = ()


def read_calendar(*, member: Member) -> QuerySet[Initiative]:
    """Initiatives that the member may read."""
    require(member, READ)
    return Initiative.objects.select_related("office")


@transaction.atomic
def note_step(*, member: Member, row: StepRow, access: Access = Access()) -> ExternalStep:
    """Note a step that another body plans in a State."""
    require(member, NOTE_STEP)
    return _write_step(member, row, access, source="")


@transaction.atomic
def confirm_step(*, member: Member, step: ExternalStep, certainty: str, holder: str, on: dt.date) -> None:
    """Note how sure a step is now, who at the other body said so, and when."""
    require(member, CONFIRM_STEP)
    if certainty not in Certainty.values:
        raise Refusal("this is not on the list", where="certainty", remedy=f"Use {', '.join(Certainty.values)}.")
    if certainty != Certainty.RUMOUR and not holder.strip():
        raise Refusal("nobody is named who said so", where="holder", remedy="Name them, or call it a rumour.")
    if on > clock.now().date():
        raise Refusal("this day has not come", where="on", remedy="Give the day on which it was said.")
    written = ExternalStep.objects.filter(pk=step.pk).update(
        certainty=certainty, holder=holder.strip()[:200], confirmed_on=on
    )
    if not written:
        raise NotAllowed(CONFIRM_STEP, "another office keeps this", "Ask that office.")
    log(CONFIRM_STEP, object_id=step.pk, certainty=certainty)


@transaction.atomic
def enter_initiative(*, member: Member, row: InitiativeRow, access: Access = Access()) -> Initiative:
    """Enter an initiative into the shared calendar."""
    require(member, ENTER)
    return _write_initiative(member, row, access, source="")


@transaction.atomic
def change_initiative(*, member: Member, initiative: Initiative, row: InitiativeRow, access: Access) -> None:
    """Change an initiative, or who may read it."""
    require(member, CHANGE)
    fields = _initiative_fields(row) | cleared_for(member=member, clearance=access.clearance, readers=access.readers)
    fields.pop("office")
    if not Initiative.objects.filter(pk=initiative.pk).update(**fields):
        raise NotAllowed(CHANGE, "another office keeps this", "Ask that office.")
    log(CHANGE, object_id=initiative.pk)


def preview_plans(*, member: Member, rows: Sequence[Row]) -> list[Change]:
    """What an import of these rows would do; nothing is written. Two statements."""
    require(member, IMPORT)
    known = _known(member, rows)
    return [
        Change(row, "new" if row.uid not in known else "same" if known[row.uid] == _key(row) else "changed")
        for row in rows
    ]


@transaction.atomic
def import_plans(*, member: Member, rows: Sequence[Row], source: str, access: Access) -> list[Change]:
    """Take rows over: all of them or, where one is refused, none. What is known already is changed, not doubled."""
    changes = preview_plans(member=member, rows=rows)
    for change in changes:
        if change.what == "same":
            continue
        if isinstance(change.row, StepRow):
            _write_step(member, change.row, access, source=source, known=change.what == "changed")
        else:
            _write_initiative(member, change.row, access, source=source, known=change.what == "changed")
    counts = Counter(change.what for change in changes)
    log(IMPORT, new=counts["new"], changed=counts["changed"], same=counts["same"])
    return changes


def _known(member: Member, rows: Sequence[Row]) -> dict[str, tuple[Any, ...]]:
    uids = [row.uid for row in rows]
    if not rows:
        return {}
    if isinstance(rows[0], StepRow):
        steps = ExternalStep.objects.filter(office=member.agency, uid__in=uids).select_related("cycle")
        return {
            s.uid: (
                *(s.cycle.body, s.cycle.name, s.state, s.step, s.starts, s.ends),
                *(s.certainty, s.holder, s.confirmed_on, tuple(s.themes), s.note),
            )
            for s in steps
        }
    found = Initiative.objects.filter(office=member.agency, uid__in=uids)
    return {
        i.uid: (i.structure, i.kind, i.title, tuple(i.states), i.starts, i.ends, i.certainty, tuple(i.themes), i.note)
        for i in found
    }


def _key(row: Row) -> tuple[Any, ...]:
    days = (row.span.first, row.span.last)
    if isinstance(row, StepRow):
        head = (row.body, row.cycle, row.state, row.step, *days)
        return (*head, row.certainty, row.holder, row.confirmed_on, row.themes, row.note)
    return (row.structure, row.kind, row.title, row.states, *days, row.certainty, row.themes, row.note)


def _write_step(member: Member, row: StepRow, access: Access, *, source: str, known: bool = False) -> ExternalStep:
    cleared = cleared_for(member=member, clearance=access.clearance, readers=access.readers)
    cycle = ExternalCycle.objects.filter(office=member.agency, body=row.body, name=row.cycle).first()
    if cycle is None:
        cycle = ExternalCycle(
            **cleared_for(member=member, clearance=Clearance.ORGANISATION), body=row.body, name=row.cycle
        )
        cycle.save(force_insert=True)
    fields = {
        "cycle_id": cycle.pk,
        "state": row.state,
        "step": row.step,
        "starts": row.span.first,
        "ends": row.span.last,
        "certainty": row.certainty,
        "holder": row.holder,
        "confirmed_on": row.confirmed_on,
        "themes": list(row.themes),
        "note": row.note,
        "source": source[:200],
    }
    if known:
        ExternalStep.objects.filter(office=member.agency, uid=row.uid).update(**fields)
        return ExternalStep.objects.get(office=member.agency, uid=row.uid)
    if ExternalStep.objects.filter(office=member.agency, uid=row.uid).exists():
        raise Refusal("this step is noted already", where="starts", remedy="Confirm or change the one there is.")
    step = ExternalStep(**cleared, uid=row.uid, **fields, changed_at=clock.now())
    _insert(step)
    log(NOTE_STEP, object_id=step.pk, body=row.body, state=row.state)
    return step


def _insert(record: ExternalStep | Initiative) -> None:
    try:
        with transaction.atomic():
            record.save(force_insert=True)
    except IntegrityError as error:
        raise Refusal(
            f"the entry {record.uid[:40]!r} is kept already, for named persons only",
            remedy="Ask a colleague who may read it.",
        ) from error


def _initiative_fields(row: InitiativeRow) -> dict[str, Any]:
    if row.kind not in InitiativeKind.values:
        raise Refusal(f"{row.kind!r} is no kind", where="kind", remedy=f"Use {', '.join(InitiativeKind.values)}.")
    codes = {code.lower(): code for code in load_structures()}
    return {
        # A structure of the list by its code, another body by its name.
        "structure": codes.get(row.structure.lower(), row.structure),
        "kind": row.kind,
        "title": row.title,
        "themes": list(row.themes),
        "states": list(row.states),
        "starts": row.span.first,
        "ends": row.span.last,
        "certainty": row.certainty,
        "note": row.note,
    }


def _write_initiative(
    member: Member, row: InitiativeRow, access: Access, *, source: str, known: bool = False
) -> Initiative:
    cleared = cleared_for(member=member, clearance=access.clearance, readers=access.readers)
    fields = _initiative_fields(row) | {"source": source[:200]}
    if known:
        Initiative.objects.filter(office=member.agency, uid=row.uid).update(**fields)
        return Initiative.objects.get(office=member.agency, uid=row.uid)
    if row.uid and Initiative.objects.filter(office=member.agency, uid=row.uid).exists():
        raise Refusal("this initiative is in the calendar already", where="title", remedy="Change the one there is.")
    one = Initiative(**cleared, uid=row.uid or str(uuid4()), **fields, changed_at=clock.now())
    _insert(one)
    log(ENTER, object_id=one.pk)
    return one
