"""`palermo demo` on a machine that has nothing yet, as `make demo` calls it: it serves, and again, after a kill."""

import os
import select
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

from palermo.web.database.cluster import Cluster
from palermo.web.database.launcher import stop
from palermo.web.database.state import scratch_directory

SERVED = "The site is at"


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.fixture
def demo(tmp_path, request):
    """Start the command in a state of its own; gives the process, its port, and what it said until it served."""
    # The state folder's path is short: a socket lies in it.
    state = scratch_directory(tmp_path).parent / f"demo{os.getpid()}"
    processes = []

    def start(people):
        port = free_port()
        environment = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "PALERMO_SPACE"}}
        process = subprocess.Popen(
            [sys.executable, "-m", "palermo", "demo", "--people", str(people), "--port", str(port)],
            env=environment | {"PALERMO_STATE": str(state), "PYTHONPATH": "src"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        processes.append(process)
        return process, port, _until_served(process)

    yield start
    for process in processes:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
    stop(Cluster(state))
    subprocess.run(["rm", "-rf", state], check=True)


def _until_served(process, seconds=900):
    said, end = "", time.monotonic() + seconds
    while SERVED not in said:
        if not select.select([process.stdout], [], [], max(0, end - time.monotonic()))[0]:
            raise AssertionError(f"it does not serve: {said}")
        part = os.read(process.stdout.fileno(), 65536).decode()
        assert part, f"it ended: {said}"
        said += part
    return said


def _door(port):
    address = f"http://127.0.0.1:{port}/account/login/"
    for _ in range(100):
        try:
            with urllib.request.urlopen(address, timeout=30) as answer:
                return answer.status
        except ConnectionError:
            time.sleep(0.2)
    return None


@pytest.mark.skipif("DATABASE_URL" in os.environ, reason="the demonstration makes a space, not a test's database")
def test_the_first_time_fills_the_space_and_the_next_after_a_kill_finds_it(demo):
    process, port, said = demo(50)
    assert "making the world" in said
    assert "responder" in said
    assert _door(port) == 200
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()

    _, port, again = demo(50)
    assert "making the world" not in again
    assert _table(again) == _table(said)
    assert _door(port) == 200


def _table(said):
    """The rows of the first table."""
    lines = said[said.index("What the records say") :].splitlines()
    return [line for line in lines[1:14] if "│" in line]


def test_version():
    from typer.testing import CliRunner

    from palermo.cli import make_app

    said = CliRunner().invoke(make_app(), ["--version"])
    assert said.exit_code == 0
    assert said.stdout.startswith("palermo ")
