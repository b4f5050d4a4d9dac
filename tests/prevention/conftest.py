"""Where the shared reference data lies, and how a table of it is read."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from palermo.prevention.formats.lists import read_lists
from palermo.prevention.methods.estimation import Lists

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def shared() -> Path:
    place = Path(os.environ.get("PALERMO_SHARED", ROOT.parent / "shared"))
    if not (place / "data").is_dir():
        pytest.skip("The shared test data is not here; set PALERMO_SHARED to where it lies.")
    return place / "data"


@pytest.fixture(scope="session")
def published(shared: Path) -> Callable[[str], Lists]:
    """A published table of capture histories by its name."""
    return lambda name: read_lists((shared / "mse" / f"{name}.csv").read_bytes(), name=name)
