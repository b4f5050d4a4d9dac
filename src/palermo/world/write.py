"""A world on disk: one Parquet file a table, the truth in a folder of its own, and a manifest with digests.

Answers are written as an agency would hand them in: in words, with the age that decides the path, so that
``palermo screen`` reads the file as it is.
"""

import json
from hashlib import sha256
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from palermo import __version__
from palermo.vocabulary.errors import Refusal
from palermo.world.answers import CODES
from palermo.world.world import World


def write_world(world: World, directory: Path) -> dict[str, str]:
    """Write ``NAME.parquet`` for each table, ``truth/NAME.parquet`` for the truth, and ``world.json``.

    The answers are written as :func:`answers_in_words`.

    Returns:
        The SHA-256 of each Parquet file by its path within ``directory``; they are in ``world.json`` too.

    Raises:
        Refusal: the directory cannot be written, or holds anything beside an earlier world.
    """
    tables = {f"{name}.parquet": table for name, table in world.tables.items()}
    tables |= {f"truth/{name}.parquet": table for name, table in world.truth.items()}
    for stage in ("answers", "answers_interview"):
        tables[f"{stage}.parquet"] = answers_in_words(world, stage)
    earlier = check_place(directory)
    _prepare(directory, earlier)
    digests = {}
    for name, table in tables.items():
        _write(table, directory / name, words=name.startswith("answers"))
        digests[name] = sha256((directory / name).read_bytes()).hexdigest()
    manifest = {"palermo": __version__, "simulated": True, "parameters": world.parameters, "files": digests}
    (directory / "world.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    return digests


def answers_in_words(world: World, stage: str = "answers") -> pa.Table:
    """A table of answers as a file for screening: ``person_id``, ``age`` (null: not sure), ``yes no not_known``.

    Args:
        world: any world.
        stage: ``answers`` (at intake) or ``answers_interview``.
    """
    people, answers = world.tables["people"], world.tables[stage]
    age = pc.if_else(people["age_known"], people["age"], pa.scalar(None, pa.int16()))
    columns = {"person_id": answers["person_id"], "age": age}
    for item in answers.column_names[1:]:
        columns[item] = pa.DictionaryArray.from_arrays(answers[item].combine_chunks(), list(CODES))
    return pa.table(columns)


def check_place(directory: Path) -> list[Path]:
    """Look whether a world may be written to a directory; nothing is changed yet.

    Returns:
        The files of the earlier world that stand there and are replaced; none for a new or empty directory.

    Raises:
        Refusal: it is no directory, or holds anything beside a whole world that we wrote (by its ``world.json``).
    """
    if not directory.exists():
        return []
    try:
        found = [path for path in directory.rglob("*") if path != directory / "truth" or path.is_symlink()]
    except OSError as error:
        raise Refusal("The directory cannot be read.", where=str(directory), remedy="Choose another place.") from error
    if not directory.is_dir() or {str(path.relative_to(directory)) for path in found} - _files_of_a_world(directory):
        raise Refusal(
            "This is no empty directory, nor one that holds an earlier world and nothing else.",
            where=str(directory),
            remedy="Choose another place, or take out what you need and delete it.",
        )
    return found


def _files_of_a_world(directory: Path) -> set[str]:
    try:
        manifest = json.loads((directory / "world.json").read_text(encoding="utf-8"))
        ours = bool(manifest["palermo"]) and manifest["simulated"] is True
        return {"world.json", *manifest["files"]} if ours else set()
    except (OSError, ValueError, KeyError, TypeError):
        return set()


def _prepare(directory: Path, earlier: list[Path]) -> None:
    try:
        (directory / "truth").mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refusal("The directory cannot be made.", where=str(directory), remedy="Choose another place.") from error
    # Its manifest goes first and the new one comes last: without it a world is not whole.
    for path in sorted(earlier, key=lambda path: path.name != "world.json"):
        path.unlink()


def _write(table: pa.Table, path: Path, *, words: bool) -> None:
    """``words``: leave Arrow's own schema out, so that every reader sees plain text and no dictionaries."""
    pq.write_table(table, path, compression="zstd", row_group_size=1 << 17, store_schema=not words)
