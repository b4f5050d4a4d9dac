"""To open a study, to read it and to close it."""

import datetime as dt

from django.db import transaction

from palermo.office import clock
from palermo.office.domain.acting import log
from palermo.office.domain.persons import draw_code
from palermo.office.domain.rights import NotAllowed, allow, require
from palermo.office.enums import Role
from palermo.office.models import Member
from palermo.prevention.enums import StudyBasis, StudyState
from palermo.prevention.models import Study
from palermo.vocabulary.errors import Refusal

OPEN = allow("prevention.open_study", Role.ANALYST)
READ = allow("prevention.read_study", Role.ANALYST)
CLOSE = allow("prevention.close_study", Role.ANALYST)


def require_open(*, member: Member, study: Study, verb: str) -> None:
    """Refuse unless the member's role allows the verb and the study is the own office's and open."""
    require(member, verb)
    if study.agency_id != member.agency_id:
        raise NotAllowed(verb, "this study is another office's")
    if study.state != StudyState.OPEN:
        raise Refusal("the study is closed", where="study", remedy="Open a new one.")


def said(text: str, *, where: str, remedy: str, least: int = 10) -> str:
    """What somebody had to write, without needless spaces, or a refusal."""
    written = " ".join(text.split())
    if len(written) < least:
        raise Refusal("say more", where=where, remedy=remedy)
    return written


@transaction.atomic
def open_study(
    *,
    member: Member,
    title: str,
    question: str,
    start: dt.date,
    end: dt.date,
    place: str,
    population: str,
    basis: str,
    basis_reference: str,
) -> Study:
    """Open a study: what is asked, about whom, for which days and place, and on what basis agencies hand over lists."""
    require(member, OPEN)
    if end < start:
        raise Refusal("the last day is before the first", where="end", remedy="Exchange them.")
    if basis not in StudyBasis.values:
        raise Refusal("say on what basis lists are handed over", where="basis", remedy="Choose from the list.")
    found = Study(
        agency=member.agency,
        code=draw_code(),
        title=said(title, where="title", remedy="A name by which others find it.", least=3),
        question=said(question, where="question", remedy="One sentence that ends with a question mark."),
        start=start,
        end=end,
        place=said(place, where="place", remedy="A country or region.", least=2),
        population=said(population, where="population", remedy="Age, form of exploitation, presumed or identified."),
        basis=basis,
        basis_reference=said(basis_reference, where="basis_reference", remedy="The act and its article.", least=3),
        opened_at=clock.now(),
        opened_by=member.pk,
    )
    found.save(force_insert=True)
    log(OPEN, object_id=found.pk)
    return found


def read_study(*, member: Member, study: Study, part: str = "study") -> None:
    """Say in the log that a study was read; pages call it before they show one."""
    require(member, READ)
    log(READ, object_id=study.pk, part=part)


@transaction.atomic
def close_study(*, member: Member, study: Study, reason: str) -> None:
    """Close a study with its reason; nothing in it changes after that."""
    require_open(member=member, study=study, verb=CLOSE)
    why = said(reason, where="reason", remedy="One sentence on why it is closed.")
    Study.objects.filter(pk=study.pk).update(state=StudyState.CLOSED, closed_at=clock.now(), closing_reason=why[:300])
    log(CLOSE, object_id=study.pk)
