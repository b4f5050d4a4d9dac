"""Which PostgreSQL server this process works with: the embedded one, or the one that `DATABASE_URL` names."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from palermo.vocabulary.errors import Refusal
from palermo.web.database import launcher
from palermo.web.database.cluster import Cluster
from palermo.web.database.secrets import ADMIN, APP, DOOR, OWNER, make_passwords
from palermo.web.database.state import make_private, open_state, state_directory, tell

Connection = psycopg.Connection[tuple[Any, ...]]


@dataclass(frozen=True)
class Server:
    """How to reach a server.

    Attributes:
        place: libpq parameters that every login shares (host, port, TLS).
        admin: further parameters of the administrative login.
        passfile: holds the passwords of our logins.
        maintenance: database in which the administrator works.
        embedded: the launcher's own cluster, or None for a server that others run.
    """

    place: dict[str, str]
    admin: dict[str, str]
    passfile: Path
    maintenance: str
    embedded: Cluster | None

    def connect(self, database: str = "") -> Connection:
        """Connect as the administrator, autocommit."""
        return self._enter({**self.admin, "dbname": database or self.maintenance})

    def connect_as(self, login: str, database: str) -> Connection:
        """Connect as one of our own logins, autocommit."""
        return self._enter({"user": login, "passfile": str(self.passfile), "dbname": database})

    def _enter(self, login: dict[str, str]) -> Connection:
        return psycopg.connect(make_conninfo("", **({"connect_timeout": "10"} | self.place | login)), autocommit=True)


def server() -> Server:
    """The server that the environment names; nothing is started, made or asked."""
    url = os.environ.get("DATABASE_URL")
    return _named(url) if url else _embedded(Cluster(state_directory()))


def _embedded(cluster: Cluster) -> Server:
    place = {"host": str(cluster.sockets), "port": "5432"}
    admin = {"user": ADMIN, "passfile": str(cluster.passfile)}
    return Server(place, admin, cluster.passfile, "postgres", cluster)


def _named(url: str) -> Server:
    try:
        given = {key: str(value) for key, value in conninfo_to_dict(url).items()}
    except psycopg.ProgrammingError as error:
        raise Refusal(
            "is not a PostgreSQL address.",
            where="DATABASE_URL",
            remedy="Write postgresql://login:password@host:port/postgres.",
        ) from error
    admin: dict[str, str] = {key: given.pop(key) for key in ("user", "password") if key in given}
    maintenance = given.pop("dbname", "postgres")
    # One file a server: two servers do not share passwords.
    mark = hashlib.sha256(f"{given.get('host')}:{given.get('port')}".encode()).hexdigest()[:12]
    passfile = state_directory() / "database" / f"pgpass-{mark}"
    return Server(given, admin, passfile, maintenance, None)


def ensure_running(*, scratch: bool = False, say: launcher.Tell = tell) -> Server:
    """The server, once it answers; the embedded one is made and started if need be.

    Args:
        scratch: a cluster for tests, without fsync; refused for data that were not made so.
        say: told when something takes long.

    Raises:
        Refusal: it cannot be made, started or reached.
    """
    found = server()
    if found.embedded:
        launcher.start(found.embedded, scratch=scratch, say=say)
        return found
    try:
        found.connect().close()
    except psycopg.OperationalError as error:
        raise Refusal(f"does not let us in: {error}", where="DATABASE_URL") from error
    open_state(state_directory())
    make_private(found.passfile.parent)
    make_passwords(found.passfile, OWNER, APP, DOOR)
    return found
