"""`palermo worker`: background work of this space."""

import json
import os
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add `palermo worker`."""
    app.command("worker")(worker)


def worker(
    *,
    once: Annotated[bool, typer.Option("--once", help="Do all regular work and what waits, then stop.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object (with --once).")] = False,
) -> None:
    """Escalate, remind, check and keep the log's root, each at its time; do what verbs left for later."""
    if as_json and not once:
        raise typer.BadParameter("--json goes with --once.")
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "palermo.web.settings")
    django.setup()
    from palermo.office.domain.keyring import fit_for_work
    from palermo.web.database import prepare
    from palermo.web.worker import say, work, work_once

    prepare()
    fit_for_work()
    if not once:
        say("at work; stop with Ctrl+C")
        work()
        return
    results = work_once()
    if as_json:
        typer.echo(json.dumps(results))
    else:
        for name, result in results.items():
            typer.echo(f"{name}: {result}")
    if set(results.values()) != {"done"}:
        raise typer.Exit(1)
