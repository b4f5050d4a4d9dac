"""What the public reads of partnership without signing in: published findings and reports, and the public calendar."""

from django.db.migrations.operations import RunSQL
from django.db.migrations.operations.base import Operation

from palermo.office.rls import at_the_door, sql_file


def at_the_public_page(table: str, reads: str) -> Operation:
    """Let `palermo_door` read the rows of a guarded table for which `reads` (SQL over its columns) holds."""
    return RunSQL(
        f"CREATE POLICY {table}_public ON {table} FOR SELECT TO palermo_door USING ({reads});"
        f"GRANT SELECT ON {table} TO palermo_door;",
        f"DROP POLICY {table}_public ON {table}; REVOKE ALL ON {table} FROM palermo_door;",
    )


_PARENT = "EXISTS (SELECT FROM partnership_{parent} p WHERE p.id = partnership_{table}.{column})"

_CALENDAR = "partnership_public_calendar(date, date)"

OPERATIONS: list[Operation] = [
    at_the_public_page("partnership_finding", "clearance = 'public'"),
    at_the_public_page(
        "partnership_findingtext",
        "stage = 'published' AND " + _PARENT.format(parent="finding", table="findingtext", column="finding_id"),
    ),
    at_the_public_page("partnership_report", "clearance = 'public'"),
    at_the_public_page(
        "partnership_reportissue",
        "published_at IS NOT NULL AND " + _PARENT.format(parent="report", table="reportissue", column="report_id"),
    ),
    sql_file(__file__, "public.sql", _CALENDAR),
    at_the_door(functions=(_CALENDAR,)),
]
