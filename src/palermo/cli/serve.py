"""`palermo serve`: the site of the current space on this machine."""

from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add `palermo serve`."""
    app.command("serve")(serve)


def serve(*, port: Annotated[int, typer.Option(help="Where the site is served, at 127.0.0.1.")] = 8000) -> None:
    """Prepare the current space and serve its site (PALERMO_SPACE=real for real records)."""
    from palermo.web.enter import enter_space
    from palermo.web.serve import open_port
    from palermo.web.serve import serve as serve_site

    listener = open_port(port)
    enter_space(make=True)
    typer.echo(f"The site is at http://127.0.0.1:{port}/ — stop it with Ctrl+C; nothing is lost.", err=True)
    serve_site(listener)
