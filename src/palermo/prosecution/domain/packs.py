"""The bytes of what leaves: evidence file, goAML report, entities, workbook. Read nothing but what may leave."""

import hashlib
import hmac
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import polars as pl
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from palermo.office import clock, keys
from palermo.office.models import Agency
from palermo.prosecution.domain.export import InvestigationExport, gathered
from palermo.prosecution.domain.goaml_case import goaml_case
from palermo.prosecution.enums import ExportKind
from palermo.prosecution.formats.evidence import Origin, Question, make_pack, sign
from palermo.prosecution.formats.evidence.asked import command_of, words_of
from palermo.prosecution.formats.ftm import entities, lines
from palermo.prosecution.formats.goaml import make_report, read_profile
from palermo.prosecution.formats.ledger import ledger_of
from palermo.prosecution.formats.orders import exchanges_of
from palermo.prosecution.formats.rates import rates_of
from palermo.prosecution.formats.rows_out import safe, xlsx_bytes
from palermo.prosecution.methods.ledger import Ledger
from palermo.prosecution.methods.tracing import Rule, Sharing
from palermo.prosecution.methods.tracing.claims import payments_of_all
from palermo.prosecution.models import Export, Investigation
from palermo.prosecution.queries.books import names_in
from palermo.prosecution.queries.leaving import Leaving, leaving_of
from palermo.ui.documents import settled
from palermo.vocabulary.errors import Refusal

LEDGER, OPENING, EXCHANGES, RATES = "ledger.parquet", "opening.csv", "exchanges.csv", "rates.csv"
#: File → what the report calls it, as `palermo evidence make` does.
ROLES = {LEDGER: "ledger", OPENING: "opening balances", EXCHANGES: "exchanges", RATES: "rates"}


def file_of(export: Export, asked: Mapping[str, Any]) -> bytes:
    """The file that was asked for.

    Raises:
        Refusal: it cannot be made of what there is.
    """
    if export.kind == ExportKind.GOAML:
        return goaml_of(gathered(export.investigation), asked)
    leaving = leaving_of(export.investigation)
    if export.kind == ExportKind.ROWS:
        return xlsx_bytes(_rows(leaving))
    if export.kind == ExportKind.ENTITIES:
        return _entities(export.investigation, leaving)
    return evidence_of(leaving, asked, agency=export.agency)


def goaml_of(found: InvestigationExport, asked: Mapping[str, Any]) -> bytes:
    """A goAML report as XML, dated today, by the profile that was asked for."""
    case = goaml_case(found, asked, day=clock.now().date().isoformat())
    return make_report(case, read_profile(str(asked["profile"])))


def _rows(leaving: Leaving) -> Iterator[Sequence[str]]:
    """Every row of every currency with its place in an item of evidence."""
    yield (
        "id", "time", "source", "target", "amount", "currency", "text", "item", "line", "sha256", "to be protected",
    )  # fmt: skip
    for row in leaving.rows.sort("time", "id").iter_rows(named=True):
        sides = [side for side in ("source", "target") if row[side] in leaving.protected]
        texts = (row["source"] or "", row["target"] or "", str(row["amount"]), row["currency"], row["text"])
        yield (
            safe(row["id"]), row["time"].isoformat(), *map(safe, texts), row["file"], str(row["line"]), row["sha256"],
            ", ".join(sides),
        )  # fmt: skip


def _entities(investigation: Investigation, leaving: Leaving) -> bytes:
    """FollowTheMoney entities as JSON lines, one ledger a currency; suspects and witnesses own their accounts."""
    found = gathered(investigation, leaving)
    holders = {account: one.name for one in (*found.subjects, *found.witnesses) for account in one.accounts}
    told: dict[str, None] = {}
    for unit in sorted(set(leaving.rows["currency"])):
        ledger = _ledger(leaving, _in_units(leaving, [unit], {"through_unproven": True}), unit)
        mine = [name for name in ledger.accounts if name in holders]
        known = pl.DataFrame({"account": mine, "holder": [holders[name] for name in mine]})
        protect = [name for name in ledger.accounts if name in leaving.protected]
        dataset = f"{investigation.code}-{unit}"
        told |= dict.fromkeys(lines(entities(ledger, known if mine else None, protect=protect, dataset=dataset)))
    return "".join(f"{line}\n" for line in told).encode()


def _in_units(leaving: Leaving, units: Sequence[str], asked: Mapping[str, Any]) -> pl.DataFrame:
    """The rows of some currencies as they go into the file, each with its row there as a spreadsheet counts.

    Accounts that are not proven are outside, unless asked otherwise. The line of the statement is a row's origin.
    """
    rows = leaving.rows.filter(pl.col("currency").is_in(units)).sort("time", "id")
    if not asked.get("through_unproven"):
        closed = [pl.col("currency").eq(unit) & pl.col("side").is_in(leaving.closed.get(unit, [])) for unit in units]
        shut = pl.any_horizontal(closed)
        for side in ("source", "target"):
            cut = rows.with_columns(side=pl.col(side)).select(
                pl.when(shut).then(None).otherwise(pl.col(side)).alias(side)
            )
            rows = rows.with_columns(cut[side])
        rows = rows.filter(pl.col("source").is_not_null() | pl.col("target").is_not_null())
    return rows.with_columns(row=pl.int_range(2, rows.height + 2, dtype=pl.Int64))


