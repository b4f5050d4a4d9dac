"""``palermo ledger import``: statements of several banks become one ledger, proven and without doubles."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from palermo.prosecution.formats.large.engine import Engine as Engine_
    from palermo.prosecution.methods.ledger import Ledger
    from palermo.prosecution.methods.tracing import Claim

#: What every command that reads a ledger takes.
LedgerFile = Annotated[Path, typer.Argument(help="CSV or Parquet with id, time, source, target, amount, currency.")]
Threshold = Annotated[
    str | None, typer.Option("--threshold", help="The reporting duty of your country (default 10000).")
]
Holders = Annotated[
    Path | None, typer.Option("--holders", help="Who holds what: account, holder, kind, value (phone, address …).")
]
Currency = Annotated[str | None, typer.Option("--currency", help="Which one, if there are several.")]
Balances = Annotated[Path | None, typer.Option("--balances", help="Opening balances: account, amount.")]
Claims = Annotated[Path | None, typer.Option("--claims", help="Claims on payments: claim, id[, amount].")]

Opening = Annotated[
    str,
    typer.Option("--opening", help="Accounts without an opening balance: nought, or enough never to be overdrawn."),
]
Exchanges = Annotated[
    Path | None, typer.Option("--exchanges", help="Changes of currency that statements record: sold, bought (ids).")
]
Rates = Annotated[Path | None, typer.Option("--rates", help="Dated rates to check them by: date, from, to, rate.")]


Engine = Annotated[
    str | None,
    typer.Option(
        "--engine",
        help="For ledgers larger than memory: duckdb, or spark (Parquet, a folder of it, or CSV with commas).",
    ),
]
Master = Annotated[str, typer.Option("--master", help="Which Spark: local[2], spark://host:7077 …")]


@contextmanager
def working(name: str, master: str) -> "Iterator[tuple[Engine_, Callable[[str], None]]]":
    """An engine, and how to tell what it does."""
    from rich.console import Console

    from palermo.prosecution.formats.large.engine import engine

    if master and name != "spark":
        raise typer.BadParameter("--master goes with --engine spark.")
    with Console(stderr=True).status(f"{name} begins") as status, engine(name, master=master) as opened_engine:
        yield opened_engine, lambda said: status.update(f"{name}: {said}")


def check_options(opening: str, exchanges: Path | None, rates: Path | None, currency: str | None) -> None:
    """Refuse what does not go together in a trace or an evidence file."""
    if opening not in ("nought", "enough"):
        raise typer.BadParameter("--opening takes nought or enough.")
    if rates and not exchanges:
        raise typer.BadParameter("--rates goes with --exchanges.")
    if exchanges and currency:
        raise typer.BadParameter("--exchanges goes without --currency.")


def opened(
    ledger: Path, *, currency: str | None, threshold: str | None, holders: Path | None
) -> "tuple[Ledger, int | None, Any]":
    """The ledger in one currency, the reporting duty in its minor units, and who holds what; None where not given."""
    from palermo.prosecution.formats.amount import one_amount
    from palermo.prosecution.formats.ledger import read_ledger
    from palermo.prosecution.formats.pattern_json import read_holders

    book = read_ledger(ledger, currency=currency)
    limit = one_amount(threshold, book.currency, where="--threshold") if threshold else None
    return book, limit, read_holders(holders) if holders else None


def claimed(book: "Ledger", accounts: "list[str] | None", claims: Path | None) -> "list[Claim]":
    """What a command is told to follow: all payments of the accounts, then the claims of the file."""
    from palermo.prosecution.formats.ledger import read_claims
    from palermo.prosecution.methods.tracing.claims import payments_of_all

    return payments_of_all(book, accounts or []) + (read_claims(claims, book) if claims else [])


def register(app: typer.Typer) -> None:
    """Add the group `ledger`."""
    group = typer.Typer(help="Make a ledger of bank statements.", no_args_is_help=True)
    group.callback()(lambda: None)
    group.command("import")(import_statements)
    group.command("export")(export)
    group.command("parties")(parties)
    app.add_typer(group, name="ledger")


def parties(
    ledger: Annotated[Path, typer.Argument(help="A ledger.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Which accounts and counterparties are one party, and why; likely ones are only suggested."""
    from dataclasses import asdict

    from palermo.prosecution.formats.table import read_table
    from palermo.prosecution.methods.parties import resolve

    frame = read_table(ledger, ("source", "target"), optional=("party",))
    keys = {key for side in ("source", "target") for key in frame[side].drop_nulls().unique()}
    found, likely = resolve(keys)
    joined = [asdict(one) for one in found if len(one.keys) > 1 or one.bank]
    told = {"keys": len(keys), "parties": len(found), "joined": joined, "suggested": [asdict(one) for one in likely]}
    if as_json:
        typer.echo(json.dumps(told, ensure_ascii=False))
        return
    typer.echo(f"{len(keys)} keys are {len(found)} parties.")
    for one in found:
        for reason in one.reasons:
            typer.echo(f"  {reason}")
    for two in likely:
        typer.echo(f"  Perhaps one: {two.left} and {two.right} ({two.reason})")


