"""What a national report tells of a study: known persons by list, and the values of registered figures."""

import datetime as dt
from typing import TYPE_CHECKING

from palermo.office.figures import Counted, Period, figures
from palermo.prevention.models import Study

if TYPE_CHECKING:
    from palermo.prevention.methods.estimation import Lists


def by_list(lists: "Lists") -> list[tuple[str, int, int]]:
    """Each list with the persons on it, and those on it alone. No statement."""
    margins = lists.margins
    return [(name, int(margins[1 << bit]), int(lists.counts[1 << bit])) for bit, name in enumerate(lists.names)]


def figures_of(study: Study) -> list[tuple[str, str, Counted]]:
    """Prevention's figures over the days of a study: name, definition, value, as a report would call them."""
    period = Period(study.start, study.end + dt.timedelta(days=1))
    return [
        (name, figure.definition, figure.count(period))
        for name, figure in figures().items()
        if name.startswith("prevention.")
    ]
