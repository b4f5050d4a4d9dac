"""A world on disk: one Parquet file a table, the truth in a folder of its own, and a manifest with digests."""

import json
from hashlib import sha256
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from palermo import __version__
from palermo.vocabulary.errors import Refusal
from palermo.world.world import World


def write_world(world: World, directory: Path) -> dict[str, str]:
    """Write ``NAME.parquet`` for each table, ``truth/NAME.parquet`` for the truth, and ``world.json``.

    Returns:
        The SHA-256 of each Parquet file by its path within ``directory``; they are in ``world.json`` too.

    Raises:
        Refusal: the directory cannot be written, or holds something that is not a world.
    """
    tables = {f"{name}.parquet": table for name, table in world.tables.items()}
    tables |= {f"truth/{name}.parquet": table for name, table in world.truth.items()}
    _prepare(directory)
    digests = {}
    for name, table in tables.items():
        _write(table, directory / name)
        digests[name] = sha256((directory / name).read_bytes()).hexdigest()
    manifest = {"palermo": __version__, "simulated": True, "parameters": world.parameters, "files": digests}
    (directory / "world.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    return digests


def _prepare(directory: Path) -> None:
    try:
        (directory / "truth").mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refusal("The directory cannot be made.", where=str(directory), remedy="Choose another place.") from error
    others = [path.name for path in directory.iterdir() if path.name not in ("truth", "world.json")]
    if any(not name.endswith(".parquet") for name in others):
        raise Refusal(
            "The directory holds other files.", where=str(directory), remedy="Give an empty directory or an old world."
        )


def _write(table: pa.Table, path: Path) -> None:
    pq.write_table(table, path, compression="zstd", row_group_size=1 << 17)
