"""Series in: read whole or refused whole, reduced to counts by week, judged at once and kept with what was found."""

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
from django.db import transaction

from palermo.office import clock
from palermo.office.domain.acting import at_length, log
from palermo.office.domain.rights import allow
from palermo.office.enums import Role
from palermo.office.models import Member
from palermo.prevention.domain.once import at_the_file, digest_of_file, insert_once
from palermo.prevention.domain.studies import require_open, said
from palermo.prevention.enums import SeriesKind
from palermo.prevention.models import Series, Study
from palermo.vocabulary.errors import Refusal

if TYPE_CHECKING:
    from palermo.prevention.formats import series as files

KEEP = allow("prevention.keep_series", Role.ANALYST)
MOST = 10_000_000
#: Weeks and strata at most: twenty years, and as many as a reader can look at.
MOST_WEEKS, MOST_STRATA = 1_040, 60
LONGEST_NAME = 120
_TWICE = "this very file is kept already"
TESTED, ALPHA = 52, 0.01


@transaction.atomic
def keep_series(*, member: Member, study: Study, name: str, data: bytes, source: str) -> Series:
    """Keep counts by week, or the delays of cases by week, with alarms, changes and what is still to come.

    Args:
        name: of the file.
        data: CSV: `date,count[,stratum,effort,change]` by week, or `identified,registered` by case.
        source: where the counts come from, and what was counted.

    Raises:
        Refusal: with row and column; nothing was kept.
    """
    require_open(member=member, study=study, verb=KEEP)
    sha256 = digest_of_file(data, name=name, most=MOST)
    if Series.objects.filter(study=study, sha256=sha256).exists():
        raise Refusal(_TWICE, where="file", remedy="Look under Trends.")
    with at_the_file(), at_length():
        kind, weeks, found = judged(data, name=name)
    kept = Series(
        agency=member.agency,
        study=study,
        name=name[:120],
        kind=kind,
        source=said(source, where="source", remedy="Whose counts they are, and of what.", least=3),
        sha256=sha256,
        weeks=weeks,
        found=found,
        kept_at=clock.now(),
        kept_by=member.pk,
    )
    insert_once(kept, otherwise=Refusal(_TWICE, where="file", remedy="Look under Trends."))
    log(KEEP, object_id=kept.pk, sha256=sha256)
    return kept


def judged(data: bytes, *, name: str) -> tuple[str, Any, Any]:
    """The kind of series, its weeks, and what was found in them, as JSON."""
    from palermo.prevention.formats import series as files  # noqa: PLC0415 -- heavy
    from palermo.prevention.methods.trends import nowcast  # noqa: PLC0415 -- heavy

    frame = files.read_dates(data, name=name)
    if "identified" in frame.columns:
        event, report, first = files.case_weeks(frame)
        told = nowcast(event, report, now=int(report.max()))
        rows = [
            {
                "week": (first + timedelta(weeks=each.week)).isoformat(), "reported": each.reported,
                "share": each.share, "expected": each.expected, "lower": each.lower, "upper": each.upper,
            }
            for each in told
        ]  # fmt: skip
        cells = Counter(zip(event.tolist(), (report - event).tolist(), strict=True))
        counts = sorted([week, delay, count] for (week, delay), count in cells.items())
        kept = {"first": first.isoformat(), "now": int(report.max()), "cells": counts}
        return SeriesKind.CASES, kept, {"nowcast": rows}
    strata = files.by_week(frame)
    if len(strata) > MOST_STRATA or len(strata[0].weeks) > MOST_WEEKS:
        raise Refusal(
            f"{len(strata)} strata over {len(strata[0].weeks)} weeks are too many",
            remedy=f"Bring at most {MOST_STRATA} strata and {MOST_WEEKS} weeks, and look whether a date is wrong.",
        )
    if any(len(one.name) > LONGEST_NAME for one in strata):
        raise Refusal("the name of a stratum is too long", remedy=f"Use at most {LONGEST_NAME} characters.")
    return SeriesKind.WEEKS, [_weeks(one) for one in strata], _found(strata)


def _weeks(one: "files.Series") -> dict[str, Any]:
    return {
        "stratum": one.name,
        "weeks": [week.isoformat() for week in one.weeks],
        "counts": one.counts.tolist(),
        "effort": None if one.effort is None else one.effort.tolist(),
        "known": list(one.known),
    }


def _found(strata: "list[files.Series]") -> dict[str, Any]:
    """The newest weeks of each stratum judged, all strata together, and stretches of one rate."""
    from palermo.prevention.methods.trends import farrington, holding, stretches  # noqa: PLC0415 -- heavy

    weeks = {one.name: farrington(one.counts, effort=one.effort, tested=TESTED, alpha=ALPHA) for one in strata}
    held = holding(weeks)
    return {
        "tested": TESTED,
        "alpha": ALPHA,
        "judged": {
            one.name: [
                {
                    "position": week.position, "expected": week.expected, "upper": week.upper, "alarm": week.alarm,
                    "probability": week.probability, "holds": holds, "reason": week.reason,
                }
                for week, holds in zip(weeks[one.name], held[one.name], strict=True)
            ]
            for one in strata
        },
        "stretches": {
            one.name: [
                {
                    "start": part.start, "end": part.end, "rate": part.rate, "lower": part.lower, "upper": part.upper,
                    "known": part.known, "effort": _effort(one, part.start, part.end),
                }
                for part in stretches(one.counts, effort=one.effort, known=one.known)
            ]
            for one in strata
        },
    }  # fmt: skip


def _effort(one: "files.Series", start: int, end: int) -> float:
    """The mean effort of some weeks, so that a rate can be drawn among counts."""
    return 1.0 if one.effort is None else float(np.mean(one.effort[start:end]))
