"""A visit's course: planned, changed, moved from one status to the next; never booked twice."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from palermo.office import clock
from palermo.office.domain.acting import log
from palermo.office.domain.rights import NotAllowed, allow, require
from palermo.office.enums import Role
from palermo.office.models import Member
from palermo.partnership.domain.clearing import DESK, cleared_for
from palermo.partnership.domain.kept import constraint_of
from palermo.partnership.enums import Clearance, VisitStatus
from palermo.partnership.methods.spans import Span
from palermo.partnership.models import BINDING, TeamMember, Visit
from palermo.partnership.queries.teams import bound_elsewhere
from palermo.vocabulary.errors import Refusal
from palermo.vocabulary.states import load_states
from palermo.vocabulary.themes import theme_codes

READ = allow("partnership.read_visits", *Role)
PLAN = allow("partnership.plan_visit", *DESK)
CHANGE = allow("partnership.change_visit", *DESK)
POSTPONE = allow("partnership.postpone_visit", *DESK)
AGREE = allow("partnership.agree_visit", *DESK)
CONFIRM = allow("partnership.confirm_visit", *DESK)
HOLD = allow("partnership.hold_visit", *DESK)
REPORT = allow("partnership.report_visit", *DESK)
FOLLOW_UP = allow("partnership.follow_up_visit", *DESK)
CLOSE = allow("partnership.close_visit", *DESK)
CANCEL = allow("partnership.cancel_visit", *DESK)

_S = VisitStatus
#: Verb → from which statuses to which. What is not here is refused.
MOVES: dict[str, tuple[frozenset[str], str]] = {
    POSTPONE: (frozenset({_S.IDEA, _S.AGREED, _S.CONFIRMED}), _S.PLANNED),
    AGREE: (frozenset({_S.PLANNED}), _S.AGREED),
    CONFIRM: (frozenset({_S.AGREED}), _S.CONFIRMED),
    HOLD: (frozenset({_S.CONFIRMED}), _S.DONE),
    REPORT: (frozenset({_S.DONE}), _S.REPORTED),
    FOLLOW_UP: (frozenset({_S.REPORTED}), _S.FOLLOWED_UP),
    CLOSE: (frozenset({_S.DONE, _S.REPORTED, _S.FOLLOWED_UP}), _S.CLOSED),
    CANCEL: (frozenset({_S.IDEA, _S.PLANNED, _S.AGREED, _S.CONFIRMED}), _S.CANCELLED),
}
#: What took place is not moved any more.
OPEN = frozenset({_S.IDEA, _S.PLANNED, _S.AGREED, _S.CONFIRMED})


@dataclass(frozen=True)
class Outline:
    """What a visit is about. `span` is None for an idea without days."""

    title: str
    state: str
    span: Span | None = None
    themes: Sequence[str] = ()
    aims: str = ""
    jointly_with: str = ""
    invited_on: dt.date | None = None
    invitation: str = ""
    follows: Visit | None = None

    def fields(self) -> dict[str, Any]:
        """The record's fields, checked.

        Raises:
            Refusal: no title, an unknown State or theme.
        """
        if not self.title.strip():
            raise Refusal("the visit has no title", where="title", remedy="Say in a few words what it is for.")
        if self.state not in load_states():
            raise Refusal("this is no participating State or Partner", where="state", remedy="Choose one of the list.")
        return {
            "title": self.title.strip(),
            "state": self.state,
            "starts": self.span.first if self.span else None,
            "ends": self.span.last if self.span else None,
            "themes": theme_codes(self.themes),
            "aims": self.aims.strip(),
            "jointly_with": self.jointly_with.strip(),
            "invited_on": self.invited_on,
            "invitation": self.invitation.strip(),
            "follows": self.follows,
        }


def read_visits(*, member: Member) -> QuerySet[Visit]:
    """Visits that the member may read; what these are the database decides by their clearance."""
    require(member, READ)
    return Visit.objects.select_related("office")


@transaction.atomic
def plan_visit(
    *, member: Member, outline: Outline, clearance: str = Clearance.OFFICE, readers: Sequence[UUID] = ()
) -> Visit:
    """Plan a visit; without days it is an idea."""
    require(member, PLAN)
    status = VisitStatus.PLANNED if outline.span else VisitStatus.IDEA
    visit = Visit(**cleared_for(member=member, clearance=clearance, readers=readers), **outline.fields(), status=status)
    visit.changed_at = clock.now()
    visit.save(force_insert=True)
    log(PLAN, object_id=visit.id, state=visit.state, status=status)
    return visit


@transaction.atomic
def change_visit(
    *, member: Member, visit: Visit, outline: Outline, clearance: str, readers: Sequence[UUID] = ()
) -> None:
    """Change what a visit is about, its days and who may read it; one that took place keeps State and days.

    Raises:
        Refusal: the days are taken, or the visit took place already.
    """
    require(member, CHANGE)
    now = own_visit(visit, CHANGE)
    new = outline.fields() | cleared_for(member=member, clearance=clearance, readers=readers)
    moved = (now.state, now.starts, now.ends) != (new["state"], new["starts"], new["ends"])
    if moved and now.status not in OPEN:
        raise Refusal("the visit took place; its State and days stay", where="starts", remedy="Change the rest only.")
    if now.status != VisitStatus.IDEA and outline.span is None:
        raise Refusal("a planned visit has days", where="starts", remedy="Give them, or cancel the visit.")
    new.pop("office")
    follows = new.pop("follows")
    booked(now, lambda: _write(now, **new, follows_id=follows.pk if follows else None), span=outline.span)
    log(CHANGE, object_id=visit.id, moved=moved)


def postpone_visit(*, member: Member, visit: Visit, span: Span | None = None) -> None:
    """Take a visit back to planned, for other days where they are known."""
    days = {"starts": span.first, "ends": span.last} if span else {}
    _move(POSTPONE, member, visit, **days)


def agree_visit(*, member: Member, visit: Visit) -> None:
    """Say that the office agreed to the visit as planned."""
    _move(AGREE, member, visit)


def confirm_visit(*, member: Member, visit: Visit, invited_on: dt.date | None = None, invitation: str = "") -> None:
    """Say that the State confirmed; from now on nobody of the office is booked there, or elsewhere, on these days.

    Raises:
        Refusal: the office is in that State then, or one of the team is elsewhere; the other visit is named.
    """
    said = {"invited_on": invited_on} if invited_on else {}
    _move(CONFIRM, member, visit, **said, **({"invitation": invitation.strip()} if invitation.strip() else {}))


def hold_visit(*, member: Member, visit: Visit, report_due: dt.date | None = None) -> None:
    """Say that the visit took place; its report is awaited until the day given."""
    if visit.starts and clock.now().date() < visit.starts:
        raise Refusal("the visit has not begun", remedy="Say so when it has, or move its days.")
    _move(HOLD, member, visit, report_due=report_due)


def report_visit(*, member: Member, visit: Visit, reported_on: dt.date, report: str) -> None:
    """Say that the report was sent to the State: on which day, under which document."""
    if not report.strip():
        raise Refusal("the document is not named", where="report", remedy="Give its reference.")
    _move(REPORT, member, visit, reported_on=reported_on, report=report.strip())


def follow_up_visit(*, member: Member, visit: Visit) -> None:
    """Say that what came of the recommendations was looked at with the State."""
    _move(FOLLOW_UP, member, visit)


def close_visit(*, member: Member, visit: Visit, reason: str) -> None:
    """Close a visit that took place; the reason says why no more is to be done."""
    _move(CLOSE, member, visit, ending=_reason(reason))


def cancel_visit(*, member: Member, visit: Visit, reason: str) -> None:
    """Cancel a visit that has not taken place; its days are free again."""
    _move(CANCEL, member, visit, ending=_reason(reason))


def _reason(reason: str) -> str:
    if len(reason.strip()) < 5:
        raise Refusal("the reason is missing", where="reason", remedy="One sentence is enough.")
    return reason.strip()


@transaction.atomic
def _move(verb: str, member: Member, visit: Visit, **values: Any) -> None:
    require(member, verb)
    now = own_visit(visit, verb)
    sources, target = MOVES[verb]
    if now.status not in sources:
        raise Refusal(
            f"a visit that is “{VisitStatus(now.status).label}” cannot become “{VisitStatus(target).label}”",
            remedy="Load the page again: somebody else may have moved it.",
        )
    if target == VisitStatus.PLANNED and not (values.get("starts") or now.starts):
        raise Refusal("a planned visit has days", where="starts", remedy="Give the first and the last day.")
    booked(now, lambda: _write(now, status=target, **values), span=None)
    visit.refresh_from_db()
    log(verb, object_id=visit.id, status=target)


def own_visit(visit: Visit, verb: str) -> Visit:
    """The visit as it stands now, locked, if the member's office keeps it."""
    found = Visit.objects.select_for_update().filter(pk=visit.pk).first()
    if found is None:
        raise NotAllowed(verb, "this visit belongs to another agency; it is open to you for reading only")
    return found


