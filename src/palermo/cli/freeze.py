"""``palermo freeze`` and ``palermo restitution``: what to hold first, and who gets what was recovered."""

import json
from pathlib import Path
from typing import Annotated

import typer

from palermo.cli.ledger import Balances, Claims, Currency, claimed


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("freeze")(freeze)
    app.command("restitution")(restitution)


def freeze(
    ledger: Annotated[Path, typer.Argument(help="A ledger.")],
    from_: Annotated[list[str] | None, typer.Option("--from", help="Account whose payments are followed.")] = None,
    claims: Claims = None,
    balances: Balances = None,
    currency: Currency = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Accounts to freeze, by the claimed money still there, with how far the rules differ."""
    from palermo.prosecution.formats.ledger import read_ledger
    from palermo.prosecution.formats.order_json import freeze_json
    from palermo.prosecution.methods.freeze import freeze_list
    from palermo.prosecution.methods.tracing import Rule, trace

    if not (from_ or claims):
        raise typer.BadParameter("Say what to follow: --from ACCOUNT or --claims FILE.")
    book = read_ledger(ledger, balances=balances, currency=currency)
    asked = claimed(book, from_, claims)
    told = freeze_json(book, freeze_list([trace(book, asked, rule) for rule in Rule]))
    if as_json:
        typer.echo(json.dumps(told, ensure_ascii=False))
        return
    typer.echo(f"{'account':<30} {'sure':>15} {'most':>15} {'balance':>15} {'leaves a day':>15}")
    for line in told["accounts"]:
        figures = [line[name] for name in ("sure", "most", "balance", "leaving_a_day")]
        typer.echo(f"{line['account'][:30]:<30} " + " ".join(f"{figure:>15}" for figure in figures))
    typer.echo(told["means"])


def restitution(
    ledger: Annotated[Path, typer.Argument(help="A ledger.")],
    claims: Annotated[Path, typer.Option("--claims", help="What was lost: claim, id[, amount].")],
    recovered: Annotated[Path, typer.Option("--recovered", help="What was recovered: account, amount.")],
    way: Annotated[str, typer.Option("--way", help="pari-passu (by loss) or rolling (by what pro rata traces).")],
    balances: Balances = None,
    currency: Currency = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Share what was recovered among several victims, to the minor unit; the way is a choice of law."""
    from palermo.prosecution.formats.ledger import read_claims, read_ledger
    from palermo.prosecution.formats.order_json import restitution_json
    from palermo.prosecution.formats.orders import read_recovered
    from palermo.prosecution.methods.restitution import Way, by_loss, by_trace
    from palermo.prosecution.methods.tracing import Rule, trace

    if way not in list(Way):
        raise typer.BadParameter(f"{way!r} is no way; choose {' or '.join(Way)}.")
    book = read_ledger(ledger, balances=balances, currency=currency)
    asked = read_claims(claims, book)
    lost: dict[str, int] = {}
    for claim in asked:
        lost[claim.name] = lost.get(claim.name, 0) + claim.amount
    got = read_recovered(recovered, book)
    if way == Way.ROLLING:
        done = by_trace(trace(book, asked, Rule.PRO_RATA), got, lost)
    else:
        done = by_loss(sum(got.values()), lost)
    told = restitution_json(book, done)
    if as_json:
        typer.echo(json.dumps(told, ensure_ascii=False))
        return
    for one in told["claims"]:
        typer.echo(f"{one['claim']:<30} lost {one['lost']:>15} paid {one['paid']:>15} unpaid {one['unpaid']:>15}")
    typer.echo(f"due to no claim {told['surplus']}. {told['authority']}")
