"""What the application's login may not learn from PostgreSQL itself: sizes of tables, statements of other sessions."""

from pathlib import Path

from psycopg import sql

import palermo.office
from palermo.web.database.secrets import APP, DOOR
from palermo.web.database.server import Connection, Server

STATEMENTS = Path(palermo.office.__path__[0]) / "sql" / "catalogue.sql"


def close_catalogue(server: Server, admin: Connection, database: str) -> bool:
    """Close statistics and sizes to every login but the owner's, and keep the application's statements unlisted.

    Returns:
        False where the administrator is no superuser: PostgreSQL lets nobody else do it.
    """
    row = admin.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
    if not row or not row[0]:
        return False
    with server.connect(database) as inside:
        inside.execute(STATEMENTS.read_bytes())
    for login in (APP, DOOR):
        admin.execute(sql.SQL("ALTER ROLE {} SET track_activities = off").format(sql.Identifier(login)))
    return True