def _write(visit: Visit, **values: Any) -> None:
    Visit.objects.filter(pk=visit.pk).update(**values)


def booked(visit: Visit, write: Callable[[], object], *, span: Span | None) -> None:
    """Write what may hold days; where the database says that they are taken, say by what.

    Raises:
        Refusal: one sentence that names the other visit.
    """
    try:
        with transaction.atomic():
            write()
    except IntegrityError as error:
        taken = constraint_of(error)
        days = span or visit.span
        if days is None or taken not in {"partnership_visit_once_there", "partnership_team_one_place"}:
            raise
        raise (_twice_there if taken == "partnership_visit_once_there" else _two_places)(visit, days) from error


def named(other: Visit | None) -> str:
    """A visit in the way of another, in words; None is one that who asks may not read."""
    if other is None or other.span is None:
        return "a visit for named persons that you may not read"
    return f"“{other.title}” in {other.state_name}, {other.span}"


def _twice_there(visit: Visit, days: Span) -> Refusal:
    other = (
        Visit.objects.filter(office=visit.office_id, state=visit.state, status__in=BINDING)
        .filter(starts__lte=days.last, ends__gte=days.first)
        .exclude(pk=visit.pk)
        .first()
    )
    return Refusal(
        f"your office is in this State on these days already: {named(other)}",
        where="starts",
        remedy="Move one of the two, or make one visit of both.",
    )


def _two_places(visit: Visit, days: Span) -> Refusal:
    team = TeamMember.objects.filter(visit=visit.pk).values_list("key", flat=True)
    other = bound_elsewhere(visit, days, team).first()
    who = other.name if other else "somebody of the team"
    return Refusal(
        f"{who} cannot be in two places: {named(other.visit if other else None)}",
        where="starts",
        remedy="Send somebody else, or move one of the two.",
    )
