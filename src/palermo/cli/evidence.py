"""``palermo evidence make | verify | key``, and what else leaves the room: ``palermo ftm``."""

import json
from pathlib import Path
from typing import Annotated

import typer

from palermo.cli import write_file
from palermo.cli.ledger import Balances, Claims, Currency, Exchanges, Opening, Rates, check_options, claimed


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(help="Evidence files that a stranger can make again.", no_args_is_help=True)
    group.command("make")(make)
    group.command("verify")(check)
    group.command("key")(key)
    app.add_typer(group, name="evidence")
    app.command("ftm")(ftm)


def make(
    ledger: Annotated[Path, typer.Argument(help="A ledger.")],
    moment: Annotated[str, typer.Option("--moment", help="The day it is made, e.g. 2026-02-01; no clock is asked.")],
    out: Annotated[Path, typer.Option("--out", help="A new directory for the file.")],
    from_: Annotated[list[str] | None, typer.Option("--from", help="Account whose payments are followed.")] = None,
    claims: Claims = None,
    balances: Balances = None,
    title: Annotated[str, typer.Option("--title", help="Title of the report.")] = "Tracing report",
    signing_key: Annotated[Path | None, typer.Option("--key", help="Ed25519 private key (PEM) to sign with.")] = None,
    currency: Currency = None,
    opening: Opening = "nought",
    exchanges: Exchanges = None,
    rates: Rates = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Trace under every rule and write report.pdf, rows.csv, findings.json and a manifest, signed if there is a key."""
    import datetime as dt

    from palermo.prosecution.formats.evidence import Question, make_pack, sign
    from palermo.prosecution.formats.evidence.asked import ENOUGH, command_of, words_of
    from palermo.prosecution.formats.evidence.sign import read_key
    from palermo.prosecution.formats.ledger import claims_by_currency, read_ledger, read_ledgers, read_origins
    from palermo.prosecution.formats.orders import read_exchanges, read_rates
    from palermo.prosecution.methods.tracing import Rule, Sharing
    from palermo.vocabulary.errors import Refusal

    if not (from_ or claims):
        raise typer.BadParameter("Say what to follow: --from ACCOUNT or --claims FILE.")
    check_options(opening, exchanges, rates, currency)
    try:
        when = dt.datetime.fromisoformat(moment)
    except ValueError:
        raise typer.BadParameter("--moment takes a date like 2026-02-01.") from None
    if out.is_file():
        raise Refusal("There is a file of that name.", where=str(out), remedy="Give a new directory.")
    if out.exists() and any(out.iterdir()):
        raise Refusal("The directory is not empty.", where=str(out), remedy="Give a new one: nothing is overwritten.")
    private = read_key(signing_key) if signing_key else None
    if exchanges:
        books = read_ledgers(ledger, balances=balances)
    else:
        only = read_ledger(ledger, balances=balances, currency=currency)
        books = {only.currency: only}
    if opening == "enough":
        books = {unit: book.funded() for unit, book in books.items()}
    changes = read_exchanges(exchanges, books) if exchanges else []
    asked = (
        claims_by_currency(books, from_ or [], claims)
        if exchanges
        else {unit: claimed(book, from_, claims) for unit, book in books.items()}
    )
    files = {"ledger": ledger, "claims": claims, "opening balances": balances, "exchanges": exchanges, "rates": rates}
    inputs = {f"{role}: {file.name}": file.read_bytes() for role, file in files.items() if file}
    names = {"claims": claims, "balances": balances, "exchanges": exchanges, "rates": rates}
    given = {option: file.name if file else "" for option, file in names.items()}
    given["opening"] = opening if opening == "enough" else ""
    command = command_of(ledger.name, accounts=from_ or [], moment=moment, **given)
    moment_known = when if when.tzinfo else when.replace(tzinfo=dt.UTC)
    words = words_of(from_ or [], given["claims"])
    question = Question(
        asked, list(Rule), Sharing.RATEABLE, title, words, command, moment_known, changes,
        read_rates(rates) if rates else {}, [ENOUGH] if opening == "enough" else [],
    )  # fmt: skip
    pack = make_pack(books, question, inputs, read_origins(ledger))
    if private:
        pack["manifest.sig"], pack["public-key.pem"] = sign(pack["manifest.json"], private)
    out.mkdir(parents=True, exist_ok=True)
    for name, data in pack.items():
        write_file(out / name, data)
    told = {"out": str(out), "files": sorted(pack), "signed": private is not None}
    typer.echo(json.dumps(told) if as_json else f"{len(pack)} files in {out}{', signed' if private else ''}.")


def check(
    folder: Annotated[Path, typer.Argument(help="An evidence file.")],
    public: Annotated[Path | None, typer.Option("--key", help="The signer's public key, known from elsewhere.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Check every file against the manifest, and the manifest against its signature. Exit 1 if anything differs."""
    import hashlib

    from palermo.prosecution.formats.evidence import verify
    from palermo.vocabulary.errors import Refusal

    try:
        raw = (folder / "manifest.json").read_bytes()
        listed = json.loads(raw)["outputs"]
        differ = [
            one["file"] for one in listed
            if hashlib.sha256((folder / Path(one["file"]).name).read_bytes()).hexdigest() != one["sha256"]
        ]  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError):
        raise Refusal("This is no whole evidence file.", where=str(folder)) from None
    key_file = public or folder / "public-key.pem"
    signed = (folder / "manifest.sig").exists() and key_file.exists()
    good = signed and verify(raw, (folder / "manifest.sig").read_bytes(), key_file.read_bytes())
    told = {"files": len(listed), "differ": differ, "signed": signed, "signature_good": good}
    if differ or (signed and not good) or (public and not good):
        what = f"{', '.join(differ)} differ" if differ else "the signature is not by that key"
        raise Refusal(f"The evidence file is not as it was made: {what}.", where=str(folder))
    said = "signature good" if good else "not signed"
    typer.echo(json.dumps(told) if as_json else f"{len(listed)} files are as they were made; {said}.")


