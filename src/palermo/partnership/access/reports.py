"""Row-level security of reports and frozen figures. What is frozen is only added to."""

from django.db.migrations.operations.base import Operation

from palermo.office.rls import guard
from palermo.partnership.access.clearance import cleared, of_parent

_ISSUE = "partnership_reportissue"
#: Others read what was issued, not the drafts.
_DRAFTS = """EXISTS (SELECT FROM partnership_report p WHERE p.id = partnership_reporttext.report_id
    AND p.office_id = (SELECT {asks}()))"""

OPERATIONS: list[Operation] = [
    cleared(
        "partnership_report",
        may="SELECT, INSERT, UPDATE (clearance, readers, title, stage)",
        inserts="stage = 'draft'",
    ),
    guard(
        "partnership_reporttext",
        reads=_DRAFTS.format(asks="office_my_agency"),
        writes=_DRAFTS.format(asks="partnership_desk") + " AND written_by = (SELECT office_me())",
        may="SELECT, INSERT",
    ),
    cleared(
        "partnership_frozenfigure",
        may="SELECT, INSERT, UPDATE (clearance, readers)",
        inserts="frozen_by = (SELECT office_me())",
    ),
    of_parent(
        "partnership_recount",
        "figure_id",
        "partnership_frozenfigure",
        may="SELECT, INSERT",
        inserts="recounted_by = (SELECT office_me())",
    ),
    of_parent(
        _ISSUE,
        "report_id",
        "partnership_report",
        may="SELECT, INSERT, UPDATE (published_at)",
        inserts="frozen_by = (SELECT office_me())",
    ),
    of_parent("partnership_issuefigure", "figure_id", "partnership_frozenfigure", may="SELECT, INSERT"),
]
