"""To ask for the release of a series: it spends of the study's budget and is decided on as a table is."""

from collections.abc import Sequence

from django.db import transaction

from palermo.office.models import Member
from palermo.prevention.domain.releases import ASK, spend
from palermo.prevention.domain.studies import require_open
from palermo.prevention.enums import SeriesKind
from palermo.prevention.methods.choices import FLOOR
from palermo.prevention.models import Release, Series
from palermo.vocabulary.errors import Refusal

#: How often one person may be counted at most; above, so much noise is needed that nothing is left.
MOST_OFTEN = 50
WHOLE = "all"


@transaction.atomic
def ask_series_release(
    *,
    member: Member,
    series: Series,
    title: str,
    epsilon: float,
    per_person: int = 1,
    strata: Sequence[str] = (),
    floor: int = FLOOR,
) -> Release:
    """Ask that a series be told with noise: counts, baselines, alarms, stretches; or the nowcast of the newest weeks.

    Args:
        epsilon: of this release, at the budget's delta.
        per_person: how often one person may be counted, over all weeks and strata; the noise grows with it.
        strata: those to tell, all if none.
        floor: counts below are not shown.

    Raises:
        Refusal: no budget is decided, or the release would overspend it (the database looks too, under a lock).
    """
    require_open(member=member, study=series.study, verb=ASK)
    if not 1 <= per_person <= MOST_OFTEN:
        raise Refusal(
            f"between 1 and {MOST_OFTEN} times", where="per_person", remedy="Count each person once a series."
        )
    chosen = [name for name in strata_of(series) if not strata or name in strata]
    if not chosen:
        raise Refusal("choose a stratum", where="strata")
    return spend(
        member=member,
        of=series,
        title=title,
        epsilon=epsilon,
        columns=chosen,
        floor=floor,
        per_person=per_person,
    )


def strata_of(series: Series) -> list[str]:
    """The strata of a series; one, all together, where there are none."""
    return [WHOLE] if series.kind == SeriesKind.CASES else [one["stratum"] for one in series.weeks]
