"""``palermo goaml``: a report for a financial intelligence unit, in its codes, held to its schema."""

import json
from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("goaml")(goaml)


def goaml(
    investigation: Annotated[Path, typer.Argument(help="An exported investigation (JSON, docs/goaml.md).")],
    profile: Annotated[str, typer.Option("--profile", help="A profile's name, or a TOML file of your unit.")],
    out: Annotated[Path, typer.Option("--out", help="The XML file to write.")],
    schema: Annotated[Path | None, typer.Option("--schema", help="The XSD that your unit gave you.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Write a goAML report; with --schema nothing is written that does not keep it. Victims are never subjects."""
    from palermo.prosecution.formats.goaml import make_report, read_investigation, read_profile, validate

    case = read_investigation(investigation)
    report = make_report(case, read_profile(profile))
    if schema:
        validate(report, schema)
    out.write_bytes(report)
    told = {
        "out": str(out),
        "profile": profile,
        "transactions": len(case["transactions"]),
        "validated": schema is not None,
    }
    if as_json:
        typer.echo(json.dumps(told))
        return
    held = f"kept {schema.name}" if schema else "not validated: give --schema before you submit it"
    typer.echo(f"{told['transactions']} transactions in {out}; {held}.")
