"""Proceedings against one person: the check on victims first, then step by step; a release warns whoever protects."""

import datetime as dt

from django.db import transaction

from palermo.office import clock
from palermo.office.domain.acting import log
from palermo.office.domain.notices import notify
from palermo.office.domain.rights import allow
from palermo.office.enums import NoticeKind, Role
from palermo.office.models import Member
from palermo.prosecution.domain.checks import come
from palermo.prosecution.domain.investigations import require_open
from palermo.prosecution.enums import SUSPECTS, Decision, StepKind
from palermo.prosecution.methods.course import LIBERTY, Taken, allowed_next
from palermo.prosecution.models import NonPunishment, Party, Step
from palermo.prosecution.queries.links import agencies_to_warn
from palermo.vocabulary.errors import Refusal

DECIDE = allow("prosecution.decide_non_punishment", Role.INVESTIGATOR)
STEP = allow("prosecution.record_step", Role.INVESTIGATOR)

#: Steps after which a suspect may meet a victim in the street.
RELEASES = frozenset({StepKind.BAIL, StepKind.RELEASED})


@transaction.atomic
def decide_non_punishment(*, member: Member, party: Party, decision: str, reason: str) -> NonPunishment:
    """Decide whether a suspect who is also a victim was compelled to what they did (CoE Convention, Art. 26).

    The newest decision counts; earlier ones stay.
    """
    require_open(member=member, investigation=party.investigation, verb=DECIDE)
    if decision not in Decision.values:
        raise Refusal("this is no decision", where="decision")
    if len(reason.strip()) < 20:
        raise Refusal("give the reasons", where="reason", remedy="What compelled them, or what shows that nobody did.")
    found = NonPunishment(
        agency=member.agency,
        investigation=party.investigation,
        party=party,
        decision=decision,
        reason=reason.strip(),
        decided_by=member.pk,
        decided_at=clock.now(),
    )
    found.save(force_insert=True)
    log(DECIDE, object_id=party.pk, decision=decision)
    return found


@transaction.atomic
def record_step(
    *, member: Member, party: Party, kind: str, on: dt.date, court: str = "", note: str = ""
) -> tuple[Step, int]:
    """Record a step of the proceedings against a suspect.

    Bail and release leave a safety notice with each agency that protects a linked victim. The notice names nobody; it
    opens the referral by which that agency had asked for the investigation.

    Returns:
        The step, and how many agencies were warned.

    Raises:
        Refusal: the step does not follow, or a suspect who is also a victim would be charged without the check.
    """
    require_open(member=member, investigation=party.investigation, verb=STEP)
    if not set(party.roles) & SUSPECTS:
        raise Refusal("there are no proceedings against this person", where="party", remedy="See the person's role.")
    _check_course(party, kind, on)
    if kind == StepKind.CHARGED:
        _check_non_punishment(party)
    step = Step(
        agency=member.agency,
        investigation=party.investigation,
        party=party,
        kind=kind,
        on=on,
        court=court.strip(),
        note=note.strip(),
        recorded_at=clock.now(),
        recorded_by=member.pk,
    )
    step.save(force_insert=True)
    log(STEP, object_id=party.pk, kind=kind)
    return step, _warn(party) if kind in RELEASES else 0


def _check_course(party: Party, kind: str, on: dt.date) -> None:
    taken = [Taken(step.kind, step.on) for step in Step.objects.filter(party=party).order_by("on", "recorded_at")]
    if kind not in allowed_next(taken):
        raise Refusal("this step does not follow from the last one", where="kind", remedy="Record what came before.")
    come(on)
    before = [step.on for step in taken if kind in LIBERTY or step.kind not in LIBERTY]
    if kind not in LIBERTY and before and on < before[-1]:
        raise Refusal("this is before the step that it follows", where="on", remedy="Correct the date.")


def _check_non_punishment(party: Party) -> None:
    if not party.is_victim:
        return
    last = NonPunishment.objects.filter(party=party).order_by("-decided_at").first()
    if last is None:
        raise Refusal(
            "this suspect is also a victim, and nobody has decided whether they were compelled",
            where="kind",
            remedy="Decide on non-punishment first, with reasons (CoE Convention, Art. 26).",
        )
    if last.decision == Decision.NOT_PUNISHED:
        raise Refusal(
            "it was decided that this victim was compelled and is not to be charged",
            where="kind",
            remedy="A new decision with its reasons would have to come first.",
        )


def _warn(party: Party) -> int:
    warned = agencies_to_warn(party.investigation_id)
    for agency, referral_id in warned:
        notify(agency=agency, kind=NoticeKind.SAFETY, about_id=referral_id)
    return len(warned)
