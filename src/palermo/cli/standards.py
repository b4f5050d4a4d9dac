"""`palermo standards`: cases in HTCDS, the CTDC columns or IC-TIP, checked and carried over."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from palermo.cli import file_bytes, write_file
from palermo.vocabulary.errors import Refusal

if TYPE_CHECKING:
    from palermo.vocabulary.standards import Concept

As = Annotated[str, typer.Option("--as", help="htcds, ctdc-2021, ctdc-2024 or ic-tip.")]
Own = Annotated[Path | None, typer.Option(help="Your own table of concepts (TSV), such as one with IC-TIP filled in.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


def register(app: typer.Typer) -> None:
    """Add `standards` to the command line."""
    group = typer.Typer(help="Cases in HTCDS, the CTDC columns or IC-TIP.", no_args_is_help=True)
    group.command("check")(check)
    group.command("convert")(convert)
    group.command("table")(table)
    app.add_typer(group, name="standards")


def check(
    file: Annotated[Path, typer.Argument(help="CSV or Parquet of cases.")],
    as_: As,
    concepts: Own = None,
    as_json: AsJson = False,
) -> None:
    """Read a file as a standard and print every cell that does not fit, one line each; exit 1 if there is one."""
    from palermo.prevention.formats.standards import read_standard
    from palermo.vocabulary.standards import load_standard

    standard = load_standard(as_, _own(concepts))
    found = read_standard(file_bytes(file), standard, name=file.name)
    if as_json:
        report = {
            "standard": standard.title,
            "records": found.frame.height,
            "columns": found.frame.columns,
            "ignored": found.ignored,
            "problems": [asdict(problem) for problem in found.problems],
        }
        typer.echo(json.dumps(report, ensure_ascii=False))
    else:
        for problem in found.problems:
            typer.echo(f"{file.name}, {problem}")
        for title in found.ignored:
            print(f"Not of {standard.title}, left out: {title}", file=sys.stderr)  # noqa: T201
    if found.problems:
        raise Refusal(
            f"{len(found.problems)} cells do not fit {standard.title}.", where=file.name, remedy="Correct them."
        )


def convert(
    file: Annotated[Path, typer.Argument(help="CSV or Parquet of cases.")],
    from_: Annotated[str, typer.Option("--from", help="Its standard.")],
    to: Annotated[str, typer.Option(help="The standard wanted.")],
    out: Annotated[Path, typer.Option(help="Where the CSV goes.")],
    concepts: Own = None,
    as_json: AsJson = False,
) -> None:
    """Carry cases from one standard to another, and tell what could not be carried."""
    from palermo.prevention.formats.standards import read_standard, write_standard
    from palermo.prevention.methods.crosswalk import convert as carry
    from palermo.vocabulary.standards import load_standard

    own = _own(concepts)
    source, target = load_standard(from_, own), load_standard(to, own)
    read = read_standard(file_bytes(file), source, name=file.name)
    if read.problems:
        raise Refusal(
            f"{read.problems[0]} ({len(read.problems)} such cells)",
            where=file.name,
            remedy=f"See them all with `palermo standards check {file.name} --as {from_}`.",
        )
    made = carry(read.frame, source, target, concepts=own)
    write_file(out, write_standard(made.frame, target))
    report = {
        "records": made.frame.height,
        "file": str(out),
        "ignored": read.ignored,
        "lost": [asdict(loss) for loss in made.lost],
    }
    if as_json:
        typer.echo(json.dumps(report, ensure_ascii=False))
        return
    typer.echo(f"{made.frame.height:,} records to {out}.")
    for loss in made.lost:
        said = f"{loss.column}={loss.code}" if loss.code else loss.column
        typer.echo(f"lost: {said} of {loss.records:,} records. {loss.why}")


def table(out: Annotated[Path, typer.Option(help="Where the table (TSV) goes.")]) -> None:
    """Write the table of concepts that ships, to fill in the column ic-tip or to change what is ours."""
    from importlib.resources import files

    text = files("palermo.vocabulary").joinpath("data", "standards", "concepts.tsv").read_bytes()
    write_file(out, text)


def _own(concepts: Path | None) -> "tuple[Concept, ...] | None":
    from palermo.vocabulary.standards import read_concepts

    return read_concepts(concepts) if concepts else None
