"""Verbs of posts: who is designated, on which document; when it ended; when it was last confirmed."""

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction

from palermo.office import clock
from palermo.office.domain.acting import log
from palermo.office.domain.rights import allow, require
from palermo.office.models import Member
from palermo.partnership.domain.clearing import DESK, cleared_for
from palermo.partnership.domain.directory import state_code, words
from palermo.partnership.domain.kept import constraint_of, own
from palermo.partnership.enums import SINGLE_POSTS, Post
from palermo.partnership.models import Contact, Designation, Organisation
from palermo.vocabulary.errors import Refusal

DESIGNATE = allow("partnership.designate", *DESK)
END = allow("partnership.end_designation", *DESK)
CONFIRM = allow("partnership.confirm_designation", *DESK)

#: The constraint of sql/seats.sql.
_SEAT = "partnership_designation_seat"


@transaction.atomic
def designate(
    *,
    member: Member,
    contact: Contact,
    post: str,
    since: dt.date,
    document: str,
    state: str = "",
    organisation: Organisation | None = None,
    until: dt.date | None = None,
    document_until: str = "",
    shared: bool = False,
    confirmed_on: dt.date | None = None,
    **clearance: Any,
) -> Designation:
    """Enter who holds a post of a State or an organisation, from when, on which document.

    A co-ordinator or rapporteur is refused where another holds the post on one of the days, unless both share it.
    """
    require(member, DESIGNATE)
    own(contact, member=member, verb=DESIGNATE)
    if post not in Post.values:
        raise Refusal(f"{post!r} is no post", where="post", remedy=f"Use one of: {', '.join(Post.values)}.")
    if bool(state) == bool(organisation):
        raise Refusal("a post is of one State or of one organisation", where="state", remedy="Give exactly one.")
    _days(since, until, confirmed_on)
    made = Designation(
        contact=contact,
        post=post,
        state=state_code(code=state) if state else "",
        organisation=organisation,
        since=since,
        until=until,
        document=words(text=document, where="document", what="the document that it rests on"),
        document_until=document_until.strip(),
        shared=shared,
        confirmed_on=confirmed_on,
        confirmed_by=member.pk if confirmed_on else None,
        **cleared_for(member=member, **clearance),
    )
    _seat_is_free(made)
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as error:  # somebody else was a moment earlier, or the one there is for named persons
        if constraint_of(error) != _SEAT:
            raise
        raise _taken(None) from error
    log(DESIGNATE, object_id=made.pk, post=post, state=made.state)
    return made


@transaction.atomic
def end_designation(*, member: Member, designation: Designation, until: dt.date, document: str = "") -> None:
    """Say on which last day a post is held, and on which document; who holds it next is a designation of its own."""
    require(member, END)
    own(designation, member=member, verb=END)
    if until < designation.since:
        raise Refusal("it ends before it began", where="until", remedy=f"It began on {designation.since}.")
    if designation.until and until > designation.until:
        raise Refusal("it has ended before", where="until", remedy="Enter a new designation for the later days.")
    Designation.objects.filter(pk=designation.pk).update(until=until, document_until=document.strip())
    log(END, object_id=designation.pk)


@transaction.atomic
def confirm_designation(*, member: Member, designation: Designation, on: dt.date | None = None) -> None:
    """Say that a post is still held: it was asked, and answered, on that day."""
    require(member, CONFIRM)
    own(designation, member=member, verb=CONFIRM)
    day = on or clock.now().date()
    _days(designation.since, None, day)
    if designation.until and day > designation.until:
        raise Refusal("it had ended by then", where="on", remedy=f"Its last day is {designation.until}.")
    if designation.confirmed_on and day < designation.confirmed_on:
        raise Refusal("it was confirmed later than that", where="on", remedy=f"It was on {designation.confirmed_on}.")
    Designation.objects.filter(pk=designation.pk).update(confirmed_on=day, confirmed_by=member.pk)
    log(CONFIRM, object_id=designation.pk)


def _days(since: dt.date, until: dt.date | None, confirmed_on: dt.date | None) -> None:
    if until and until < since:
        raise Refusal("it ends before it began", where="until", remedy=f"It began on {since}.")
    if confirmed_on and not since <= confirmed_on <= clock.now().date():
        raise Refusal("it cannot be confirmed on that day", where="confirmed_on", remedy=f"From {since} to today.")


def _seat_is_free(made: Designation) -> None:
    if made.post not in SINGLE_POSTS:
        return
    others = Designation.objects.filter(
        office=made.office, post=made.post, state=made.state, organisation=made.organisation
    ).exclude(until__lt=made.since)
    if made.shared:
        others = others.filter(shared=False)
    if made.until:
        others = others.filter(since__lte=made.until)
    if other := others.order_by("since").first():
        raise _taken(other)


def _taken(other: Designation | None) -> Refusal:
    whose = f" (from {other.since} to {other.until or 'now'})" if other else ""
    return Refusal(
        f"somebody else holds this post on one of these days{whose}",
        where="since",
        remedy="End that designation first, or say of both that the post is shared.",
    )
