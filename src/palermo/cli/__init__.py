"""`palermo …`: one file a command group; a command imports what it needs when it runs."""

import importlib
import os
import pkgutil
import sys
from pathlib import Path
from typing import Annotated

import typer

from palermo.vocabulary.errors import Refusal

#: Exit codes: 0 done, 1 refused with one clear error, 2 wrong usage.
REFUSED = 1


def _version(*, asked: bool) -> None:
    if asked:
        from importlib.metadata import PackageNotFoundError, version

        try:
            typer.echo(f"palermo {version('palermo')}")
        except PackageNotFoundError:
            typer.echo("palermo (from a checkout that is not installed)")
        raise typer.Exit


def _whole(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=lambda asked: _version(asked=asked), is_eager=True, help="Say which.")
    ] = False,
) -> None:
    """Palermo: the working system of a co-ordinated response to trafficking in human beings."""


def file_bytes(path: Path) -> bytes:
    """What a file holds, for a command that was given its name."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise Refusal("The file cannot be read.", where=str(path), remedy="Check the name.") from error


def write_file(path: Path, data: bytes) -> None:
    """Write what a command made where it was told to."""
    try:
        path.write_bytes(data)
    except OSError as error:
        raise Refusal("The file cannot be written.", where=str(path), remedy="Check folder and rights.") from error


def make_app() -> typer.Typer:
    """The command line with every group of this folder, in the order of their names."""
    app = typer.Typer(
        help="Palermo: the working system of a co-ordinated response to trafficking in human beings.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    app.callback()(_whole)
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}").register(app)
    return app


def main() -> None:
    """Run a command; a refusal is one error on standard error and exit 1."""
    try:
        make_app()()
    except Refusal as refusal:
        sys.stderr.write(f"palermo: {refusal}\n")
        _leave(REFUSED)
        sys.exit(REFUSED)
    except SystemExit as end:
        _leave(end.code if isinstance(end.code, int) else int(end.code is not None))
        raise


def _leave(code: int) -> None:
    """End at once where a thread that Python cannot join would take an ending Python down with SIGABRT.

    Files are closed by then and what was said is flushed, so nothing is lost; elsewhere Python ends as it always does.
    """
    rows = sys.modules.get("palermo.protection.formats.csv_rows")
    if rows is not None and rows.still_reading():
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
