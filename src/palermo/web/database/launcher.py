"""Start and stop the embedded PostgreSQL.

Several processes may ask at once: one starts it, the others wait. It outlives the process that started it.
"""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from palermo.vocabulary.errors import Refusal
from palermo.web.database.binaries import MAJOR, binaries
from palermo.web.database.cluster import Cluster
from palermo.web.database.locks import locked, try_lock
from palermo.web.database.secrets import ADMIN, APP, DOOR, OWNER, make_passwords
from palermo.web.database.state import can_enter, let_pass, make_private, open_state, refuse_foreign, tell

Tell = Callable[[str], None]

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "80",
    "shared_buffers": "256MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",
    "jit": "off",
    "log_checkpoints": "off",
    "timezone": "UTC",
    # Neither a small /dev/shm nor a logout that clears it takes parallel queries down.
    "dynamic_shared_memory_type": "mmap",
    # What a statement or a violated constraint quotes may be a person's data: it stays out of the log.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_parameter_max_length_on_error": "0",
}
SCRATCH_SETTINGS = {"fsync": "off", "full_page_writes": "off", "max_connections": "200"}
LOG_LIMIT = 20_000_000  # bytes
ORPHANS_LEAVE = 5  # seconds that the processes of a killed server get to notice it


def start(cluster: Cluster, *, scratch: bool = False, say: Tell = tell) -> None:
    """See to it that the cluster answers, making it at the first start.

    Args:
        cluster: which one.
        scratch: make it for tests (no fsync); refused for existing data that were not made so.
        say: told when something takes long.

    Raises:
        Refusal: it cannot be started; the message says what the server said.
    """
    refuse_foreign(cluster.state)
    if scratch and cluster.data.exists() and not cluster.scratch_mark.exists():
        raise Refusal("holds real data; tests need a state folder of their own.", where=str(cluster.state))
    if cluster.answers():
        return
    open_state(cluster.state)
    make_private(cluster.home)
    with locked(cluster.start_lock, waiting=_patience(say, "Another process starts the database")):
        while not cluster.answers():
            descriptor = try_lock(cluster.server_lock)
            if descriptor is None:
                _await_other(cluster, say)
                continue
            try:
                process = _launch(cluster, descriptor, scratch=scratch, say=say)
            finally:
                os.close(descriptor)  # the server has its own copy now
            _await_answer(cluster, process, say)


def stop(cluster: Cluster) -> bool:
    """Stop the server; False if it was not running. Connections are closed, nothing committed is lost."""
    if not cluster.lives:
        return False
    postmaster = cluster.postmaster()
    if postmaster is None:
        cluster.end_orphans()
    else:
        postmaster.send_signal(signal.SIGINT)
        if not cluster.gone_within(60):
            postmaster.send_signal(signal.SIGQUIT)
    if not cluster.gone_within(20):
        raise Refusal("The database does not stop.", where=str(cluster.data), remedy=f"Its log is {cluster.log}.")
    return True


def stop_if_idle(cluster: Cluster) -> None:
    """Stop a server that nobody else is connected to."""
    if cluster.lives and cluster.answers() and not cluster.others_connected():
        stop(cluster)


def _launch(cluster: Cluster, descriptor: int, *, scratch: bool, say: Tell) -> subprocess.Popen[bytes]:
    programs = _prepare_folders(cluster)
    if not cluster.data.exists():
        say(f"Making the database in {cluster.data}")
        _initialise(cluster, programs, descriptor, scratch=scratch)
    if (version := (cluster.data / "PG_VERSION").read_text().strip()) != str(MAJOR):
        raise Refusal(
            f"holds data of PostgreSQL {version}, the programs are of {MAJOR}.",
            where=str(cluster.data),
            remedy="Dump them with the older release and load them into a new state folder.",
        )
    # The lock is ours, so no process of an earlier server lives: what it wrote about itself is stale.
    for stale in (cluster.data / "postmaster.pid", *cluster.sockets.glob(".s.PGSQL.*")):
        stale.unlink(missing_ok=True)
    settings = SETTINGS | (SCRATCH_SETTINGS if cluster.scratch_mark.exists() else {})
    settings["unix_socket_directories"] = str(cluster.sockets)
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    with _open_log(cluster) as log:
        return _spawn(cluster, [str(programs / "postgres"), "-D", str(cluster.data), *options], descriptor, log)


