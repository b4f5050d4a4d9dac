"""What may still be told in a study, and what was made of its cases."""

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Case, F, TextField, Value, When

from palermo.office.sealing import opened
from palermo.prevention.models import Budget, PublicTable, Release, ReleaseReport
from palermo.prevention.queries.sealed import content_of

if TYPE_CHECKING:
    from palermo.prevention.methods.release import Ledger

#: Tables that the public page draws; the others are for copying.
DRAWN = ("single", "weeks", "stretches", "nowcast")


@dataclass(frozen=True)
class Spent:
    """A study's budget and what was told of it so far, whatever became of the releases."""

    budget: Budget
    ledger: "Ledger"

    @property
    def told(self) -> float:
        """Epsilon told so far."""
        return self.ledger.told

    @property
    def left(self) -> float:
        """Rho that may still be told."""
        return max(self.budget.rho - sum(one.rho for one in self.ledger.spent), 0.0)


def spent_of(study_id: UUID) -> Spent | None:
    """The budget with its ledger; None where none is decided. Two statements."""
    from palermo.prevention.methods.release import Ledger, Spending  # noqa: PLC0415 -- heavy

    budget = Budget.objects.filter(study_id=study_id).first()
    if budget is None:
        return None
    rows = Release.objects.filter(study_id=study_id).order_by("asked_at").values_list("code", "rho")
    return Spent(budget, Ledger(budget.epsilon, budget.delta, tuple(Spending(code, rho) for code, rho in rows)))


def made_of(release: Release) -> dict[str, Any]:
    """The tables of a release as CSV by name, and what a reader must know of them. One statement."""
    found: dict[str, Any] = json.loads(content_of(release.pk))
    return found


def report_of(release: Release) -> dict[str, Any] | None:
    """Utility and attacks; None before it is made. One statement."""
    report = ReleaseReport.objects.filter(release=release).first()
    return opened(report.sealed_told) if report else None


def public_tables() -> list[tuple[PublicTable, str]]:
    """Every table that everybody may read, with its CSV where it is drawn. One statement."""
    drawn = Case(When(name__in=DRAWN, then=F("csv")), default=Value(""), output_field=TextField())
    found = PublicTable.objects.filter(withdrawn_at=None).defer("csv").annotate(drawn=drawn)
    return [(table, table.drawn) for table in found]
