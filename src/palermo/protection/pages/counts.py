"""How much waits: for the first page and the navigation. One statement each."""

from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest

from palermo.office.domain.acting import at_work
from palermo.office.domain.rights import may
from palermo.office.enums import AgencyKind
from palermo.office.models import Agency, EmergencyOpening, RightsRequest
from palermo.protection.domain import board, cases, concerns, guardians, referrals
from palermo.protection.enums import CaseState, RiskLevel, ScreeningState
from palermo.protection.models import Case, Concern, Risk, Screening
from palermo.protection.queries.arrivals import DONE, arrivals
from palermo.protection.queries.guardians import guardians_waiting
from palermo.protection.queries.referrals import waiting_for


def case_counts() -> dict[str, int]:
    """`open` cases, and of these `urgent` ones."""
    urgent = Risk.objects.filter(resolved_at=None, level=RiskLevel.URGENT).values("case")
    return Case.objects.exclude(state=CaseState.CLOSED).aggregate(
        open=Count("pk"), urgent=Count("pk", filter=Q(pk__in=urgent))
    )


def inbox_counts(agency: Agency) -> dict[str, int]:
    """Referrals that wait for the agency's answer, and of these overdue ones."""
    return waiting_for(agency)


def concern_counts() -> dict[str, int]:
    """Concerns without an answer: `waiting`, and of these `urgent`."""
    return Concern.objects.filter(answered_at=None).aggregate(
        waiting=Count("pk"), urgent=Count("pk", filter=Q(urgent=True))
    )


def arrivals_open() -> int:
    """Arrivals with whom something is to do: to screen, to judge, to interview."""
    return arrivals().exclude(stage=DONE).count()


def oversight_counts() -> dict[str, int]:
    """What waits for the data protection officer: `openings` of the agency's files to review, `rights` to answer."""
    own = at_work().member
    openings = EmergencyOpening.objects.filter(owner_id=own.agency_id if own else None, reviewed_at=None)
    return {"openings": openings.count(), "rights": RightsRequest.objects.filter(answered_at=None).count()}


def unjudged() -> int:
    """Finished screenings that nobody has judged."""
    return Screening.objects.filter(state=ScreeningState.FINISHED, judgement="").count()


def appoints(request: HttpRequest) -> bool:
    """Whether guardians are asked of the member's agency, and the member answers."""
    member = _member(request)
    return bool(member and member.agency.kind == AgencyKind.CHILD_PROTECTION and may(member, guardians.APPOINTED))


def waiting_guardians(request: HttpRequest) -> int | None:
    """For the navigation: children who wait for this agency to appoint a guardian; None for none."""
    return guardians_waiting(request.user.agency)["waiting"] or None


def _member(request: HttpRequest) -> Any:
    user = getattr(request, "user", None)
    return user if user is not None and user.is_authenticated else None


def waiting_answers(request: HttpRequest) -> int | None:
    """For the navigation: referrals that wait for the agency's answer; None for none."""
    return waiting_for(request.user.agency)["waiting"] or None


READS_CASES, ANSWERS, SENDS = cases.READ, referrals.ANSWER, referrals.SEND
READS_CONCERNS, READS_BOARD, READS_GUARDIANS = concerns.READ, board.READ, guardians.READ
