"""``palermo flags``: the red flags that a ledger can show, and where several families of them meet."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from palermo.cli.ledger import Currency, Engine, Holders, LedgerFile, Master, Threshold, opened, working

_SHOWN = 20


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("flags")(flags)


def flags(
    ledger: LedgerFile,
    threshold: Threshold = None,
    holders: Holders = None,
    accounts: Annotated[
        Path | None,
        typer.Option("--accounts", help="Accounts: account, kind, sector, income, phone … (docs/redflags.md)."),
    ] = None,
    currency: Currency = None,
    engine: Engine = None,
    master: Master = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Look for red flags of trafficking. An alert needs signs of several families; a person decides.

    The more columns the ledger has (channel, purpose, place, terminal, reference), the more flags can be looked for.
    """
    told = (
        _large(engine, master, ledger, threshold=threshold, holders=holders, accounts=accounts, currency=currency)
        if engine
        else _here(ledger, threshold=threshold, holders=holders, accounts=accounts, currency=currency)
    )
    if as_json:
        typer.echo(json.dumps(told, ensure_ascii=False))
    else:
        _print(told)


def _large(engine: str, master: str, ledger: Path, *, holders: Path | None, **asked: Any) -> dict[str, Any]:
    from palermo.prosecution.formats.large.flags import flags_large
    from palermo.prosecution.formats.pattern_json import read_holders

    people = read_holders(holders) if holders else None
    with working(engine, master) as (at_work, tell):
        return flags_large(at_work, ledger, holders=people, tell=tell, **asked)


def _here(
    ledger: Path, *, threshold: str | None, holders: Path | None, accounts: Path | None, currency: str | None
) -> dict[str, Any]:
    from palermo.prosecution.formats.details import read_accounts, read_details
    from palermo.prosecution.formats.flag_json import to_json
    from palermo.prosecution.methods.redflags import alerts, make_book, signs, to_clarify

    book, duty, people = opened(ledger, currency=currency, threshold=threshold, holders=holders)
    full = make_book(book, read_details(ledger), read_accounts(accounts, book) if accounts else None)
    found = signs(book, duty=duty, holders=people, book=full)
    return to_json(book, found, alerts(book, found), doubtful=to_clarify(book, found), columns=full.columns)


def _print(told: dict[str, Any]) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    console = Console()
    table = Table(title=f"Alerts: {len(told['alerts'])} (signs of {told['families_needed']} families or more)")
    for name in ("Subject", "Role", "Families", "Signs", "To protect"):
        table.add_column(name)
    for alert in told["alerts"][:_SHOWN]:
        names = ", ".join(sorted({sign["flag"] for sign in alert["signs"]}))
        table.add_row(
            escape(alert["subject"]),
            alert["role"],
            ", ".join(alert["families"]),
            names,
            escape(", ".join(alert["protect"][:5])),
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
    console.print(
        f"{len(told['not_looked_for'])} red flags need columns or records that are not here; --json says which."
    )
    console.print(told["caution"])
