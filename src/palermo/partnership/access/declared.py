"""Row-level security of declared figures."""

from django.db.migrations.operations.base import Operation

from palermo.partnership.access.clearance import cleared

OPERATIONS: list[Operation] = [
    cleared(
        "partnership_declaredfigure",
        may="SELECT, INSERT, UPDATE (clearance, readers, value, bound, unit, definition, source, period)",
    ),
]
