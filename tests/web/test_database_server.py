"""The embedded server: it starts once, survives what kills it, and keeps to itself."""

import os
import pwd
import signal
import stat
import subprocess
import sys
import time
import traceback
import warnings
from contextlib import closing, suppress
from pathlib import Path

import psycopg
import pytest

from palermo.vocabulary.errors import Refusal
from palermo.web.database import launcher
from palermo.web.database.cluster import Cluster
from palermo.web.database.launcher import start, stop
from palermo.web.database.secrets import ADMIN
from palermo.web.database.state import make_private

SRC = Path(__file__).resolve().parents[2] / "src"
START = "import sys; from pathlib import Path; from palermo.web.database.cluster import Cluster;"
START += "from palermo.web.database.launcher import start; c = Cluster(Path(sys.argv[1])); start(c, scratch=True)"


def quiet(_: str) -> None:
    pass


def connect(cluster):
    login = {"host": str(cluster.sockets), "port": 5432, "user": ADMIN, "passfile": str(cluster.passfile)}
    return psycopg.connect(**login, dbname="postgres", autocommit=True)


def in_another_process(cluster, code=START, **options):
    return subprocess.Popen(
        [sys.executable, "-c", code, str(cluster.state)],
        env={**os.environ, "PYTHONPATH": str(SRC)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )


def starts_logged(cluster):
    return cluster.log.read_text().count("starting PostgreSQL")


def note(cluster, *values):
    with connect(cluster) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS noted (value int)")
        for value in values:
            connection.execute("INSERT INTO noted VALUES (%s)", [value])


def noted(cluster):
    with connect(cluster) as connection:
        return [value for (value,) in connection.execute("SELECT value FROM noted ORDER BY value")]


@pytest.fixture
def new(state):
    """A cluster that is not made yet."""
    return Cluster(state)


@pytest.fixture
def cluster(lasting_state):
    """A cluster that runs; other tests have used it."""
    cluster = Cluster(lasting_state)
    start(cluster, scratch=True, say=quiet)
    with connect(cluster) as connection:
        connection.execute("DROP TABLE IF EXISTS noted")
    return cluster


def test_a_second_start_finds_the_first_server(cluster):
    note(cluster, 1)
    before = cluster.postmaster().pid, starts_logged(cluster)
    start(cluster, scratch=True, say=quiet)
    assert ((cluster.postmaster().pid, starts_logged(cluster)), noted(cluster)) == (before, [1])


def test_stop_and_start_keep_the_rows(cluster):
    note(cluster, 1, 2)
    assert (stop(cluster), stop(cluster), cluster.lives, cluster.answers()) == (True, False, False, False)
    start(cluster, say=quiet)
    assert noted(cluster) == [1, 2]


def test_a_killed_server_recovers_every_committed_row_and_no_other(cluster):
    note(cluster, 1, 2)
    before = starts_logged(cluster)
    with closing(connect(cluster)) as unfinished:
        unfinished.execute("BEGIN")
        unfinished.execute("INSERT INTO noted VALUES (3)")
        cluster.postmaster().kill()
        start(cluster, say=quiet)
    assert (noted(cluster), starts_logged(cluster)) == ([1, 2], before + 1)


def test_a_busy_remnant_of_a_killed_server_is_ended_first(cluster, monkeypatch):
    monkeypatch.setattr(launcher, "ORPHANS_LEAVE", 0.2)
    note(cluster, 1)
    with closing(connect(cluster)) as busy:
        busy.pgconn.send_query(b"SELECT count(*) FROM generate_series(1, 1e12)")
        while not [p for p in cluster.processes() if "SELECT" in " ".join(p.cmdline())]:
            time.sleep(0.02)
        remnants = cluster.processes()
        cluster.postmaster().kill()
        start(cluster, say=quiet)
    assert not [process for process in remnants if process.is_running() and process.status() != "zombie"]
    assert noted(cluster) == [1]


def test_the_server_outlives_a_killed_starter(cluster):
    stop(cluster)
    starter = in_another_process(cluster, START + "; import os; os.kill(os.getpid(), 9)")
    starter.communicate()
    assert (starter.returncode, cluster.answers()) == (-signal.SIGKILL, True)


def test_a_stale_process_id_that_another_program_has_now_is_not_believed(cluster):
    told = (cluster.data / "postmaster.pid").read_text()
    stop(cluster)
    with subprocess.Popen(["/bin/sleep", "60"], **cluster.account.process_options()) as other:
        (cluster.data / "postmaster.pid").write_text(told.replace(told.split()[0], str(other.pid), 1))
        assert (cluster.postmaster(), stop(cluster)) == (None, False)
        start(cluster, say=quiet)
        assert (cluster.answers(), other.poll()) == (True, None)
        other.kill()


def test_only_the_owner_gets_near(cluster):
    account = cluster.account
    for folder in (cluster.private, cluster.data, cluster.sockets):
        found = folder.stat()
        assert (stat.S_IMODE(found.st_mode), found.st_uid) == (0o700, account.uid)
    for folder in (cluster.state, cluster.home):
        assert (stat.S_IMODE(folder.stat().st_mode) & 0o067, folder.stat().st_uid) == (0, os.geteuid())
    for file in (cluster.passfile, cluster.log, cluster.server_lock, cluster.start_lock):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert not list(cluster.private.glob("secret*"))


def test_it_listens_on_its_socket_only_and_wants_a_password(cluster, tmp_path):
    with connect(cluster) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
        assert connection.execute("SELECT DISTINCT auth_method FROM pg_hba_file_rules").fetchall() == [
            ("scram-sha-256",)
        ]
    wrong = tmp_path / "pgpass"
    wrong.write_text("*:*:*:*:guess\n")
    wrong.chmod(0o600)
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(host=str(cluster.sockets), user=ADMIN, dbname="postgres", passfile=str(wrong))


def test_a_lost_password_file_is_refused_with_a_remedy(cluster):
    kept = cluster.passfile.rename(cluster.passfile.with_suffix(".kept"))
    with pytest.raises(Refusal, match="Put the file back"):
        start(cluster, say=quiet)
    kept.rename(cluster.passfile)


def test_a_broken_setting_is_told_in_the_servers_words(cluster):
    stop(cluster)
    settings = cluster.data / "postgresql.auto.conf"
    before = settings.read_text()
    settings.write_text("no_such_setting = 1\n")
    with pytest.raises(Refusal, match="no_such_setting"):
        start(cluster, say=quiet)
    settings.write_text(before)


def test_a_statement_that_fails_leaves_no_data_in_the_log(cluster):
    note(cluster, 1)
    with connect(cluster) as connection:
        connection.execute("ALTER TABLE noted ADD CONSTRAINT once UNIQUE (value), ADD COLUMN name text UNIQUE")
        for _ in range(2):
            with suppress(psycopg.errors.UniqueViolation):
                connection.execute("INSERT INTO noted (name) VALUES (%s)", ["Maria Spotless"])
    log = cluster.log.read_text()
    assert ("duplicate key" in log, "Spotless" in log) == (True, False)


def test_a_starter_killed_while_it_makes_the_data_leaves_nothing_in_the_way(new):
    starter = in_another_process(new)
    while not (new.private / "data.new" / "base").exists():
        time.sleep(0.005)
    starter.kill()
    starter.communicate()
    assert not new.data.exists()
    start(new, scratch=True, say=quiet)
    assert (new.answers(), (new.private / "data.new").exists()) == (True, False)


def test_of_four_processes_one_starts_and_the_others_wait(new):
    starters = [in_another_process(new, START + "; print(c.postmaster().pid)") for _ in range(4)]
    pids = {starter.communicate()[0] for starter in starters}
    assert (pids, starts_logged(new)) == ({f"{new.postmaster().pid}\n"}, 1)


def test_who_comes_later_does_not_bar_the_way_of_the_server_that_starts(state):
    home = state / "home"
    make_private(home)
    home.chmod(0o710)  # as let_pass leaves it for the database's group
    make_private(home)
    assert stat.S_IMODE(home.stat().st_mode) == 0o710
    home.chmod(0o755)
    make_private(home)
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


def test_durable_data_are_written_through_and_never_taken_for_scratch(new):
    start(new, say=quiet)
    with connect(new) as connection:
        names = ("fsync", "full_page_writes", "synchronous_commit", "data_checksums")
        assert [connection.execute(f"SHOW {name}").fetchone() for name in names] == [("on",)] * 4
    with pytest.raises(Refusal, match="real data"):
        start(new, scratch=True, say=quiet)


def test_a_long_path_gets_a_short_socket_and_parents_keep_their_modes(state):
    parent = state / ("long" * 20)
    state.chmod(0o755)
    parent.mkdir(mode=0o751)
    deep = Cluster(parent / "state")
    before = [folder.stat() for folder in deep.state.parents]
    start(deep, scratch=True, say=quiet)
    try:
        assert (deep.answers(), deep.sockets.parent, stat.S_IMODE(deep.sockets.stat().st_mode)) == (
            True,
            Path("/tmp"),
            0o700,
        )
        after = [folder.stat() for folder in deep.state.parents]
        assert [(f.st_mode, f.st_uid, f.st_gid) for f in after] == [(f.st_mode, f.st_uid, f.st_gid) for f in before]
    finally:
        stop(deep)
        deep.sockets.rmdir()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the database as another account")
def test_a_parent_that_the_account_may_not_pass_is_refused_not_loosened(state):
    hidden = state / "hidden"
    state.chmod(0o755)
    hidden.mkdir(mode=0o700)
    with pytest.raises(Refusal, match="cannot be reached by the account"):
        start(Cluster(hidden / "state"), scratch=True, say=quiet)
    assert stat.S_IMODE(hidden.stat().st_mode) == 0o700


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can act as another user")
def test_another_user_has_data_of_its_own_and_no_way_into_others(cluster, state):
    nobody = pwd.getpwnam("nobody").pw_uid
    os.chown(state, nobody, -1)
    theirs = Cluster(state)

    def act() -> None:
        start(theirs, scratch=True, say=quiet)
        assert (theirs.answers(), theirs.data.stat().st_uid) == (True, nobody)
        assert not os.access(cluster.sockets, os.X_OK)
        with pytest.raises(Refusal, match="belongs to another account"):
            start(cluster, say=quiet)
        assert stop(theirs)

    assert as_user(nobody, act) == ""


def as_user(uid, act):
    """Run a function in a forked process as another user; what it raised, or nothing.

    Forked, since the interpreter itself may lie where that user has no way to.
    """
    reader, writer = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # xdist's threads are of no concern to the child
        child = os.fork()
    if child == 0:
        try:
            os.setgroups([])
            os.setresgid(65534, 65534, 65534)
            os.setresuid(uid, uid, uid)
            os.environ["HOME"] = "/nonexistent"
            act()
        except BaseException as error:  # noqa: BLE001 -- the parent shows it
            os.write(writer, "".join(traceback.format_exception(error)).encode())
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader, encoding="utf-8") as told:
        said = told.read()
    os.waitpid(child, 0)
    return said
