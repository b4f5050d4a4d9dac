"""``palermo screen``: a file of answers becomes presumptions with their reasons."""

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from palermo.protection.formats.screening_file import ScreenedFile

SHOWN_PROBLEMS = 20


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("screen")(screen)


def screen(
    file: Annotated[Path, typer.Argument(help="Answers as CSV or Parquet, or the CSV export of the HTCDS form.")],
    out: Annotated[
        Path, typer.Option("--out", help="Where the result of each person goes, as CSV; not the file read.")
    ],
    strengths: Annotated[
        Path | None, typer.Option("--strengths", help="Your own strengths of indicators, see docs/screening.md.")
    ] = None,
    keep_good: Annotated[bool, typer.Option("--keep-good", help="Leave out rows that cannot be read.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the counts as one JSON object.")] = False,
) -> None:
    """Screen the people in a file: presumption, dimensions and reasons for each."""
    # Reading, screening and writing have a thread each; more threads inside a product only wait for one another.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

    from palermo.protection.formats.screening_file import screen_file, spare
    from palermo.protection.methods.scheme import default_scheme, make_scheme
    from palermo.vocabulary.indicators import load_indicators

    if strengths:
        spare(strengths, out)
    scheme = make_scheme(load_indicators(strengths)) if strengths else default_scheme()
    done = screen_file(file, out, scheme=scheme, keep_good=keep_good)
    _tell_problems(done)
    if as_json:
        print(json.dumps(_summary(done, out)))  # noqa: T201 -- the contract: one object on standard output
    else:
        _print_table(done, out)


def _summary(done: "ScreenedFile", out: Path) -> dict[str, object]:
    return {
        **done.counts,
        "people": sum(done.counts.values()),
        "children": done.children,
        "forms": done.forms,
        "without_consent": done.without_consent,
        "left_out": len(done.problems),
        "out": str(out),
    }


def _tell_problems(done: "ScreenedFile") -> None:
    for problem in done.problems[:SHOWN_PROBLEMS]:
        column = f", column {problem.column}" if problem.column else ""
        print(f"Left out: row {problem.row}{column}: {problem.message} Expected {problem.expected}.", file=sys.stderr)  # noqa: T201
    if len(done.problems) > SHOWN_PROBLEMS:
        print(f"… and {len(done.problems) - SHOWN_PROBLEMS} more rows left out.", file=sys.stderr)  # noqa: T201


def _print_table(done: "ScreenedFile", out: Path) -> None:
    from rich.console import Console
    from rich.table import Table

    people = sum(done.counts.values())
    table = Table("presumption", "people", "share", title=f"{people} people screened, {done.children} as children")
    for column in table.columns[1:]:
        column.justify = "right"
    for presumption, number in done.counts.items():
        table.add_row(presumption.replace("_", " "), str(number), f"{number / people:.1%}" if people else "–")
    console = Console()
    console.print(table)
    forms = ", ".join(f"{form.replace('_', ' ')} {number}" for form, number in done.forms.items())
    if forms:
        console.print(f"Presumed, by the form that the answers point to most: {forms}.")
    if done.without_consent:
        console.print(f"{done.without_consent} left out: no consent.")
    console.print(f"Each person's reasons are in {out}. No result closes a door: a person confirms or overrides it.")
