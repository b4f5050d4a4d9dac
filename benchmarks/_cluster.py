"""A PostgreSQL of a measurement's own, and what it and this process have used."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(CHECKOUT / "src"))


@contextmanager
def own_state() -> Iterator[Path]:
    """An empty state folder in the simulated space; its server is stopped and the folder removed at the end."""
    from palermo.web.database.cluster import Cluster
    from palermo.web.database.launcher import stop
    from palermo.web.database.state import scratch_directory

    shelf = scratch_directory(CHECKOUT).parent
    shelf.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=shelf, prefix="b"))
    os.environ |= {
        "PALERMO_STATE": str(folder),
        "PALERMO_SPACE": "simulated",
        "DJANGO_SETTINGS_MODULE": "palermo.web.settings",
    }
    os.environ.pop("DATABASE_URL", None)
    try:
        yield folder
    finally:
        stop(Cluster(folder))
        shutil.rmtree(folder, ignore_errors=True)


def server_seconds() -> float:
    """CPU-seconds of the embedded server since its start: its processes, and those that have ended."""
    from palermo.web.database import server

    cluster = server().embedded
    assert cluster is not None
    postmaster = cluster.postmaster()
    assert postmaster is not None
    ended = postmaster.cpu_times()
    used = [process.cpu_times() for process in cluster.processes()]
    return ended.children_user + ended.children_system + sum(t.user + t.system for t in used)
