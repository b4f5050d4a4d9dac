"""``palermo patterns``: shapes that payments make in time, with their rows and how much they may say."""

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from palermo.cli.ledger import Currency, Engine, Holders, LedgerFile, Master, Threshold, opened, working

if TYPE_CHECKING:
    from palermo.prosecution.methods.patterns import Pattern

_SHOWN = 10


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("patterns")(patterns)


def patterns(
    ledger: LedgerFile,
    kind: Annotated[list[str] | None, typer.Option("--kind", help="Only this kind; may be given again.")] = None,
    threshold: Threshold = None,
    holders: Holders = None,
    currency: Currency = None,
    engine: Engine = None,
    master: Master = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Find cycles, fans, scatter-gather, pass-through and other patterns. They are leads, never proof."""
    from palermo.prosecution.formats.pattern_json import read_holders, to_json
    from palermo.prosecution.methods.patterns import KINDS, find_patterns

    kinds = kind or tuple(KINDS)
    if engine:
        from palermo.prosecution.formats.large.patterns import patterns_large

        people = read_holders(holders) if holders else None
        with working(engine, master) as (at_work, tell):
            book, found = patterns_large(
                at_work, ledger, kinds=kinds, threshold=threshold, holders=people, currency=currency, tell=tell
            )
    else:
        book, limit, people = opened(ledger, currency=currency, threshold=threshold, holders=holders)
        found = find_patterns(book, kinds=kinds, threshold=limit, holders=people)
    if as_json:
        typer.echo(json.dumps(to_json(book, found), ensure_ascii=False))
        return
    _print(to_json(book, found, most=_SHOWN), found)


def _print(told: dict[str, Any], found: "dict[str, list[Pattern]]") -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    console = Console()
    for kind, instances in found.items():
        table = Table(title=f"{told['kinds'][kind]['title']}: {len(instances)}")
        for name in ("Account", "Amount", "Strength", "Why"):
            table.add_column(name, justify="right" if name == "Amount" else "left")
        for one in (one for one in told["patterns"] if one["kind"] == kind):
            table.add_row(escape(one["account"]), one["amount"], one["strength"], escape(one["why"]))
        if instances:
            console.print(table)
    console.print("Leads, never proof: --json gives for each what is innocent and what would refute it.")
