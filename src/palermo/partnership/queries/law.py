"""Questions about law: what is in force on a day, the gaps to provisions, bills under way."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from palermo.partnership.enums import Addressee, LawPoint
from palermo.partnership.models import Bill, BillStep, GapAssessment, LawRecord, Provision


def in_force_on(day: dt.date) -> QuerySet[LawRecord]:
    """Law records in force on a day, by State, point and first day."""
    return LawRecord.objects.filter(Q(until__isnull=True) | Q(until__gte=day), since__lte=day)


def by_state_and_point(day: dt.date) -> dict[str, dict[str, list[LawRecord]]]:
    """State → point → what is in force on a day. One statement."""
    found: dict[str, dict[str, list[LawRecord]]] = {}
    for law in in_force_on(day):
        found.setdefault(law.state, {}).setdefault(law.point, []).append(law)
    return found


@dataclass(frozen=True)
class PointOfLaw:
    """A point with what is in force on it now and what was before or will be."""

    point: LawPoint
    now: list[LawRecord]
    other: list[LawRecord]


def points_of(code: str, day: dt.date) -> list[PointOfLaw]:
    """Every point of law with a State's records. One statement."""
    laws = list(LawRecord.objects.filter(state=code).order_by("point", "-since"))
    return [
        PointOfLaw(
            point,
            [law for law in laws if law.point == point and _in_force(law, day)],
            [law for law in laws if law.point == point and not _in_force(law, day)],
        )
        for point in LawPoint
    ]


def _in_force(law: LawRecord, day: dt.date) -> bool:
    return law.since <= day and (law.until is None or law.until >= day)


@dataclass(frozen=True)
class GapLine:
    """A provision with the judgements on one State, the newest first; none is "not known"."""

    provision: Provision
    judgements: list[GapAssessment]

    @property
    def current(self) -> GapAssessment | None:
        """The newest judgement."""
        return self.judgements[0] if self.judgements else None


def gaps_of(code: str) -> list[GapLine]:
    """Every provision addressed to States, with the judgements on one. Three statements."""
    provisions = (
        Provision.objects.filter(addressee=Addressee.STATES)
        .select_related("instrument")
        .prefetch_related("texts")
        .order_by("instrument__adopted_on", "instrument__symbol", "place")
    )
    judged: dict[object, list[GapAssessment]] = {}
    for one in GapAssessment.objects.filter(state=code).order_by("-assessed_on", "-created_at"):
        judged.setdefault(one.provision_id, []).append(one)
    return [GapLine(provision, judged.get(provision.pk, [])) for provision in provisions]


def current_gaps(provision: Provision) -> list[GapAssessment]:
    """The newest judgement on each State about one provision, by State. One statement."""
    found: dict[str, GapAssessment] = {}
    for one in GapAssessment.objects.filter(provision=provision).order_by("-assessed_on", "-created_at"):
        found.setdefault(one.state, one)
    return [found[code] for code in sorted(found)]


@dataclass(frozen=True)
class BillLine:
    """A bill with its stages in the order of their days."""

    bill: Bill
    steps: list[BillStep]

    @property
    def stage(self) -> BillStep | None:
        """The stage that it is at."""
        return self.steps[-1] if self.steps else None


def bills_of(code: str) -> list[BillLine]:
    """A State's bills with their stages. Two statements."""
    return [BillLine(one, list(one.steps.all())) for one in Bill.objects.filter(state=code).prefetch_related("steps")]


def states_with_law() -> dict[str, int]:
    """State → on how many of the points its law is known at all. One statement."""
    points: dict[str, set[str]] = {}
    for state, point in LawRecord.objects.order_by().values_list("state", "point").distinct():
        points.setdefault(state, set()).add(point)
    return {state: len(known) for state, known in points.items()}
