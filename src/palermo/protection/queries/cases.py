"""Questions about cases that more than one place asks."""

from uuid import UUID

from django.db.models import Case as Choose
from django.db.models import Count, Exists, IntegerField, Min, OuterRef, QuerySet, Subquery, Value, When

from palermo.office import clock
from palermo.office.enums import AgePath
from palermo.office.models import Consent, Disclosure
from palermo.protection.enums import CaseState, ReferralState, RiskLevel
from palermo.protection.models import Case, GuardianRequest, Referral, Risk, Screening


def work_list() -> QuerySet[Case]:
    """Cases within reach in the order in which they need somebody, each with what the list shows. One statement.

    Adds `urgent` and `risks_open`, `answer_due` (the next deadline of a referral that waits), `waiting`,
    `guardian_asked`, `guardian_late`. First come open urgent risks, then children, then the next deadline, then the
    clock.
    """
    urgent = Risk.objects.filter(resolved_at=None, level=RiskLevel.URGENT).values("case_id")
    risks = Risk.objects.filter(case=OuterRef("pk"), resolved_at=None).order_by().values("case")
    waits = (
        Referral.objects.filter(person_id=OuterRef("person_id"), state=ReferralState.SENT)
        .order_by()
        .values("person_id")
    )
    return (
        Case.objects.select_related("person", "person__site")
        .annotate(
            # A list that is hashed once, not a question a row.
            urgent=Choose(When(pk__in=urgent, then=Value(True)), default=Value(False)),
            risks_open=Subquery(risks.annotate(n=Count("pk")).values("n"), output_field=IntegerField()),
            answer_due=Subquery(waits.annotate(due=Min("due_at")).values("due")),
            waiting=Subquery(waits.annotate(n=Count("pk")).values("n"), output_field=IntegerField()),
            guardian_asked=Exists(GuardianRequest.objects.filter(person=OuterRef("person_id")).values("pk")),
            guardian_late=Exists(
                GuardianRequest.objects.filter(
                    person=OuterRef("person_id"), due_at__lt=clock.now(), appointed_at=None
                ).values("pk")
            ),
            child=Choose(When(person__path=AgePath.ADULT, then=Value(0)), default=Value(1)),
            closed=Choose(When(state=CaseState.CLOSED, then=Value(1)), default=Value(0)),
        )
        .order_by("closed", "-urgent", "-child", "answer_due", "reflection_until", "pk")
    )


def screenings_of(person_id: UUID) -> QuerySet[Screening]:
    """A person's screenings, the newest first."""
    return Screening.objects.filter(person_id=person_id).select_related("agency").order_by("-started_at")


def consents_of(person_id: UUID) -> QuerySet[Consent]:
    """A person's consents, the newest first."""
    return Consent.objects.filter(person_id=person_id).select_related("recipient").order_by("-given_at")


def referrals_of(person_id: UUID) -> QuerySet[Referral]:
    """Referrals that were sent for a person, those that wait first.

    Adds `data_ended_at`: when the data that went with it were recalled or their consent withdrawn; null while shared.
    """
    ended = Disclosure.objects.filter(pk=OuterRef("disclosure_id")).values("recalled_at")
    return (
        Referral.objects.filter(person_id=person_id)
        .select_related("recipient", "sender", "identification")
        .annotate(
            open=Choose(When(state=ReferralState.SENT, then=Value(0)), default=Value(1)),
            data_ended_at=Subquery(ended),
        )
        .order_by("open", "-sent_at")
    )
