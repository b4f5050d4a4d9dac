"""`palermo audit …`: whether the access log is whole, and the line to keep outside."""

import json
from pathlib import Path
from typing import Annotated

import typer

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


def register(app: typer.Typer) -> None:
    """Add the group `audit`."""
    group = typer.Typer(help="Prove that the access log of the current space is whole.", no_args_is_help=True)
    group.command("verify")(verify)
    group.command("root")(root)
    group.command("reach")(reach)
    app.add_typer(group, name="audit")


def verify(
    *,
    against: Annotated[
        Path | None, typer.Option(help="File with a line of `palermo audit root` to compare with.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Walk every agency's chain; exit 1 and name the first broken line, if one is."""
    from palermo.web.enter import enter_space

    enter_space()
    from palermo.office.domain.audit import verify_log

    verdict = verify_log(against=_last_line(against) if against else "")
    if as_json:
        typer.echo(json.dumps({"lines": verdict.lines, "ok": verdict.ok, "first_broken": verdict.first_broken}))
    elif verdict.ok:
        typer.echo(f"The access log is whole: {verdict.lines:,} lines in {len(verdict.heads)} chains.")
    else:
        typer.echo(f"The access log is broken at {verdict.first_broken}.")
    if not verdict.ok:
        raise typer.Exit(1)


def _last_line(path: Path) -> str:
    from palermo.vocabulary.errors import Refusal

    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise Refusal("cannot be read", where=str(path), remedy="Name the file with the kept lines.") from error
    return next((line for line in reversed(lines) if line.strip()), "")


def root(*, as_json: Json = False) -> None:
    """Print today's line: keep it where nobody who works on the database can write."""
    from palermo.web.enter import enter_space

    enter_space()
    from django.utils import timezone

    from palermo.office.domain.audit import daily_root

    line = daily_root(day=timezone.now().date())
    if as_json:
        day, lines, value, *_ = line.split()
        typer.echo(json.dumps({"day": day, "lines": int(lines), "root": value, "line": line}))
    else:
        typer.echo(line)


def reach(*, as_json: Json = False) -> None:
    """List who reaches what without an owner, a standing disclosure or an emergency opening; exit 1 if anybody does."""
    from palermo.web.enter import enter_space

    enter_space()
    from palermo.office.domain.reach import check_reach

    found = check_reach()
    if as_json:
        rows = [{"agency": str(row.agency_id), "object": str(row.object_id), "kind": row.kind} for row in found]
        typer.echo(json.dumps({"ok": not found, "unexplained": rows}))
    else:
        for row in found:
            typer.echo(
                f"Agency {row.agency_id} reaches {row.kind} {row.object_id} by {row.ground!r}: nothing explains it."
            )
        typer.echo(f"{len(found)} unexplained.")
    if found:
        raise typer.Exit(1)
