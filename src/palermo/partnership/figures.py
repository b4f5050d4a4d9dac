"""Figures of partnership that reports call by name: those of directory and outcomes here, others in their files."""

import datetime as dt
from collections.abc import Callable, Sequence

from palermo.office.figures import Counted, Figure, Period, register_figure
from palermo.partnership import event_figures, finding_figures, visit_figures
from palermo.partnership.queries.directory import Tally, tally
from palermo.partnership.queries.outcomes import adopted_in

_NOTES = "as far as the clearance of whoever asks opens the designations"


def _on_last_day(ids: Callable[[Tally], Sequence[str]]) -> Callable[[Period], Counted]:
    def count(period: Period) -> Counted:
        return Counted.of(ids(tally(period.end - dt.timedelta(days=1))))

    return count


def _adopted(period: Period) -> Counted:
    return Counted.of(adopted_in(period.start, period.end))


def _of_the_day(name: str, definition: str, unit: str, ids: Callable[[Tally], Sequence[str]]) -> Figure:
    return Figure(
        f"partnership.{name}", f"{definition} on the period's last day, {_NOTES}.", _on_last_day(ids), unit=unit
    )


FIGURES = (
    _of_the_day(
        "co_ordinators_and_rapporteurs",
        "Persons designated as national co-ordinator or rapporteur (who is both counts once) of a State or Partner",
        "persons",
        lambda found: found.together.contacts,
    ),
    _of_the_day(
        "co_ordinators",
        "Persons designated as national co-ordinator of a participating State or Partner",
        "persons",
        lambda found: found.co_ordinators.contacts,
    ),
    _of_the_day(
        "rapporteurs",
        "Persons designated as national rapporteur of a participating State or Partner",
        "persons",
        lambda found: found.rapporteurs.contacts,
    ),
    _of_the_day(
        "states_and_partners_with_co_ordinator_or_rapporteur",
        "Participating States and Partners with a national co-ordinator or rapporteur",
        "States and Partners",
        lambda found: found.together.states,
    ),
    _of_the_day(
        "states_with_co_ordinator",
        "Participating States with a national co-ordinator",
        "States",
        lambda found: found.co_ordinators.participating,
    ),
    _of_the_day(
        "partners_with_co_ordinator",
        "Partners for Co-operation with a national co-ordinator",
        "Partners",
        lambda found: found.co_ordinators.partners,
    ),
    Figure(
        "partnership.outcomes_adopted",
        "Outcomes in States that reached the stage “adopted” within the period, as far as clearance opens them.",
        _adopted,
        unit="outcomes",
    ),
)


def register_all() -> None:
    """Register every figure of partnership; called once when the applications are ready."""
    for figure in (*FIGURES, *visit_figures.FIGURES, *event_figures.FIGURES, *finding_figures.FIGURES):
        register_figure(figure)
