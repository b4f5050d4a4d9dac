"""Database clusters to break, and the state folders they lie in."""

import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest

from palermo.web.database.cluster import Cluster
from palermo.web.database.launcher import stop


@contextmanager
def state_folder():
    """An empty state folder. pytest's own tmp_path is closed to the account that runs the database under root."""
    shelf = Path(os.environ["PALERMO_STATE"]).parent
    shelf.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=shelf, prefix="t"))
    yield folder
    stop(Cluster(folder))
    shutil.rmtree(folder)


@pytest.fixture
def state():
    with state_folder() as folder:
        yield folder


@pytest.fixture(scope="module")
def lasting_state():
    with state_folder() as folder:
        yield folder
