"""Questions about outcomes in States and their stages."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from palermo.partnership.enums import OutcomeStage
from palermo.partnership.models import OutcomeStep, StateOutcome


@dataclass(frozen=True)
class OutcomeLine:
    """An outcome with the stages that it has reached, in the order of their days."""

    outcome: StateOutcome
    steps: list[OutcomeStep]

    @property
    def stage(self) -> OutcomeStep | None:
        """The stage that it is at."""
        return self.steps[-1] if self.steps else None


def outcomes_of(code: str) -> list[OutcomeLine]:
    """A State's outcomes with their stages. Two statements."""
    found = list(StateOutcome.objects.filter(state=code).prefetch_related("steps"))
    return [OutcomeLine(one, list(one.steps.all())) for one in found]


def adopted_in(start: dt.date, end: dt.date) -> list[UUID]:
    """Outcomes that were adopted from `start` to before `end`."""
    steps = OutcomeStep.objects.filter(stage=OutcomeStage.ADOPTED, on__gte=start, on__lt=end)
    return list(steps.order_by("on", "pk").values_list("outcome_id", flat=True))
