"""In which issued reports, and in which of their sentences, a record was counted."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from palermo.partnership.methods.sayings import Saying, sayings_in
from palermo.partnership.models import IssueFigure, Report, ReportIssue

#: The longest answer.
MOST = 12


@dataclass(frozen=True)
class Told:
    """A sentence of an issued report that rests on a record, with the frozen figure that counted it."""

    report: Report
    figure: UUID
    name: str
    text: str


def told_of(pk: UUID, *, room: str) -> list[Told]:
    """Sentences of reports whose figures counted the record, of the last issue of each report, the newest first.

    Args:
        room: what the names of figures that count such records begin with; only their lists are looked through.

    Two statements, one where nothing counted it; the content of an issue is fetched once, however many figures did.
    """
    newest = ReportIssue.objects.order_by("report_id", "-number").distinct("report_id").values_list("pk", flat=True)
    found = IssueFigure.objects.filter(
        issue__in=newest, figure__counted__contains=[str(pk)], called__startswith=f"{room}."
    )
    rows = list(found.order_by("-issue__frozen_at", "called"))
    issues = ReportIssue.objects.select_related("report").in_bulk({row.issue_id for row in rows})
    said = {of: _said(issue) for of, issue in issues.items()}
    told: list[Told] = []
    for row in rows:
        name, _, year = row.called.rpartition("@")
        report, places = issues[row.issue_id].report, said[row.issue_id][name, int(year)]
        # A sentence says more than the row of a table that repeats its figure.
        shown = [one for one in places if not one.row] or places
        told += [Told(report, row.figure_id, name, one.text) for one in shown]
    # A sentence with two figures is told once, with the first of them.
    once = {(one.report.pk, one.text): one for one in reversed(told)}
    return [one for one in told if once[one.report.pk, one.text] is one][:MOST]


def _said(issue: ReportIssue) -> dict[tuple[str, int], list[Saying]]:
    """Figure and year → where the issue says it, in the order of the report."""
    found: dict[tuple[str, int], list[Saying]] = defaultdict(list)
    for one in sayings_in(issue.content["blocks"], issue.report.year):
        found[one.name, one.year].append(one)
    return found
