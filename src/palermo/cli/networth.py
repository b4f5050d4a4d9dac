"""``palermo networth`` and ``palermo deposits``: unexplained means, which need no tracing."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from palermo.cli.ledger import Currency


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("networth")(networth)
    app.command("deposits")(deposits)


def networth(
    items: Annotated[Path, typer.Argument(help="CSV or Parquet with part, name, period, amount.")],
    currency: Annotated[str, typer.Option("--currency", help="Of all amounts.")] = "EUR",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Means that known income does not explain, by period: net worth, and source and application of funds."""
    from palermo.prosecution.formats.order_json import net_worth_json
    from palermo.prosecution.formats.orders import read_items
    from palermo.prosecution.methods.means import net_worth

    told = net_worth_json(net_worth(read_items(items, currency)), currency)
    if as_json:
        typer.echo(json.dumps(told, ensure_ascii=False))
        return
    for period in told["periods"]:
        typer.echo(
            f"{period['period']}: net worth {period['net_worth']} {currency}, unexplained {period['unexplained']}"
        )
    _checks(told)


def deposits(
    ledger: Annotated[Path, typer.Argument(help="A ledger.")],
    of: Annotated[list[str], typer.Option("--of", help="An account of the person; give all of them.")],
    income: Annotated[str, typer.Option("--income", help="Known lawful income of the time of the ledger.")],
    not_income: Annotated[
        list[str] | None, typer.Option("--not-income", help="Id of a row that is a loan, gift or refund.")
    ] = None,
    cash_spent: Annotated[str, typer.Option("--cash-spent", help="Known spending in cash.")] = "0",
    currency: Currency = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Deposits that known income does not explain (bank-deposits method)."""
    from palermo.prosecution.formats.amount import one_amount
    from palermo.prosecution.formats.ledger import read_ledger
    from palermo.prosecution.formats.order_json import deposits_json
    from palermo.prosecution.methods.means import bank_deposits

    book = read_ledger(ledger, currency=currency)
    known, spent = (
        one_amount(text, book.currency, where=name)
        for text, name in ((income, "--income"), (cash_spent, "--cash-spent"))
    )
    found = bank_deposits(book, of, income=known, not_income=not_income or [], cash_spent=spent)
    told = deposits_json(book, found)
    if as_json:
        typer.echo(json.dumps(told, ensure_ascii=False))
        return
    for name in ("deposits", "own", "not_income", "net", "cash_spent", "receipts", "income", "unexplained"):
        typer.echo(f"{name.replace('_', ' '):<12} {told[name]:>18}")
    _checks(told)


def _checks(told: dict[str, Any]) -> None:
    for line in told["before_you_conclude"]:
        typer.echo(f"  {line}")
