"""`palermo partnership …`: to bring an office's records in, and the commitments that come with Palermo."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer


def register(app: typer.Typer) -> None:
    """Add the group `partnership`."""
    group = typer.Typer(help="The co-ordinator's desk.", no_args_is_help=True)
    group.command("import")(import_file)
    group.command("commitments")(load)
    app.add_typer(group, name="partnership")


def import_file(
    file: Annotated[Path, typer.Argument(help="A file of records (TOML); see docs/rooms/partnership/import.md.")],
    *,
    office: Annotated[str, typer.Option(help="Agency that keeps them; by default the one that the file names.")] = "",
    clearance: Annotated[
        str, typer.Option(help="Who may read what is new: office, organisation or public.")
    ] = "office",
    update: Annotated[bool, typer.Option(help="Take the file also where kept records differ from it.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Import the records of one year: events, projects, publications, donors, and figures as declared."""
    from palermo.partnership.formats.records_file import read_records
    from palermo.vocabulary.errors import Refusal

    try:
        with file.open("rb") as stream:
            data = stream.read(1_000_001)  # one byte more than is read, so that a large file says so
    except OSError as error:
        raise Refusal("the file cannot be read", where=str(file), remedy="Check its name and your rights.") from error
    found = read_records(data, file=file.name)
    from palermo.web.enter import enter_space

    enter_space(make=True)
    from palermo.office.domain.acting import acting_as
    from palermo.office.models import Member
    from palermo.partnership.domain.desk import desk_of
    from palermo.partnership.domain.imports import import_records

    with acting_as(desk_of(name=office or str(found.office["name"]), found=not office)) as desk:
        assert desk.member is not None
        done = import_records(member=desk.member, file=found, update=update, clearance=clearance)
        said: dict[str, Any] = {
            "office": desk.member.agency.name,
            "year": done.year,
            "new": dict(sorted(done.new.items())),
            "changed": dict(sorted(done.changed.items())),
            "same": dict(sorted(done.same.items())),
            "written": done.written,
            "differences": done.differences,
            "members": Member.objects.filter(agency=desk.member.agency, kind=Member.Kind.PERSON).count(),
        }
    if as_json:
        typer.echo(json.dumps(said, ensure_ascii=False))
    else:
        _tell(said)
    if not done.written:
        raise typer.Exit(1)


def load(
    *,
    office: Annotated[str, typer.Option(help="Agency that keeps them.")],
    clearance: Annotated[str, typer.Option(help="Who may read them: office, organisation or public.")] = "public",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Enter the commitments that come with Palermo, each with its grade; what an office has corrected stays."""
    from palermo.web.enter import enter_space

    enter_space(make=True)
    from palermo.office.domain.acting import acting_as
    from palermo.partnership.domain.commitments import load_commitments
    from palermo.partnership.domain.desk import desk_of

    with acting_as(desk_of(name=office, found=False)) as desk:
        assert desk.member is not None
        new = load_commitments(member=desk.member, clearance=clearance)
        said = {"office": desk.member.agency.name, "new": new}
    typer.echo(json.dumps(said, ensure_ascii=False) if as_json else f"{said['office']}: {new} new")


def _tell(said: dict[str, Any]) -> None:
    typer.echo(f"{said['year']}, kept by {said['office']}")
    for kind in sorted({*said["new"], *said["changed"], *said["same"]}):
        parts = [f"{said[word].get(kind, 0)} {word}" for word in ("new", "changed", "same") if said[word].get(kind)]
        typer.echo(f"  {kind}: {', '.join(parts)}")
    for one in said["differences"]:
        typer.echo(f"  {one['kind']} {one['record']}, {one['field']}: “{one['kept']}” → “{one['file']}”", err=True)
    if not said["members"]:
        typer.echo(
            f"Nobody signs in for {said['office']} yet, so no page shows these records. Enrol a protocol officer "
            "(`palermo member`), or name the agency that keeps them with --office.",
            err=True,
        )
    if not said["written"]:
        typer.echo(
            "palermo: nothing was changed: the file differs from what is kept; give --update to take its values.",
            err=True,
        )