def key(
    out: Annotated[Path, typer.Option("--out", help="A new file for the private key.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Make a signing key (Ed25519); it is written readable by you alone."""
    import os

    from palermo.prosecution.formats.evidence import new_key
    from palermo.vocabulary.errors import Refusal

    try:
        handle = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise Refusal(f"The key cannot be written ({error.strerror}).", where=str(out)) from None
    with os.fdopen(handle, "wb") as file:
        file.write(new_key())
    typer.echo(json.dumps({"out": str(out)}) if as_json else f"Private key in {out}: keep it as you keep a seal.")


def ftm(
    ledger: Annotated[Path, typer.Argument(help="A ledger.")],
    out: Annotated[Path, typer.Option("--out", help="The file of JSON lines to write.")],
    accounts: Annotated[
        Path | None, typer.Option("--accounts", help="Accounts: account, holder, kind, phone …")
    ] = None,
    protect: Annotated[
        list[str] | None, typer.Option("--protect", help="Account of a person to be protected: never named.")
    ] = None,
    currency: Currency = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Write FollowTheMoney entities for Aleph; held to the model where the library is installed (palermo[aleph])."""
    from importlib.util import find_spec

    from palermo.prosecution.formats.details import read_accounts
    from palermo.prosecution.formats.ftm import entities, lines
    from palermo.prosecution.formats.ledger import read_ledger

    book = read_ledger(ledger, currency=currency)
    for name in protect or []:
        book.code(name)
    known = read_accounts(accounts, book) if accounts else None
    written = "".join(f"{line}\n" for line in lines(entities(book, known, protect=protect or [], dataset=ledger.stem)))
    write_file(out, written.encode())
    told = {"out": str(out), "entities": written.count("\n"), "checked": find_spec("followthemoney") is not None}
    typer.echo(json.dumps(told) if as_json else f"{told['entities']} entities in {out}.")
