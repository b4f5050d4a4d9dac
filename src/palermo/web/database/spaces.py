"""Spaces: real records in one database, simulated ones in another; nothing crosses.

A space is copied from a template in which the migrations have run already, so that a fresh one takes a moment.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from psycopg import sql

from palermo.vocabulary.errors import Refusal
from palermo.web.database.catalogue import close_catalogue
from palermo.web.database.migrations import migrate, schema_digest
from palermo.web.database.roles import OUR_LOCK, ensure_roles
from palermo.web.database.secrets import APP, DOOR, OWNER
from palermo.web.database.server import Connection, Server, ensure_running

DATABASES = {"real": "palermo", "simulated": "palermo_demo"}
TEMPLATES = "palermo_template_"
TEMPLATES_KEPT = 3


def space() -> str:
    """The space of this process, `real` or `simulated`, from `PALERMO_SPACE`; simulated unless real is asked for."""
    name = os.environ.get("PALERMO_SPACE") or "simulated"
    if name not in DATABASES:
        raise Refusal(f"{name!r} is no space.", where="PALERMO_SPACE", remedy="Write real or simulated.")
    return name


def prepare(name: str | None = None) -> str:
    """See to it that a space can be used: server, logins, database, migrations, grants.

    Args:
        name: `real` or `simulated`; None for the space of this process.

    Returns:
        The name of its database.
    """
    database = DATABASES[name or space()]
    server = ensure_running()
    with _alone(server) as admin:
        digest = schema_digest()
        if not exists(admin, database):
            _copy_template(server, admin, database, digest)
        elif _digest_of(admin, database) != digest:
            migrate(database)
            _let_in(admin, database)
            close_catalogue(server, admin, database)
            _note_digest(admin, database, digest)
    return database


def fresh_space(database: str, *, scratch: bool = False) -> None:
    """Drop a database and make it anew, migrated and empty. Whoever is connected to it is cut off.

    Args:
        database: its name; the database of the real space is refused.
        scratch: passed to `ensure_running`.
    """
    if database == DATABASES["real"]:
        raise Refusal("The real space is never emptied.", remedy="Use the simulated space.")
    server = ensure_running(scratch=scratch)
    with _alone(server) as admin:
        drop(admin, database)
        _copy_template(server, admin, database, schema_digest())


@contextmanager
def making_alone(database: str) -> Iterator[None]:
    """Hold what is made in a space, so that nobody else makes it anew in the meantime.

    Raises:
        Refusal: somebody else is at it.
    """
    key = "SELECT pg_try_advisory_lock(hashtextextended(%s, %s))"
    with ensure_running().connect() as admin:
        row = admin.execute(key, [database, OUR_LOCK]).fetchone()
        if row is None or not row[0]:
            raise Refusal("somebody else is filling this space now.", where=database, remedy="Wait until that is done.")
        yield


def drop(admin: Connection, database: str) -> None:
    """Drop a database if it is there, with its connections."""
    admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))


def exists(admin: Connection, database: str) -> bool:
    """Whether the server has a database of that name."""
    return admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone() is not None


@contextmanager
def _alone(server: Server) -> Iterator[Connection]:
    with server.connect() as admin:
        admin.execute("SELECT pg_advisory_lock(%s)", [OUR_LOCK])
        ensure_roles(server, admin)
        yield admin


def _copy_template(server: Server, admin: Connection, database: str, digest: str) -> None:
    template = TEMPLATES + digest
    if not exists(admin, template):
        _make_template(server, admin, template)
    _create(admin, database, sql.SQL("TEMPLATE {}").format(sql.Identifier(template)))
    _note_digest(admin, database, digest)


def _make_template(server: Server, admin: Connection, template: str) -> None:
    half_made = TEMPLATES + "new"
    drop(admin, half_made)
    _create(admin, half_made, _plain(admin, server))
    migrate(half_made)
    close_catalogue(server, admin, half_made)
    made, final = sql.Identifier(half_made), sql.Identifier(template)
    admin.execute(sql.SQL("ALTER DATABASE {} WITH ALLOW_CONNECTIONS false").format(made))
    admin.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(made, final))
    earlier = admin.execute(
        "SELECT datname FROM pg_database WHERE starts_with(datname, %s) ORDER BY oid DESC", [TEMPLATES]
    ).fetchall()
    for (old,) in earlier[TEMPLATES_KEPT:]:
        drop(admin, old)


def _plain(admin: Connection, server: Server) -> sql.SQL:
    """Order by code point and case by Unicode, the same on every server and release of the C library."""
    if server.embedded:
        return sql.SQL("TEMPLATE template0")
    locale = "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LC_COLLATE 'C' LC_CTYPE 'C'"
    if admin.info.server_version < 170000:
        locale = "LOCALE_PROVIDER libc LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'"
    return sql.SQL("TEMPLATE template0 ENCODING 'UTF8' " + locale)


def _create(admin: Connection, database: str, like: sql.Composable) -> None:
    name, owner = sql.Identifier(database), sql.Identifier(OWNER)
    admin.execute(sql.SQL("CREATE DATABASE {} OWNER {} {}").format(name, owner, like))
    admin.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
    _let_in(admin, database)


def _let_in(admin: Connection, database: str) -> None:
    logins = sql.SQL(", ").join(map(sql.Identifier, (APP, DOOR)))
    admin.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(sql.Identifier(database), logins))


def _note_digest(admin: Connection, database: str, digest: str) -> None:
    admin.execute(
        sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(database), sql.Literal(f"migrations {digest}"))
    )


def _digest_of(admin: Connection, database: str) -> str:
    row = admin.execute(
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [database]
    ).fetchone()
    return (row[0] or "").removeprefix("migrations ") if row else ""