def _ledger(leaving: Leaving, rows: pl.DataFrame, currency: str) -> Ledger:
    """The ledger of one currency as `palermo evidence make` reads it from the files in the evidence file.

    Accounts whose statements nobody holds open with just enough never to be overdrawn.
    """
    numbered = rows.filter(pl.col("currency") == currency).with_columns(line=pl.col("row")).drop("row")
    names = set(names_in(numbered))
    opening = {name: minor for (name, unit), minor in leaving.opening.items() if unit == currency and name in names}
    ledger = ledger_of(numbered, currency=currency, opening=opening).funded()
    all_known = {name: int(ledger.opening[code]) for code, name in enumerate(ledger.accounts)}
    return ledger_of(numbered, currency=currency, opening=all_known)


def _split(text: str) -> list[list[str]]:
    """What a person wrote, one thing a line, its parts apart by spaces, commas or semicolons."""
    return [re.split(r"[\s,;]+", line.strip()) for line in text.splitlines() if line.strip()]


def _csv(header: str, lines: Iterable[Sequence[str]]) -> bytes:
    quoted = (",".join('"' + cell.replace('"', '""') + '"' for cell in line) for line in lines)
    return "".join(f"{line}\n" for line in (header, *quoted)).encode()


def _numbered(lines: Sequence[Sequence[str]], parts: int, where: str) -> Iterator[tuple[Any, ...]]:
    for n, line in enumerate(lines, 2):
        if len(line) != parts:
            raise Refusal(f"a line has not {parts} parts", where=where, remedy="One a line, the parts apart by spaces.")
        yield (n, *line)


def evidence_of(leaving: Leaving, asked: Mapping[str, Any], *, agency: Agency) -> bytes:
    """An archive of report, rows, findings, signed manifest, and the files to make all of it again.

    Args:
        leaving: what may leave.
        asked: `accounts`, `currency`, `through_unproven`; and, to follow claims through changes of currency,
            `exchanges` (a line: id of the payment out, of the payment in) and `rates` (a line: date, from, to, rate).
        agency: whose key signs.
    """
    changes, dated = _split(asked.get("exchanges", "")), _split(asked.get("rates", ""))
    units = sorted(set(leaving.rows["currency"])) if changes else [asked["currency"]]
    rows = _in_units(leaving, units, asked)
    ledgers = {unit: _ledger(leaving, rows, unit) for unit in units}
    accounts = [leaving.labels.get(name, name) for name in asked["accounts"]]
    moment = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    columns = ["id", "time", "source", "target", "amount", "currency", "text", "file", "line", "sha256"]
    parquet = io.BytesIO()
    rows.select(columns).write_parquet(parquet, compression="zstd")
    opening = [
        (name, book.text(int(book.opening[code])), *([unit] if changes else []))
        for unit, book in ledgers.items()
        for code, name in enumerate(book.accounts)
    ]
    inputs = {LEDGER: parquet.getvalue(), OPENING: _csv(f"account,amount{',currency' if changes else ''}", opening)}
    inputs |= {EXCHANGES: _csv("sold,bought", changes)} if changes else {}
    inputs |= {RATES: _csv("date,from,to,rate", dated)} if changes and dated else {}
    question = Question(
        {unit: payments_of_all(book, [name for name in accounts if name in set(book.accounts)])
         for unit, book in ledgers.items()},
        list(Rule),
        Sharing.RATEABLE,
        "Tracing report",
        words_of(accounts),
        command_of(LEDGER, accounts=accounts, balances=OPENING, exchanges=EXCHANGES if changes else "",
                   rates=RATES if RATES in inputs else "", moment=moment.date().isoformat()),
        moment,
        exchanges_of(_numbered(changes, 2, "exchanges"), ledgers, where="exchanges"),
        rates_of(_numbered(dated, 4, "rates"), where="rates"),
    )  # fmt: skip
    origins = {
        row_id: Origin(item, sha256, line)
        for row_id, item, sha256, line in rows.select("id", "file", "sha256", "line").iter_rows()
    }
    pack = make_pack(ledgers, question, {f"{ROLES[name]}: {name}": data for name, data in inputs.items()}, origins)
    pack["manifest.sig"], pack["public-key.pem"] = sign(pack["manifest.json"], signing_key(agency))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in sorted((pack | inputs).items()):
            archive.writestr(name, data)
    return settled(out.getvalue(), moment=moment)


def signing_key(agency: Agency) -> Ed25519PrivateKey:
    """The agency's own key for evidence files, drawn from the space's secret: the same while the key file lives."""
    secret = bytes.fromhex(keys.read_keys(settings.PALERMO_KEYS).passes)
    return Ed25519PrivateKey.from_private_bytes(
        hmac.digest(secret, f"evidence file {agency.pk}".encode(), hashlib.sha256)
    )
