"""`palermo db …`: the database server of this installation."""

import json
from typing import Annotated, Any

import typer

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


def register(app: typer.Typer) -> None:
    """Add the group `db`."""
    group = typer.Typer(help="Start, stop and look at the database server.", no_args_is_help=True)
    group.command("start")(start)
    group.command("stop")(stop)
    group.command("status")(status)
    app.add_typer(group, name="db")


def start(*, as_json: Json = False) -> None:
    """Start the embedded server and wait until it answers; it stays when this command ends."""
    from palermo.web.database import ensure_running
    from palermo.web.database.status import status as state_of

    ensure_running()
    _show(state_of(), as_json=as_json)


def stop(*, as_json: Json = False) -> None:
    """Stop the embedded server; nothing that was saved is lost."""
    from palermo.web.database.status import stop as stop_server

    stopped = stop_server()
    if as_json:
        typer.echo(json.dumps({"stopped": stopped}))
    else:
        typer.echo("The database server is stopped." if stopped else "The database server was not running.")


def status(*, as_json: Json = False) -> None:
    """Say which server this is, whether it runs, and which spaces it holds."""
    from palermo.web.database.status import status as state_of

    _show(state_of(), as_json=as_json)


def _show(state: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(state))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table("what", "value", title="Database server")
    spaces = state.pop("spaces")
    for name, value in state.items():
        table.add_row(name, "–" if value is None else str(value))
    for name, size in spaces.items():
        table.add_row(f"space {name}", "not made yet" if size is None else f"{size / 1e6:.1f} MB")
    Console().print(table)
