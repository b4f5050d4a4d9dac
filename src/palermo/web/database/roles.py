"""The three logins of the system: the owner migrates; the other two own nothing and obey row-level security.

The application's reaches files with a member's pass; the door's, for the public and migration enforcement, has no grant
on files at all.
"""

from dataclasses import dataclass

import psycopg
from psycopg import sql

from palermo.vocabulary.errors import Refusal
from palermo.web.database.secrets import APP, DOOR, OWNER, make_passwords
from palermo.web.database.server import Connection, Server

DANGEROUS = ("rolsuper", "rolbypassrls", "rolcreaterole", "rolcreatedb", "rolreplication")
OUR_LOCK = 0x50616C65726D6F  # "Palermo": one process at a time makes logins and databases


@dataclass(frozen=True)
class _Login:
    name: str
    password: str


def ensure_roles(server: Server, admin: Connection) -> None:
    """Make the logins or bring them up to date; the caller holds `OUR_LOCK`.

    Raises:
        Refusal: a login of that name exists with rights it must not have.
    """
    logins = (OWNER, APP, DOOR)
    known = make_passwords(server.passfile, *logins)
    for name in logins:
        _ensure(server, admin, _Login(name, known[name]))
    # To make databases that belong to the owner, an administrator who is no superuser must be one of its members.
    if not _one(admin, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"):
        admin.execute(sql.SQL("GRANT {} TO current_user").format(sql.Identifier(OWNER)))


def _ensure(server: Server, admin: Connection, login: _Login) -> None:
    name = sql.Identifier(login.name)
    known = _one(admin, "SELECT 1 FROM pg_roles WHERE rolname = %s", login.name)
    if not known:
        admin.execute(sql.SQL("CREATE ROLE {} LOGIN").format(name))
    _refuse_dangerous(admin, login.name)
    if not known or not _enters(server, login):
        # The server gets the salted verifier: its log and its list of activities never see the password.
        verifier = admin.pgconn.encrypt_password(login.password.encode(), login.name.encode(), b"scram-sha-256")
        statement = sql.SQL("ALTER ROLE {} LOGIN PASSWORD {}").format(name, sql.Literal(verifier.decode()))
        admin.execute(statement)


def _refuse_dangerous(admin: Connection, name: str) -> None:
    columns = sql.SQL(", ").join(map(sql.Identifier, DANGEROUS))
    row = admin.execute(sql.SQL("SELECT {} FROM pg_roles WHERE rolname = %s").format(columns), [name]).fetchone()
    assert row is not None
    rights = [column.removeprefix("rol").upper() for column, has in zip(DANGEROUS, row, strict=True) if has]
    rights += [
        f"membership of {group}"
        for (group,) in admin.execute(
            "SELECT roleid::regrole::text FROM pg_auth_members WHERE member = %s::regrole ORDER BY 1", [name]
        )
    ]
    if rights:
        raise Refusal(
            f"The login {name} has {' and '.join(rights)}, with which it could read past the access rules.",
            remedy="Take that from it, or remove the login; Palermo makes it anew.",
        )


def _enters(server: Server, login: _Login) -> bool:
    try:
        server.connect_as(login.name, server.maintenance).close()
    except psycopg.OperationalError:
        return False
    return True


def _one(admin: Connection, query: str, *values: object) -> object:
    row = admin.execute(query.encode(), values).fetchone()
    return row[0] if row else None
