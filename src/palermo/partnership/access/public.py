"""What the public reads of partnership without signing in: published findings and reports, and the public calendar."""

from django.db.migrations.operations.base import Operation

from palermo.office.rls import at_the_door, at_the_public_page, sql_file

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
