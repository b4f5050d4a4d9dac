"""Where this installation keeps what must outlive a process, and the account that may read it.

The database refuses to run as root. Under root its files therefore belong to an account of their own, `palermo-db`,
made at the first start (`nobody` where accounts cannot be made). Folders above the state folder are never touched.
"""

import hashlib
import os
import pwd
import shutil
import stat
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from palermo.vocabulary.errors import Refusal

ACCOUNT = "palermo-db"


def tell(message: str) -> None:
    """Say on standard error what takes its time; standard output belongs to results."""
    sys.stderr.write(message + "\n")
    sys.stderr.flush()


def state_home() -> Path:
    """The folder that is used when `PALERMO_STATE` names none."""
    if os.geteuid() == 0:
        return Path("/var/lib/palermo")
    base = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(base) / "palermo"


def state_directory() -> Path:
    """The folder of this installation's state, absolute; it need not exist yet."""
    named = os.environ.get("PALERMO_STATE")
    return (Path(named) if named else state_home()).expanduser().absolute()


def scratch_directory(checkout: Path) -> Path:
    """The state folder of a checkout's tests: not the demonstration's, and where the database's account reaches it."""
    named = os.environ.get("PALERMO_TEST_STATE")
    mark = hashlib.sha256(os.fsencode(checkout.resolve())).hexdigest()[:12]
    return Path(named).absolute() if named else state_home().with_name("palermo-tests") / mark


@dataclass(frozen=True)
class Account:
    """The operating-system account that runs the database; for an ordinary user that user."""

    uid: int
    gid: int

    @property
    def foreign(self) -> bool:
        """Whether processes must change to it."""
        return self.uid != os.geteuid()

    def process_options(self) -> dict[str, object]:
        """Options for `subprocess` that start a process as this account."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if self.foreign else {}

    def own(self, path: Path) -> None:
        """Give it a file or folder."""
        if self.foreign:
            os.chown(path, self.uid, self.gid)


def account_for(data: Path) -> Account:
    """The account that owns existing data, or the one that new data are given to."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    if data.exists() and (owner := data.stat()).st_uid != 0:
        return Account(owner.st_uid, owner.st_gid)
    entry = _lookup(ACCOUNT) or _make_account() or _lookup("nobody")
    if entry is None:
        raise Refusal(
            "PostgreSQL does not run as root, and there is no account to run it as.",
            remedy=f"Make a system account named {ACCOUNT}, or name a server in DATABASE_URL.",
        )
    return Account(entry.pw_uid, entry.pw_gid)


def _lookup(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def _make_account() -> pwd.struct_passwd | None:
    tool = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if tool is None:
        return None
    options = ["--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
    subprocess.run(  # noqa: S603 -- fixed arguments
        [tool, *options, "--shell", "/usr/sbin/nologin", "--comment", "Palermo database", ACCOUNT],
        check=False,  # another process may have been first
        capture_output=True,
        stdin=subprocess.DEVNULL,
    )
    return _lookup(ACCOUNT)


def make_private(path: Path, account: Account | None = None) -> None:
    """Make a folder that only its owner enters; refuse one that somebody else owns.

    One through which the database's group may walk (`let_pass`) stays so: another process may be starting the server.
    """
    owner = account or Account(os.geteuid(), os.getegid())
    try:
        path.mkdir(mode=0o700)
        owner.own(path)
    except FileExistsError:
        found = path.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner.uid:
            raise Refusal(
                "is not a folder of the account that runs Palermo.",
                where=str(path),
                remedy="Remove it, or set PALERMO_STATE to a folder of your own.",
            ) from None
        if stat.S_IMODE(found.st_mode) & 0o067:
            path.chmod(0o700)


def open_state(state: Path) -> None:
    """Make the state folder, if it is not there, for its owner alone."""
    if state in {Path("/"), Path.home()}:
        raise Refusal("cannot be the state folder.", where=str(state), remedy="Name a folder below it.")
    try:
        state.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise Refusal(
            f"cannot be made ({error.strerror}).",
            where=str(state),
            remedy="Set PALERMO_STATE to a folder you can write.",
        ) from error
    refuse_foreign(state)


def refuse_foreign(state: Path) -> None:
    """Refuse a state folder that another account made."""
    if state.exists() and state.stat().st_uid != os.geteuid():
        raise Refusal(
            "belongs to another account.",
            where=str(state),
            remedy="Set PALERMO_STATE to a folder of your own; every account has its own data.",
        )


def let_pass(folder: Path, account: Account) -> None:
    """Let the database's own group walk through a folder of ours (not list it); parents stay as they are."""
    if not account.foreign:
        return
    os.chown(folder, -1, account.gid)
    folder.chmod((stat.S_IMODE(folder.stat().st_mode) & 0o700) | 0o010)


def can_enter(folder: Path, account: Account) -> bool:
    """Whether the database's account reaches a folder."""
    if not account.foreign:
        return os.access(folder, os.X_OK)
    probe = subprocess.run(  # noqa: S603 -- fixed program
        ["/bin/sh", "-c", 'cd "$1"', "sh", str(folder)],
        check=False,
        capture_output=True,
        cwd="/",
        **account.process_options(),  # type: ignore[call-overload]
    )
    return bool(probe.returncode == 0)
