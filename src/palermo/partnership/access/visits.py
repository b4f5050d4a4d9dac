"""Row-level security of visits, of others' plans, of the shared calendar and of its subscriptions."""

from django.db.migrations.operations.base import Operation

from palermo.office.rls import at_the_door, guard, sql_file
from palermo.partnership.access.clearance import cleared, of_parent

# Who goes and whom they meet is of the office that visits and of those it names, whatever the clearance of the visit.
_PART_READS = """EXISTS (SELECT FROM partnership_visit p WHERE p.id = {table}.visit_id
    AND (p.office_id = (SELECT office_my_agency()) OR (SELECT office_me()) = ANY (p.readers)))"""
_PART_WRITES = """EXISTS (SELECT FROM partnership_visit p WHERE p.id = {table}.visit_id
    AND p.office_id = (SELECT partnership_desk()))"""
_MINE = "member_id = (SELECT office_me()) AND (SELECT office_my_agency()) IS NOT NULL"


# A row names only a contact that its writer sees.
_SEES = "({table}.contact_id IS NULL OR EXISTS (SELECT FROM partnership_contact s WHERE s.id = {table}.contact_id))"


def _part(table: str, may: str) -> Operation:
    reads, writes = _PART_READS.format(table=table), _PART_WRITES.format(table=table)
    return guard(table, reads=reads, writes=writes, inserts=f"{writes} AND {_SEES.format(table=table)}", may=may)


OPERATIONS: list[Operation] = [
    cleared(
        "partnership_visit",
        may="SELECT, INSERT, UPDATE (clearance, readers, title, state, status, starts, ends, themes, aims,"
        " jointly_with, invited_on, invitation, follows_id, report_due, reported_on, report, ending)",
        inserts="status IN ('idea', 'planned') AND sequence = 0",
    ),
    _part("partnership_teammember", "SELECT, INSERT, DELETE, UPDATE (role, name)"),
    _part("partnership_interlocutor", "SELECT, INSERT, DELETE, UPDATE (met)"),
    cleared("partnership_externalcycle", may="SELECT, INSERT, UPDATE (clearance, readers)"),
    cleared(
        "partnership_externalstep",
        may="SELECT, INSERT, UPDATE (clearance, readers, cycle_id, state, step, starts, ends, certainty, holder,"
        " confirmed_on, themes, note, source)",
    ),
    cleared(
        "partnership_initiative",
        may="SELECT, INSERT, UPDATE (clearance, readers, structure, kind, title, themes, states, starts, ends,"
        " certainty, note, source)",
    ),
    guard(
        "partnership_feedtoken",
        reads=_MINE,
        writes=_MINE,
        inserts=f"{_MINE} AND revoked_at IS NULL AND read_at IS NULL",
        may="SELECT, INSERT, UPDATE (revoked_at)",
    ),
    *(
        of_parent(f"partnership_{name}event", "pgh_obj_id", f"partnership_{name}", may="SELECT")
        for name in ("visit", "externalcycle", "externalstep", "initiative")
    ),
    sql_file(
        __file__,
        "visits.sql",
        "!partnership_team_days()",
        "!partnership_visit_days()",
        "!partnership_rise()",
        "partnership_free_busy(text, timestamptz, timestamptz)",
        "partnership_feed(bytea)",
    ),
    at_the_door(functions=("partnership_feed(bytea)",)),
]
