"""`palermo encode`: what an agency runs on its own machine, so that no name leaves it."""

import json
import os
import secrets
from pathlib import Path
from typing import Annotated

import typer

from palermo.cli import file_bytes, write_file
from palermo.vocabulary.errors import Refusal


def register(app: typer.Typer) -> None:
    """Add `encode` to the command line."""
    app.command()(encode)


def encode(
    file: Annotated[Path | None, typer.Argument(help="CSV or Parquet of one agency, with names.")] = None,
    key: Annotated[Path | None, typer.Option(help="The key file of the study, the same for all agencies.")] = None,
    out: Annotated[Path | None, typer.Option(help="Where the hashes go (Parquet), to be handed over.")] = None,
    new_key: Annotated[Path | None, typer.Option(help="Make a key file for a new study, and nothing else.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Turn a list into keyed hashes of several normalised keys; `palermo link` links such files without the key."""
    if new_key is not None:
        report = _made(new_key)
    elif file is None or key is None or out is None:
        raise typer.BadParameter("give a list, --key and --out; or --new-key alone")
    else:
        report = _encoded(file, key, out)
    typer.echo(json.dumps(report) if as_json else "\n".join(f"{name}: {value}" for name, value in report.items()))


def _made(place: Path) -> dict[str, object]:
    from palermo.prevention.methods.linkage import key_id

    secret = secrets.token_bytes(32)
    try:
        with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as handle:
            handle.write(secret.hex() + "\n")
    except OSError as error:
        raise Refusal(
            "The key file cannot be made.", where=str(place), remedy="Name a file that is not there yet."
        ) from error
    return {"key": str(place), "key_id": key_id(secret)}


def _secret(place: Path) -> bytes:
    try:
        return bytes.fromhex(file_bytes(place).decode("ascii").strip())
    except ValueError as error:
        raise Refusal(
            "It is not a key file.", where=str(place), remedy="Make one with palermo encode --new-key."
        ) from error


def _encoded(file: Path, key: Path, out: Path) -> dict[str, object]:
    from palermo.prevention.formats.hashes import write_hashes
    from palermo.prevention.formats.records import read_records
    from palermo.prevention.methods import linkage
    from palermo.prevention.methods.linkage.hashed import KEYS

    if out.resolve() == file.resolve():
        raise Refusal("The list would be overwritten.", where=str(out), remedy="Name another file.")
    records = linkage.standardise(read_records(file_bytes(file), name=file.name), source=file.stem)
    sent = linkage.hashed(records, secret=_secret(key))
    write_file(out, write_hashes(sent))
    return {
        "records": sent.height,
        "sources": sorted(sent["source"].unique().to_list()),
        "key_id": sent["key_id"][0],
        "hashes": {name: sent.height - sent[name].null_count() for name in KEYS},
        "out": str(out),
    }
