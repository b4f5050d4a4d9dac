"""Verbs of corridors: ways between States along which people are trafficked, with evidence and period."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from palermo.office.domain.acting import log
from palermo.office.domain.rights import allow, require
from palermo.office.models import Member
from palermo.partnership.domain.clearing import DESK, cleared_for
from palermo.partnership.domain.directory import words
from palermo.partnership.domain.kept import own
from palermo.partnership.enums import Grade
from palermo.partnership.models import Corridor
from palermo.vocabulary.errors import Refusal
from palermo.vocabulary.places import countries

ADD_CORRIDOR = allow("partnership.add_corridor", *DESK)
END_CORRIDOR = allow("partnership.end_corridor", *DESK)


@transaction.atomic
def add_corridor(
    *,
    member: Member,
    name: str,
    origin: Sequence[str],
    destination: Sequence[str],
    evidence: str,
    source: str,
    grade: str,
    since: dt.date,
    until: dt.date | None = None,
    transit: Sequence[str] = (),
    **clearance: Any,
) -> Corridor:
    """Enter a corridor: countries of origin, transit and destination, on what evidence, seen from when to when."""
    require(member, ADD_CORRIDOR)
    if grade not in Grade.values:
        raise Refusal(f"{grade!r} is no grade", where="grade", remedy="Use A, B or C.")
    if until and until < since:
        raise Refusal("it ends before it began", where="until", remedy=f"It began on {since}.")
    made = Corridor(
        name=words(text=name, where="name", what="the name"),
        origin=_countries(origin, "origin"),
        transit=_countries(transit, "transit", needed=False),
        destination=_countries(destination, "destination"),
        evidence=words(text=evidence, where="evidence", what="the evidence"),
        source=words(text=source, where="source", what="the source"),
        grade=grade,
        since=since,
        until=until,
        **cleared_for(member=member, **clearance),
    )
    made.save(force_insert=True)
    log(ADD_CORRIDOR, object_id=made.pk)
    return made


@transaction.atomic
def end_corridor(*, member: Member, corridor: Corridor, until: dt.date) -> None:
    """Say until which day a corridor was seen in use."""
    require(member, END_CORRIDOR)
    own(corridor, member=member, verb=END_CORRIDOR)
    if until < corridor.since:
        raise Refusal("it ends before it began", where="until", remedy=f"It began on {corridor.since}.")
    Corridor.objects.filter(pk=corridor.pk).update(until=until)
    log(END_CORRIDOR, object_id=corridor.pk)


def _countries(codes: Sequence[str], where: str, *, needed: bool = True) -> list[str]:
    kept = list(dict.fromkeys(code.strip().upper() for code in codes if code.strip()))
    if needed and not kept:
        raise Refusal("no country is named", where=where, remedy="Give at least one code, for example MD.")
    for code in kept:
        if code not in countries():
            raise Refusal(f"{code!r} is no country", where=where, remedy="Give codes of ISO 3166-1: MD.")
    return kept