def export(
    ledger: Annotated[Path, typer.Argument(help="A ledger.")],
    out: Annotated[Path, typer.Option("--out", help="A .csv or .xlsx file to write.")],
    currency: Currency = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Write every row for a spreadsheet, which shows it and never runs it: all cells are text."""
    from palermo.prosecution.formats.details import read_details
    from palermo.prosecution.formats.ledger import read_ledger
    from palermo.prosecution.formats.rows_out import write_rows

    book = read_ledger(ledger, currency=currency)
    write_rows(book, out, read_details(ledger))
    told = {"out": str(out), "rows": len(book)}
    typer.echo(json.dumps(told) if as_json else f"{len(book)} rows in {out}.")


def import_statements(
    files: Annotated[list[Path], typer.Argument(help="CSV, XLSX, camt.052/053/054, MT940/942 or OFX files.")],
    out: Annotated[Path, typer.Option("--out", help="Where the ledger goes, as Parquet.")],
    balances: Annotated[
        Path | None, typer.Option("--balances", help="Where opening balances go, as CSV for `palermo trace`.")
    ] = None,
    columns: Annotated[
        list[str] | None, typer.Option("--map", help="FIELD=COLUMN where a CSV's columns are not guessed right.")
    ] = None,
    account: Annotated[str, typer.Option("--account", help="Whose statement a CSV is, if it does not say.")] = "",
    currency: Annotated[str, typer.Option("--currency", help="A CSV's currency, if it does not say.")] = "",
    dates: Annotated[str, typer.Option("--dates", help="dmy, mdy or ymd, if the dates do not tell.")] = "",
    decimal: Annotated[str, typer.Option("--decimal", help="The mark before decimals, if the sums do not tell.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Read statements of any bank into one ledger. If one file is refused, nothing is written."""
    import polars as pl

    from palermo.prosecution.formats.statements import FIELDS, Reading, combine, read_statements
    from palermo.prosecution.methods.minor_units import as_text

    chosen = dict(pair.split("=", 1) for pair in columns or [] if "=" in pair)
    if len(chosen) != len(columns or []) or not set(chosen) <= set(FIELDS):
        raise typer.BadParameter(f"--map takes FIELD=COLUMN with a field of {', '.join(FIELDS)}.")
    if dates not in ("", "dmy", "mdy", "ymd") or decimal not in ("", ".", ","):
        raise typer.BadParameter("--dates takes dmy, mdy or ymd; --decimal takes a point or a comma.")
    reading = Reading(chosen, account, currency.upper(), dates, decimal)
    done = combine([statement for file in files for statement in read_statements(file, reading)])
    done.rows.write_parquet(out)
    if balances:
        rows = [(name, as_text(minor, unit), unit) for name, unit, minor in done.opening]
        pl.DataFrame(rows, schema=["account", "amount", "currency"], orient="row").write_csv(balances)
    told = {
        "out": str(out),
        "rows": done.rows.height,
        "accounts": done.accounts,
        "duplicates_left_out": done.duplicates,
        "transfers_seen_from_both_sides": done.merged,
        "gaps": done.gaps,
        "not_proven": [one["account"] for one in done.accounts if not one["proven"]],
    }
    if as_json:
        typer.echo(json.dumps(told, ensure_ascii=False))
        return
    typer.echo(f"{done.rows.height} rows of {len(done.accounts)} accounts in {out}.")
    for one in done.accounts:
        proof = "proven" if one["proven"] else "NOT proven: its balances do not show that nothing is missing"
        typer.echo(f"  {one['account']} {one['currency']}: {one['entries']} entries, {proof}")
    for gap in done.gaps:
        typer.echo(f"  Gap: {gap}")