def _prepare_folders(cluster: Cluster) -> Path:
    account = cluster.account
    programs = binaries(cluster.home)
    for folder in (cluster.state, cluster.home):
        if not can_enter(folder, account) and can_enter(folder.parent, account):
            let_pass(folder, account)
    if not can_enter(cluster.home, account):
        raise Refusal(
            "cannot be reached by the account that runs the database, since PostgreSQL does not run as root.",
            where=str(cluster.state),
            remedy="Set PALERMO_STATE to a folder below one that everyone may enter, such as /var/lib.",
        )
    make_private(cluster.private, account)
    make_private(cluster.sockets, account)
    return programs


def _initialise(cluster: Cluster, programs: Path, descriptor: int, *, scratch: bool) -> None:
    """Make the data in a folder beside, so that a half-made cluster is never taken for one."""
    fresh, secret = cluster.private / "data.new", cluster.private / "secret.new"
    shutil.rmtree(fresh, ignore_errors=True)
    if scratch:
        cluster.scratch_mark.touch(mode=0o600)
    else:
        cluster.scratch_mark.unlink(missing_ok=True)
    password = make_passwords(cluster.passfile, ADMIN, OWNER, APP, DOOR)[ADMIN]
    secret.unlink(missing_ok=True)
    secret.touch(mode=0o600)
    secret.write_text(password, encoding="ascii")
    cluster.account.own(secret)
    command = [str(programs / "initdb"), "-D", str(fresh), f"--username={ADMIN}", f"--pwfile={secret}"]
    command += ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C"]
    command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", *(["--no-sync"] if scratch else [])]
    try:
        with _open_log(cluster) as log:
            code = _spawn(cluster, command, descriptor, log).wait()
    finally:
        secret.unlink(missing_ok=True)
    if code != 0:
        raise Refusal(f"The database could not be made: {_last_words(cluster)}", where=str(cluster.log))
    fresh.rename(cluster.data)


def _spawn(cluster: Cluster, command: list[str], descriptor: int, log: BinaryIO) -> subprocess.Popen[bytes]:
    process: subprocess.Popen[bytes] = subprocess.Popen(  # noqa: S603 -- our own programs
        command,
        pass_fds=(descriptor,),
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT,
        cwd="/",
        env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"},
        start_new_session=True,  # Ctrl-C at a command leaves the server alone
        umask=0o077,
        **cluster.account.process_options(),  # type: ignore[call-overload]
    )
    return process


def _open_log(cluster: Cluster) -> BinaryIO:
    if cluster.log.exists() and cluster.log.stat().st_size > LOG_LIMIT:
        cluster.log.replace(cluster.log.with_suffix(".log.1"))
    descriptor = os.open(cluster.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o600)
    cluster.account.own(cluster.log)
    return os.fdopen(descriptor, "ab")


def _last_words(cluster: Cluster) -> str:
    lines = cluster.log.read_text(encoding="utf-8", errors="replace").splitlines()
    return " / ".join(lines[-3:])


def _await_answer(cluster: Cluster, process: subprocess.Popen[bytes], say: Tell) -> None:
    """Wait as long as the server lives: recovery after a crash takes what it takes."""
    began, patience = time.monotonic(), _patience(say, "The database starts or recovers")
    while not cluster.answers():
        if process.poll() is not None:
            raise Refusal(f"The database did not start: {_last_words(cluster)}", where=str(cluster.log))
        time.sleep(0.05)
        patience(time.monotonic() - began)
    # The server stays when this process ends, and is no child to be waited for.
    process.returncode = 0


def _await_other(cluster: Cluster, say: Tell) -> None:
    """A server that we did not start holds the lock: it starts, recovers, or lost its first process."""
    began, patience = time.monotonic(), _patience(say, "The database recovers")
    while cluster.lives and not cluster.answers():
        waited = time.monotonic() - began
        patience(waited)
        if waited > ORPHANS_LEAVE and cluster.postmaster() is None:
            say("Ending what a killed database server left behind")
            cluster.end_orphans()
        time.sleep(0.05)


def _patience(say: Tell, what: str) -> Callable[[float], None]:
    """Tells every five seconds that we are still waiting."""
    told = [0.0]

    def waiting(seconds: float) -> None:
        if seconds - told[0] >= 5:
            told[0] = seconds
            say(f"{what}: {seconds:.0f} s so far")

    return waiting
