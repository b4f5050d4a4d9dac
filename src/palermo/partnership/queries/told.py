"""In which issued reports, and in which of their sentences, a record was counted."""

from dataclasses import dataclass
from uuid import UUID

from palermo.partnership.methods.sayings import sayings_in
from palermo.partnership.models import IssueFigure, Report, ReportIssue


@dataclass(frozen=True)
class Told:
    """A sentence of an issued report that rests on a record, with the frozen figure that counted it."""

    report: Report
    issue: ReportIssue
    figure: UUID
    name: str
    text: str


def told_of(pk: UUID, *, rooms: tuple[str, ...] = (), most: int = 12) -> list[Told]:
    """Sentences of reports whose figures counted the record, of the last issue of each report, the newest first.

    Args:
        rooms: beginnings of the names of figures that count such records; only their lists are looked through.
        most: the longest answer.

    One statement.
    """
    newest = ReportIssue.objects.order_by("report_id", "-number").distinct("report_id").values_list("pk", flat=True)
    found = IssueFigure.objects.filter(issue__in=newest, figure__counted__contains=[str(pk)])
    if rooms:
        found = found.filter(called__regex=f"^({'|'.join(rooms)})[.]")
    rows = found.select_related("issue__report").order_by("-issue__frozen_at", "called")
    told: list[Told] = []
    for row in rows:
        name, _, year = row.called.rpartition("@")
        report = row.issue.report
        said = sayings_in(row.issue.content["blocks"], report.year)
        said = [one for one in said if (one.name, one.year) == (name, int(year))]
        # A sentence says more than the row of a table that repeats its figure.
        shown = [one for one in said if not one.row] or said
        told += [Told(report, row.issue, row.figure_id, name, one.text) for one in shown]
    # A sentence with two figures is told once, with the first of them.
    once = {(one.report.pk, one.text): one for one in reversed(told)}
    return [one for one in told if once[one.report.pk, one.text] is one][:most]
