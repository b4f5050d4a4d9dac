"""``palermo goaml``: a report for a financial intelligence unit, in its codes, held to its schema."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from palermo.cli import write_file


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("goaml")(goaml)


def goaml(
    investigation: Annotated[
        str, typer.Argument(help="An exported investigation (JSON, docs/goaml.md), or one of the records: id or code.")
    ],
    profile: Annotated[str, typer.Option("--profile", help="A profile's name, or a TOML file of your unit.")],
    out: Annotated[Path, typer.Option("--out", help="The XML file to write.")],
    schema: Annotated[Path | None, typer.Option("--schema", help="The XSD that your unit gave you.")] = None,
    username: Annotated[str, typer.Option("--as", help="Sign-in name of the investigator, for records.")] = "",
    details: Annotated[
        Path | None, typer.Option("--details", help="For records: who reports and why (JSON); else as last said.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Write a goAML report; with --schema nothing is written that does not keep it. Victims are never subjects."""
    from palermo.prosecution.formats.goaml import make_report, read_investigation, read_profile, validate

    ways = read_profile(profile)
    path = Path(investigation)
    if path.suffix == ".json" or path.exists():
        case = read_investigation(path)
    else:
        case = _of_records(investigation, username, details)
    report = make_report(case, ways)
    if schema:
        validate(report, schema)
    write_file(out, report)
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


def _of_records(name: str, username: str, details: Path | None) -> dict[str, Any]:
    """An investigation out of the records, as a member of its desk; the log says that it was exported."""
    from palermo.web.enter import enter_space

    enter_space()
    from palermo.office import clock
    from palermo.office.domain.acting import acting_as
    from palermo.prosecution.domain.export import export_investigation
    from palermo.prosecution.domain.goaml_case import goaml_case
    from palermo.prosecution.domain.hand import investigator
    from palermo.prosecution.queries.investigations import investigation_named
    from palermo.prosecution.queries.leaving import last_said

    said = _said(details) if details else None
    member = investigator(username=username)
    with acting_as(member):
        found = investigation_named(name)
        known = said if said is not None else last_said(found)
        exported = export_investigation(member=member, investigation=found)
        return goaml_case(exported, known, day=clock.now().date().isoformat())


def _said(path: Path) -> dict[str, Any]:
    from palermo.vocabulary.errors import Refusal

    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError):
        found = None
    if not isinstance(found, dict):
        raise Refusal("This is no JSON object.", where=str(path), remedy="See docs/goaml.md, “From records”.")
    return found
