"""The embedded PostgreSQL: where its parts lie and whether it lives.

The server inherits `server.lock`, locked, so that the kernel tells whether any of its processes lives; process ids,
which another program may have been given since, serve for signals only, after a look at what they are.
"""

import hashlib
import os
import signal
import time
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, LiteralString

import psutil  # type: ignore[import-untyped]
import psycopg

from palermo.vocabulary.errors import Refusal
from palermo.web.database.locks import held
from palermo.web.database.secrets import ADMIN
from palermo.web.database.state import Account, account_for

SOCKET_LIMIT = 100  # a socket's path holds 107 bytes; `.lock` is appended to it


@dataclass(frozen=True)
class Cluster:
    """One PostgreSQL cluster below one state folder."""

    state: Path

    @property
    def home(self) -> Path:
        """Holds locks, passwords and programs; ours."""
        return self.state / "database"

    @property
    def private(self) -> Path:
        """Holds data and log; the database account's."""
        return self.home / "cluster"

    @property
    def data(self) -> Path:
        return self.private / "data"

    @property
    def log(self) -> Path:
        return self.private / "server.log"

    @property
    def passfile(self) -> Path:
        return self.home / "pgpass"

    @property
    def start_lock(self) -> Path:
        return self.home / "start.lock"

    @property
    def server_lock(self) -> Path:
        return self.home / "server.lock"

    @property
    def scratch_mark(self) -> Path:
        """Stands in a cluster that was made for tests, where nothing need survive a power cut."""
        return self.home / "scratch"

    @cached_property
    def account(self) -> Account:
        return account_for(self.data)

    @property
    def sockets(self) -> Path:
        """The private folder of the server's socket, short enough for the kernel."""
        folder = self.private / "socket"
        if len(os.fsencode(folder / ".s.PGSQL.5432")) <= SOCKET_LIMIT:
            return folder
        return Path("/tmp") / f"palermo-{hashlib.sha256(os.fsencode(self.state)).hexdigest()[:16]}"  # noqa: S108 -- made private, refused if somebody else's

    @property
    def lives(self) -> bool:
        """Whether any process of the server is alive."""
        return held(self.server_lock)

    def answers(self) -> bool:
        """Whether the server answers a query."""
        if not (self.sockets / ".s.PGSQL.5432").exists():
            return False
        try:
            self._ask("SELECT 1")
        except psycopg.OperationalError as error:
            if "authentication failed" in str(error) or "no password supplied" in str(error):
                raise Refusal(
                    "does not hold the password of the database beside it.",
                    where=str(self.passfile),
                    remedy="Put the file back from the backup that belongs to these data.",
                ) from error
            return False
        return True

    def others_connected(self) -> bool:
        """Whether anybody is connected at this moment."""
        query = (
            "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
        )
        return bool(self._ask(query))

    def _ask(self, query: LiteralString) -> Any:
        login = {"host": str(self.sockets), "port": "5432", "user": ADMIN, "passfile": str(self.passfile)}
        with psycopg.connect(**login, dbname="postgres", connect_timeout=10) as connection:  # type: ignore[arg-type]
            row = connection.execute(query).fetchone()
        return row[0] if row else None

    def processes(self) -> list[psutil.Process]:
        """The server's processes: those that work in its data folder."""
        return [process for process in psutil.process_iter() if self._works_here(process)]

    def postmaster(self) -> psutil.Process | None:
        """The server's first process, if it lives."""
        try:
            process = psutil.Process(int((self.data / "postmaster.pid").read_text().split(maxsplit=1)[0]))
        except (OSError, ValueError, IndexError, psutil.NoSuchProcess):
            return None
        return process if self._works_here(process) else None

    def _works_here(self, process: psutil.Process) -> bool:
        try:
            return Path(process.cwd()) == self.data.resolve() and process.name() == "postgres"
        except (psutil.Error, OSError):
            return False

    def gone_within(self, seconds: float) -> bool:
        """Wait until no process of the server is alive; whether that came true in time."""
        deadline = time.monotonic() + seconds
        while self.lives:
            if time.monotonic() > deadline:
                return False
            time.sleep(0.05)
        return True

    def end_orphans(self) -> None:
        """Ask what a killed server left behind to quit: a new server must not share their memory."""
        for process in self.processes():
            process.send_signal(signal.SIGQUIT)
        if not self.gone_within(5):
            for process in self.processes():
                process.kill()
