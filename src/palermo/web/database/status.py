"""What `palermo db status` says."""

from typing import Any

import psycopg

from palermo.vocabulary.errors import Refusal
from palermo.web.database import launcher
from palermo.web.database.server import Server, server
from palermo.web.database.spaces import DATABASES, space
from palermo.web.database.state import refuse_foreign


def stop() -> bool:
    """Stop the embedded server; False if it was not running.

    Raises:
        Refusal: the server is one that others run.
    """
    found = server()
    if found.embedded is None:
        raise Refusal("The server that DATABASE_URL names is not ours to stop.", remedy="Unset DATABASE_URL.")
    refuse_foreign(found.embedded.state)
    return launcher.stop(found.embedded)


def status() -> dict[str, Any]:
    """The server's state; nothing is started.

    Returns:
        `server` (embedded or named), `running`, `version`, `host`, `state` (the folder), `process`, `space` (that of
        this process) and `spaces`: name → bytes, None for one that is not made yet. What is not known is None.
    """
    found = server()
    if cluster := found.embedded:
        refuse_foreign(cluster.state)
    running = cluster.answers() if cluster else _answers(found)
    postmaster = cluster.postmaster() if cluster else None
    return {
        "server": "embedded" if cluster else "named",
        "running": running,
        "version": None,
        "host": found.place.get("host"),
        "state": str(cluster.state) if cluster else None,
        "process": postmaster.pid if postmaster else None,
        "space": space(),
        "spaces": dict.fromkeys(DATABASES),
        **(_details(found) if running else {}),
    }


def _answers(found: Server) -> bool:
    try:
        found.connect().close()
    except psycopg.OperationalError:
        return False
    return True


def _details(found: Server) -> dict[str, Any]:
    with found.connect() as admin:
        sizes: dict[str, int] = dict(
            admin.execute(
                "SELECT datname, pg_database_size(oid) FROM pg_database WHERE datname = ANY(%s)",
                [[*DATABASES.values()]],
            ).fetchall()
        )
        version = admin.info.parameter_status("server_version")
    return {"version": version, "spaces": {name: sizes.get(database) for name, database in DATABASES.items()}}
