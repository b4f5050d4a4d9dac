"""Row-level security as migration operations: one shape of policy for every table that holds case data."""

from django.db.migrations.operations import RunSQL
from django.db.migrations.operations.base import Operation

#: Somebody of my desk reaches the object now. `(SELECT …)` makes PostgreSQL ask once a statement, not once a row.
_READS = """EXISTS (SELECT FROM office_reach r WHERE r.object_id = {table}.{column}
    AND r.agency_id = (SELECT office_desk()) AND r.until > (SELECT office_now()){writes})"""


def need_to_know(
    table: str, column: str, *, also: str = "", may: str = "SELECT", and_own: str = "", inserts: str = ""
) -> Operation:
    """Policies so that `palermo_app` meets only rows whose `column` names an object within reach.

    Args:
        table: the table's name.
        column: the column with the object's id (a person's file, a referral, a package).
        also: another such column; to reach what either names is enough.
        may: the rights of the application on the table, e.g. "SELECT, INSERT, UPDATE (status)".
        and_own: a column that must name the writer's own agency, so that no row is made in another's name.
        inserts: what must hold besides for a new row (SQL over its columns).
    """
    reads, writes = (
        "(" + " OR ".join(_READS.format(table=table, column=one, writes=more) for one in (column, also) if one) + ")"
        for more in ("", " AND r.writes")
    )
    if and_own:
        writes += f" AND {and_own} = (SELECT office_desk())"
    return guard(table, reads=reads, writes=writes, inserts=f"{writes} AND {inserts}" if inserts else "", may=may)


def own_agency(
    table: str, column: str = "agency_id", *, asks: str = "office_my_agency", may: str = "SELECT"
) -> Operation:
    """Policies so that `palermo_app` meets only rows of the agency that the SQL function `asks` returns."""
    mine = f"{column} = (SELECT {asks}())"
    return guard(table, reads=mine, writes=mine, may=may)


def guard(table: str, *, reads: str, writes: str, may: str, inserts: str = "") -> Operation:
    """Row-level security on `table`: a policy for reading, for changing, for new rows (as `writes` by default).

    An UPDATE or DELETE without WHERE asks no reading policy, so `writes` must stand by itself.
    """
    return RunSQL(
        f"""
        ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
        CREATE POLICY {table}_reads ON {table} FOR SELECT TO palermo_app USING ({reads});
        CREATE POLICY {table}_inserts ON {table} FOR INSERT TO palermo_app WITH CHECK ({inserts or writes});
        CREATE POLICY {table}_updates ON {table} FOR UPDATE TO palermo_app USING ({writes}) WITH CHECK ({writes});
        CREATE POLICY {table}_deletes ON {table} FOR DELETE TO palermo_app USING ({writes});
        {grant(table, may)}
        """,
        f"""
        DROP POLICY {table}_reads ON {table}; DROP POLICY {table}_inserts ON {table};
        DROP POLICY {table}_updates ON {table}; DROP POLICY {table}_deletes ON {table};
        ALTER TABLE {table} DISABLE ROW LEVEL SECURITY; REVOKE ALL ON {table} FROM palermo_app;
        """,
    )


def grant(table: str, may: str) -> str:
    """SQL that gives the application its rights on a table, and takes all others."""
    return f"REVOKE ALL ON {table} FROM palermo_app; GRANT {may} ON {table} TO palermo_app;" if may else ""


def open_table(table: str, *, may: str = "SELECT") -> Operation:
    """A table without personal data of those we protect (agencies, sites): rights, no policy."""
    return RunSQL(grant(table, may), f"REVOKE ALL ON {table} FROM palermo_app;")


def sql_file(package_file: str, name: str, *functions: str) -> Operation:
    """Run `sql/NAME` of the room; the application may execute the functions named, but not those named with "!"."""
    from pathlib import Path  # noqa: PLC0415 -- migrations only

    text = (Path(package_file).parent.parent / "sql" / name).read_text(encoding="utf-8")
    rights = "".join(
        f"REVOKE ALL ON FUNCTION {function.lstrip('!')} FROM PUBLIC;"
        + ("" if function.startswith("!") else f"GRANT EXECUTE ON FUNCTION {function} TO palermo_app;")
        for function in functions
    )
    return RunSQL([text + rights], RunSQL.noop)


def at_the_door(
    tables: dict[str, str] | None = None, *, functions: tuple[str, ...] = (), policies: tuple[tuple[str, str], ...] = ()
) -> Operation:
    """What `palermo_door` may: it is granted nothing by any other helper, so a new table is closed to it.

    Args:
        tables: table → rights.
        functions: functions it may execute.
        policies: (policy, table) that hold for it as for the application, where the table is guarded.
    """
    there = [f"GRANT {may} ON {table} TO palermo_door" for table, may in (tables or {}).items()]
    there += [f"GRANT EXECUTE ON FUNCTION {function} TO palermo_door" for function in functions]
    there += [f"ALTER POLICY {policy} ON {table} TO palermo_app, palermo_door" for policy, table in policies]
    back = [f"REVOKE ALL ON {table} FROM palermo_door" for table in tables or {}]
    back += [f"REVOKE ALL ON FUNCTION {function} FROM palermo_door" for function in functions]
    back += [f"ALTER POLICY {policy} ON {table} TO palermo_app" for policy, table in policies]
    return RunSQL(";".join(there), ";".join(back))


def at_the_public_page(table: str, reads: str) -> Operation:
    """Let `palermo_door` read the rows of a guarded table for which `reads` (SQL over its columns) holds."""
    return RunSQL(
        f"CREATE POLICY {table}_public ON {table} FOR SELECT TO palermo_door USING ({reads});"
        f"GRANT SELECT ON {table} TO palermo_door;",
        f"DROP POLICY {table}_public ON {table}; REVOKE ALL ON {table} FROM palermo_door;",
    )
