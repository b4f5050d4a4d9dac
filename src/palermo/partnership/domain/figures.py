"""To freeze figures with what was counted, and to count a frozen one again: a difference is shown, never taken over."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from palermo.office import clock
from palermo.office.domain.acting import log
from palermo.office.domain.rights import allow, require
from palermo.office.figures import Period, figure_of
from palermo.office.models import Member
from palermo.partnership.domain.clearing import DESK, cleared_for
from palermo.partnership.domain.kept import own
from palermo.partnership.methods.digest import Difference, difference
from palermo.partnership.models import FrozenFigure, Recount
from palermo.partnership.queries.figures import DECLARED, Value, value_of

RECOUNT = allow("partnership.recount_figure", *DESK)


def frozen(values: Iterable[Value], *, member: Member, at: dt.datetime) -> list[FrozenFigure]:
    """Keep figures as they are now; part of freezing a report."""
    made = [
        FrozenFigure(
            **cleared_for(member=member),
            name=one.name,
            version=one.version,
            definition=one.definition,
            unit=one.unit,
            period_start=one.period.start,
            period_end=one.period.end,
            value=one.counted.value,
            bound=one.counted.bound,
            declared=one.counted.declared,
            counted=list(one.counted.ids),
            digest=one.digest,
            frozen_at=at,
            frozen_by=member.id,
        )
        for one in values
    ]
    return FrozenFigure.objects.bulk_create(made)


@transaction.atomic
def recount_figure(*, member: Member, figure: FrozenFigure) -> Difference:
    """Count a frozen figure again, for its period. What came and what went is kept; the frozen figure stays.

    A figure that was declared is read again: it has no list, only a value that may have been corrected.
    """
    require(member, RECOUNT)
    own(figure, member=member, verb=RECOUNT)
    period = Period(figure.period_start, figure.period_end)
    if figure.name.startswith(DECLARED):
        now = value_of(figure.name, figure.period_start.year)
    else:
        known = figure_of(name=figure.name)
        now = Value(figure.name, known.version, known.definition, known.unit, period, known.count(period))
    found = difference((figure.value, figure.counted, figure.digest), (now.counted.value, now.counted.ids, now.digest))
    Recount(
        figure=figure,
        version=now.version,
        value=now.counted.value,
        digest=now.digest,
        added=list(found.added),
        removed=list(found.removed),
        recounted_at=clock.now(),
        recounted_by=member.id,
    ).save(force_insert=True)
    log(RECOUNT, object_id=figure.pk, added=len(found.added), removed=len(found.removed))
    return found
