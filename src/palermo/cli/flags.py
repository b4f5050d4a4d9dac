"""``palermo flags``: the red flags that a ledger can show, and where several families of them meet."""

import json
from typing import Annotated, Any

import typer

from palermo.cli.ledger import Currency, Holders, LedgerFile, Threshold, opened

_SHOWN = 20


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("flags")(flags)


def flags(
    ledger: LedgerFile,
    threshold: Threshold = None,
    holders: Holders = None,
    currency: Currency = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Look for red flags of trafficking. An alert needs signs of several families; a person decides."""
    from palermo.prosecution.formats.flag_json import to_json
    from palermo.prosecution.methods.redflags import alerts, signs

    book, duty, people = opened(ledger, currency=currency, threshold=threshold, holders=holders)
    found = signs(book, duty=duty, holders=people)
    told = to_json(book, found, alerts(book, found))
    if as_json:
        typer.echo(json.dumps(told, ensure_ascii=False))
    else:
        _print(told)


def _print(told: dict[str, Any]) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    console = Console()
    table = Table(title=f"Alerts: {len(told['alerts'])} (signs of {told['families_needed']} families or more)")
    for name in ("Subject", "Families", "Signs", "To protect"):
        table.add_column(name)
    for alert in told["alerts"][:_SHOWN]:
        names = ", ".join(sorted({sign["flag"] for sign in alert["signs"]}))
        table.add_row(
            escape(alert["subject"]), ", ".join(alert["families"]), names, escape(", ".join(alert["protect"][:5]))
        )
    console.print(table)
    counts: dict[str, int] = {}
    for sign in told["signs"]:
        counts[sign["flag"]] = counts.get(sign["flag"], 0) + 1
    single = Table(title="Single signs, no alert by themselves")
    for name in ("Flag", "Found", "Sign", "Innocent where"):
        single.add_column(name)
    for name, count in counts.items():
        single.add_row(name, str(count), told["flags"][name]["sign"], told["flags"][name]["innocent"])
    console.print(single)
    console.print(f"{len(told['not_looked_for'])} red flags need data that a ledger does not have; --json says which.")
    console.print(told["caution"])
