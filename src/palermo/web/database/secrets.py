"""Passwords of the database's logins: random, in libpq's own password file, mode 0600.

No password stands in the settings, in a command line or in the environment; libpq reads the file at each connection.
"""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from palermo.vocabulary.errors import Refusal

ADMIN, OWNER, APP, DOOR = "palermo_admin", "palermo_owner", "palermo_app", "palermo_door"


def passwords(passfile: Path) -> dict[str, str]:
    """Login → password, as kept in the file."""
    lines = passfile.read_text(encoding="ascii").splitlines()
    return {user: password for *_, user, password in (line.split(":") for line in lines if line)}


def make_passwords(passfile: Path, *logins: str) -> dict[str, str]:
    """The passwords of these logins, made where they are missing; the file appears whole or not at all."""
    known = passwords(passfile) if passfile.exists() else {}
    if any(login not in known for login in logins):
        with _alone(passfile):
            # Another process may have made them while we waited: all must end with the same ones.
            known = passwords(passfile) if passfile.exists() else {}
            if missing := [login for login in logins if login not in known]:
                known |= {login: secrets.token_urlsafe(32) for login in missing}
                _replace(passfile, "".join(f"*:*:*:{login}:{password}\n" for login, password in known.items()))
    if passfile.stat().st_mode & 0o077:
        raise Refusal("can be read by others.", where=str(passfile), remedy=f"Run `chmod 600 {passfile}`.")
    return known


@contextmanager
def _alone(passfile: Path) -> Iterator[None]:
    descriptor = os.open(passfile.parent, os.O_RDONLY)  # the folder itself: no file is left behind
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _replace(path: Path, text: str) -> None:
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
