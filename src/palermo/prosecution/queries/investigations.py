"""Questions about one investigation: the elements by victim, the chain of custody, the course of proceedings."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from palermo.prosecution.enums import SUSPECTS
from palermo.prosecution.methods.course import Interval, Taken, intervals
from palermo.prosecution.methods.custody import HandOver, breaks
from palermo.prosecution.methods.elements import Assessment, Supported, assess
from palermo.prosecution.models import (
    CustodyStep,
    EvidenceItem,
    Holding,
    Investigation,
    NonPunishment,
    Party,
    Step,
    Support,
)
from palermo.prosecution.queries.sealed import opened
from palermo.vocabulary.errors import Refusal


def investigations() -> QuerySet[Investigation]:
    """The agency's investigations, open ones first."""
    return Investigation.objects.order_by("-state", "-opened_at")


def investigation_named(name: str) -> Investigation:
    """One of the agency's investigations by its id or its code.

    Raises:
        Refusal: there is none within reach.
    """
    found = Investigation.objects.select_related("agency")
    try:
        one = found.filter(pk=UUID(name)).first()
    except ValueError:
        one = found.filter(code=name.strip().upper()).first()
    if one is None:
        raise Refusal("there is no such investigation", where=name, remedy="Give its id or its code.")
    return one


def parties(investigation_id: UUID) -> list[Party]:
    """All persons of an investigation, by number."""
    return list(Party.objects.filter(investigation_id=investigation_id).order_by("number"))


def assessments(investigation_id: UUID, people: Sequence[Party]) -> list[tuple[Party, Assessment, list[Support]]]:
    """Each victim with the elements and the items that hold them. One statement."""
    supports = list(
        Support.objects.filter(investigation_id=investigation_id, removed_at=None).select_related("item__authority")
    )
    found = []
    for party in people:
        if not party.is_victim:
            continue
        mine = [one for one in supports if one.victim_id == party.pk]
        told = [
            Supported(
                one.element, one.code, one.item.label, usable=one.item.withdrawn_at is None and not one.item.secret
            )
            for one in mine
        ]
        found.append((party, assess(told, age=party.age, consent_claimed=party.consent_claimed), mine))
    return found


def items(investigation_id: UUID) -> QuerySet[EvidenceItem]:
    """Items of evidence by number, each with its authority."""
    return EvidenceItem.objects.filter(investigation_id=investigation_id).select_related("authority").order_by("number")


def disclosable(investigation_id: UUID) -> QuerySet[EvidenceItem]:
    """What may stand in a schedule for the defence: nothing that rests on a secret report, nothing withdrawn."""
    return items(investigation_id).filter(Q(authority=None) | Q(authority__secret=False), withdrawn_at=None)


def chains(investigation_id: UUID) -> dict[UUID, list[CustodyStep]]:
    """Item → its hand-overs, in order. One statement."""
    found: dict[UUID, list[CustodyStep]] = {}
    for step in CustodyStep.objects.filter(investigation_id=investigation_id).order_by("at", "pk"):
        found.setdefault(step.item_id, []).append(step)
    return found


def wrong_with(chain: Sequence[CustodyStep]) -> list[str]:
    """What breaks a chain of custody, in words."""
    return breaks([HandOver(step.at, step.from_hand, step.to_hand, intact=step.intact) for step in chain])


@dataclass(frozen=True)
class Course:
    """Proceedings against one person, with the delays in them."""

    party: Party
    steps: list[Step]
    waits: list[Interval]
    decision: NonPunishment | None

    @property
    def needs_check(self) -> bool:
        """A suspect who is also a victim, on whom nobody has decided."""
        return self.party.is_victim and self.decision is None

    @property
    def open_days(self) -> int | None:
        """Days since the step that still waits for the next one."""
        return next((wait.days for wait in self.waits if wait.until is None), None)


def courses(investigation_id: UUID, people: Sequence[Party], *, today: dt.date) -> list[Course]:
    """The proceedings against every suspect. Two statements."""
    steps: dict[UUID, list[Step]] = {}
    for step in Step.objects.filter(investigation_id=investigation_id).order_by("on", "recorded_at"):
        steps.setdefault(step.party_id, []).append(step)
    decisions: dict[UUID, NonPunishment] = {}
    for one in NonPunishment.objects.filter(investigation_id=investigation_id).order_by("decided_at"):
        decisions[one.party_id] = one
    return [
        Course(
            party,
            mine,
            intervals([Taken(step.kind, step.on) for step in mine], today=today),
            decisions.get(party.pk),
        )
        for party in people
        if set(party.roles) & SUSPECTS
        for mine in [steps.get(party.pk, [])]
    ]


def accounts_of(investigation_id: UUID) -> dict[str, Party]:
    """Account → the person who holds it. One statement."""
    held = Holding.objects.filter(investigation_id=investigation_id).select_related("party").order_by("since")
    return {opened(one.sealed_account)["account"]: one.party for one in held}
