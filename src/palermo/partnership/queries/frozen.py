"""Frozen figures read back as values."""

from palermo.office.figures import Bound, Counted, Period
from palermo.partnership.models import FrozenFigure, ReportIssue
from palermo.partnership.queries.figures import Value


def value_in(figure: FrozenFigure) -> Value:
    """A frozen figure as it was counted."""
    return Value(
        figure.name,
        figure.version,
        figure.definition,
        figure.unit,
        Period(figure.period_start, figure.period_end),
        Counted(figure.value, tuple(figure.counted), Bound(figure.bound), figure.declared),
    )


def values_in(issue: ReportIssue) -> list[Value]:
    """The figures of an issue, by the names by which its text calls them. One statement."""
    return [value_in(one.figure) for one in issue.figures.select_related("figure")]
