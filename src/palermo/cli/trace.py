"""``palermo trace``: where did the money go, under each rule that a court may apply?"""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from palermo.cli.ledger import (
    Balances,
    Claims,
    Currency,
    Engine,
    Exchanges,
    Master,
    Opening,
    Rates,
    check_options,
    claimed,
    working,
)

if TYPE_CHECKING:
    from palermo.prosecution.methods.ledger import Ledger
    from palermo.prosecution.methods.tracing import Claim, Rule, Sharing

METHODS = ("fifo", "lifo", "pro-rata", "pari-passu", "poison", "direct", "lowest-balance")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("trace")(trace)


def trace(
    ledger: Annotated[Path, typer.Argument(help="CSV or Parquet with id, time, source, target, amount, currency.")],
    from_: Annotated[
        list[str] | None, typer.Option("--from", help="Account whose payments are followed; may be given again.")
    ] = None,
    method: Annotated[str, typer.Option("--method", help=f"{', '.join(METHODS)} or all.")] = "all",
    balances: Balances = None,
    claims: Claims = None,
    back: Annotated[
        str | None, typer.Option("--back", help="Instead, where did the money of this row come from (FIFO reversed)?")
    ] = None,
    sharing: Annotated[
        str, typer.Option("--sharing", help="Lowest balance, several claims: rateable or oldest-first.")
    ] = "rateable",
    currency: Currency = None,
    outside: Annotated[
        list[str] | None, typer.Option("--outside", help="Account to count as outside (a shop, a cash sink).")
    ] = None,
    opening: Opening = "nought",
    exchanges: Exchanges = None,
    rates: Rates = None,
    most_paths: Annotated[int, typer.Option("--paths", help="How many paths to show at most; 0 shows all.")] = 1000,
    engine: Engine = None,
    master: Master = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Trace money through mixed accounts, forwards under every rule or backwards from one payment."""
    from rich.console import Console

    from palermo.prosecution.formats.findings import way_back
    from palermo.prosecution.formats.ledger import read_ledger, read_ledgers
    from palermo.prosecution.methods.tracing.backwards import origins

    rules, share = _rules(method), _sharing(sharing)
    if not (from_ or claims or back):
        raise typer.BadParameter("Say what to follow: --from ACCOUNT, --claims FILE or --back ROW.")
    check_options(opening, exchanges, rates, currency)
    if exchanges and (back or outside):
        raise typer.BadParameter("--exchanges goes without --back and --outside.")
    if engine and (back or exchanges):
        raise typer.BadParameter("--engine goes without --back and --exchanges.")
    if engine:
        from palermo.prosecution.formats.large.tracing import Question, trace_large

        asked = Question(
            ledger,
            from_ or [],
            claims,
            balances,
            currency,
            outside or [],
            opening == "enough",
            rules,
            share,
            most_paths,
        )
        with working(engine, master) as (at_work, tell):
            told = trace_large(at_work, asked, tell=tell)
        _print(told, as_json=as_json)
        return
    if exchanges:
        books = read_ledgers(ledger, balances=balances)
        if opening == "enough":
            books = {unit: one.funded() for unit, one in books.items()}
        _print(_currencies(books, exchanges, rates, from_ or [], claims, rules, share), as_json=as_json)
        return
    with Console(stderr=True).status(f"reading {ledger.name}"):
        book = read_ledger(ledger, balances=balances, currency=currency)
    if outside:
        book = book.outside(outside)
    if opening == "enough":
        book = book.funded()
    if back is not None:
        row = book.row_of(back)
        _print(way_back(book, row, origins(book, row)), as_json=as_json)
        return
    _print(_results(book, claimed(book, from_, claims), rules, share, most_paths), as_json=as_json)


def _rules(method: str) -> "list[Rule]":
    from palermo.prosecution.methods.tracing import Rule

    if method not in (*METHODS, "all"):
        raise typer.BadParameter(f"{method!r} is no method; choose {', '.join(METHODS)} or all.")
    return list(Rule) if method == "all" else [Rule(method)]


def _sharing(name: str) -> "Sharing":
    from palermo.prosecution.methods.tracing import Sharing

    if name not in list(Sharing):
        raise typer.BadParameter(f"{name!r} is no way of sharing; choose {' or '.join(Sharing)}.")
    return Sharing(name)


def _results(
    book: "Ledger", asked: "list[Claim]", rules: "list[Rule]", share: "Sharing", most_paths: int
) -> dict[str, Any]:
    from rich.console import Console

    from palermo.prosecution.formats.findings import all_rules, one_rule
    from palermo.prosecution.methods.tracing import trace as follow
    from palermo.prosecution.methods.tracing.order import span

    traces, results = [], []
    with Console(stderr=True).status("") as status:
        for rule in rules:
            status.update(f"{rule.value}: {len(book):,} rows, {len(asked):,} claimed payments")
            found = follow(book, asked, rule, sharing=share)
            traces.append(found)
            open_order = span(book, asked, rule, sharing=share) if asked else None
            results.append(one_rule(found, asked, open_order, most_paths=most_paths))
    return all_rules(results, traces) if len(rules) > 1 else results[0]


def _currencies(
    books: "dict[str, Ledger]",
    exchanges: Path,
    rates: Path | None,
    from_: list[str],
    claims: Path | None,
    rules: "list[Rule]",
    share: "Sharing",
) -> dict[str, Any]:
    """Claims through every currency of the ledger; one method or all that tell amounts."""
    from palermo.prosecution.formats.findings import one_rule
    from palermo.prosecution.formats.ledger import claims_by_currency
    from palermo.prosecution.formats.order_json import rate_json
    from palermo.prosecution.formats.orders import read_exchanges, read_rates
    from palermo.prosecution.methods.tracing import Rule
    from palermo.prosecution.methods.tracing.exchange import check_rates, trace_currencies

    changes = read_exchanges(exchanges, books)
    asked = claims_by_currency(books, from_, claims)
    told: dict[str, Any] = {"method": "all" if len(rules) > 1 else rules[0].value, "currencies": sorted(books)}
    told["exchanges"] = rate_json(books, check_rates(books, changes, read_rates(rates) if rates else {}), percent=5)
    told["results"] = []
    for rule in [rule for rule in rules if len(rules) == 1 or rule is not Rule.POISON]:
        found = trace_currencies(books, asked, changes, rule, sharing=share)
        told["results"] += [one_rule(found[unit], asked.get(unit, []), None, most_paths=100) for unit in sorted(books)]
    return told


def _print(result: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(result, ensure_ascii=False))
        return
    from rich.console import Console

    from palermo.prosecution.formats.terminal import tables

    console = Console()
    for one in result["results"] if "exchanges" in result else [result]:
        for part in tables(one):
            console.print(part)
