"""One policy for every table with a clearance: who reads a record, who writes it."""

from django.db.migrations.operations.base import Operation

from palermo.office.rls import guard, sql_file

#: The parts of the policy that ask about the reader are asked once a statement, never once a row.
_READS = """(({table}.clearance = 'public' AND (SELECT office_my_agency()) IS NOT NULL)
    OR ({table}.clearance = 'organisation' AND (SELECT office_my_agency()) IS NOT NULL)
    OR ({table}.clearance = 'office' AND {table}.office_id = (SELECT office_my_agency()))
    OR ({table}.clearance = 'named' AND (SELECT office_me()) = ANY ({table}.readers))
)"""
_WRITES = "{table}.office_id = (SELECT partnership_desk())"


def cleared(table: str, *, may: str = "SELECT, INSERT, UPDATE", inserts: str = "") -> Operation:
    """Policies of a table that has `id`, `office_id` and `clearance` (models.Cleared).

    Args:
        table: the table's name.
        may: the rights of the application on it.
        inserts: what must hold besides for a new row.
    """
    reads, writes = _READS.format(table=table), _WRITES.format(table=table)
    return guard(table, reads=reads, writes=writes, inserts=f"{writes} AND {inserts}" if inserts else "", may=may)


def of_parent(
    table: str, column: str, parent: str, *, may: str = "SELECT, INSERT, UPDATE", inserts: str = ""
) -> Operation:
    """Policies of a table whose rows are parts of a cleared record: seen and written as `parent` is.

    The parent's own policy decides what the sub-select finds; the parent must not look back at this table.
    """
    reads = f"EXISTS (SELECT FROM {parent} p WHERE p.id = {table}.{column})"
    writes = (
        f"EXISTS (SELECT FROM {parent} p WHERE p.id = {table}.{column} AND p.office_id = (SELECT partnership_desk()))"
    )
    return guard(table, reads=reads, writes=writes, inserts=f"{writes} AND {inserts}" if inserts else "", may=may)


OPERATIONS: list[Operation] = [
    sql_file(__file__, "desk.sql", "partnership_desk()"),
]
