"""What the records say of a demonstration: counted from files, screenings and referrals, never from the world."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from palermo.office.enums import AgePath
from palermo.protection.enums import Judgement, ScreeningState
from palermo.protection.models import GuardianRequest, Referral, Screening
from palermo.training.models import SimulatedPerson


@dataclass(frozen=True)
class Outcome:
    """One file: what was done, and when."""

    world_id: str
    child: bool
    screened: bool
    presumed_at: dt.datetime | None
    referred_at: dt.datetime | None
    guardian_asked: bool


@dataclass(frozen=True)
class Answered:
    """One referral: when it was sent, due and answered."""

    sent_at: dt.datetime
    due_at: dt.datetime
    answered_at: dt.datetime | None


def outcomes() -> tuple[list[Outcome], list[Answered]]:
    """Files and referrals of the agency at whose desk this is asked. Four statements."""
    persons = list(SimulatedPerson.objects.select_related("person"))
    finished = Screening.objects.filter(state=ScreeningState.FINISHED).values_list(
        "person_id", "judgement", "judged_at"
    )
    screened: set[UUID] = set()
    presumed: dict[UUID, dt.datetime] = {}
    for person, judgement, at in finished:
        screened.add(person)
        if judgement == Judgement.PRESUMED and at:
            presumed[person] = min(at, presumed.get(person, at))
    referrals = list(Referral.objects.all())
    first: dict[UUID, dt.datetime] = {}
    for referral in referrals:
        first[referral.person_id] = min(referral.sent_at, first.get(referral.person_id, referral.sent_at))
    guarded = set(GuardianRequest.objects.values_list("person_id", flat=True))
    files = [
        Outcome(
            world_id=row.world_id,
            child=row.person.path != AgePath.ADULT,
            screened=row.person_id in screened,
            presumed_at=presumed.get(row.person_id),
            referred_at=first.get(row.person_id),
            guardian_asked=row.person_id in guarded,
        )
        for row in persons
    ]
    return files, [Answered(r.sent_at, r.due_at, r.answered_at) for r in referrals]
