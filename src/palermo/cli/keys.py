"""`palermo keys …`: the keys of the current space."""

import json
from typing import Annotated

import typer

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


def register(app: typer.Typer) -> None:
    """Add the group `keys`."""
    group = typer.Typer(help="Make, turn and check the keys that seal identities.", no_args_is_help=True)
    group.command("make")(make)
    group.command("rotate")(rotate)
    group.command("check")(check)
    app.add_typer(group, name="keys")


def make(*, as_json: Json = False) -> None:
    """Make the space and its key file; where they are and fit, nothing changes."""
    from palermo.web.enter import enter_space

    enter_space(make=True)
    _say(
        "The keys fit the space. Back them up apart from the database; without them no identity opens.", as_json=as_json
    )


def rotate(*, as_json: Json = False) -> None:
    """Seal everything anew with a new key and drop the old one; safe to run again after a fault."""
    from palermo.web.enter import enter_space

    enter_space()
    from palermo.office.domain.keyring import rotate_keys

    turned = rotate_keys()
    _say(f"{turned:,} sealed values were sealed anew. Back the key file up now.", as_json=as_json, sealed_anew=turned)


def check(*, as_json: Json = False) -> None:
    """Say whether the key file fits the space; exit 1 if not."""
    from palermo.web.enter import enter_space

    enter_space()
    _say("The keys fit the space.", as_json=as_json)


def _say(words: str, *, as_json: bool, **figures: int) -> None:
    from django.conf import settings

    if as_json:
        typer.echo(json.dumps({"ok": True, "keys": str(settings.PALERMO_KEYS), **figures}))
    else:
        typer.echo(f"{words}\n{settings.PALERMO_KEYS}")
