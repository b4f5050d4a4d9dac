"""The bytes of what leaves: evidence file, goAML report, entities, workbook. Read nothing but what may leave."""

import hashlib
import hmac
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
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
from palermo.prosecution.formats.rows_out import safe, xlsx_bytes
from palermo.prosecution.methods.ledger import Ledger
from palermo.prosecution.methods.tracing import Rule, Sharing
from palermo.prosecution.methods.tracing.claims import payments_of_all
from palermo.prosecution.models import Export, Investigation
from palermo.prosecution.queries.leaving import Leaving, leaving_of
from palermo.ui.documents import settled

LEDGER, OPENING = "ledger.parquet", "opening.csv"


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
        ledger, _ = _ledger(leaving, unit, {"through_unproven": True})
        mine = [name for name in ledger.accounts if name in holders]
        known = pl.DataFrame({"account": mine, "holder": [holders[name] for name in mine]})
        protect = [name for name in ledger.accounts if name in leaving.protected]
        dataset = f"{investigation.code}-{unit}"
        told |= dict.fromkeys(lines(entities(ledger, known if mine else None, protect=protect, dataset=dataset)))
    return "".join(f"{line}\n" for line in told).encode()


def _ledger(leaving: Leaving, currency: str, asked: Mapping[str, Any]) -> tuple[Ledger, pl.DataFrame]:
    """The ledger of one currency as `palermo evidence make` reads it from the files in the evidence file, and its rows.

    Accounts that are not proven are outside, unless asked otherwise; accounts whose statements nobody holds open with
    just enough never to be overdrawn.
    """
    rows = leaving.rows.filter(pl.col("currency") == currency).sort("time", "id")
    if not asked.get("through_unproven"):
        closed = leaving.closed.get(currency, [])
        sides = [
            pl.when(pl.col(side).is_in(closed)).then(None).otherwise(pl.col(side)).alias(side)
            for side in ("source", "target")
        ]
        rows = rows.with_columns(sides).filter(pl.col("source").is_not_null() | pl.col("target").is_not_null())
    # The row of the file that goes with it, as a spreadsheet counts; the line of the statement is its origin.
    numbered = rows.with_columns(line=pl.int_range(2, rows.height + 2, dtype=pl.Int64))
    names = set(rows["source"].drop_nulls()) | set(rows["target"].drop_nulls())
    opening = {name: minor for (name, unit), minor in leaving.opening.items() if unit == currency and name in names}
    ledger = ledger_of(numbered, currency=currency, opening=opening).funded()
    all_known = {name: int(ledger.opening[code]) for code, name in enumerate(ledger.accounts)}
    return ledger_of(numbered, currency=currency, opening=all_known), rows


def evidence_of(leaving: Leaving, asked: Mapping[str, Any], *, agency: Agency) -> bytes:
    """An archive of report, rows, findings, signed manifest, and the two files to make all of it again."""
    ledger, rows = _ledger(leaving, asked["currency"], asked)
    accounts = [leaving.labels.get(name, name) for name in asked["accounts"]]
    claims = payments_of_all(ledger, accounts)
    moment = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    day = moment.date().isoformat()
    columns = ["id", "time", "source", "target", "amount", "currency", "text", "file", "line", "sha256"]
    parquet = io.BytesIO()
    rows.select(columns).write_parquet(parquet, compression="zstd")
    opening = "account,amount\n" + "".join(
        f'"{name.replace(chr(34), chr(34) * 2)}",{ledger.text(int(ledger.opening[code]))}\n'
        for code, name in enumerate(ledger.accounts)
    )
    inputs = {LEDGER: parquet.getvalue(), OPENING: opening.encode()}
    command = command_of(LEDGER, accounts=accounts, balances=OPENING, moment=day)
    question = Question(claims, list(Rule), Sharing.RATEABLE, "Tracing report", words_of(accounts), command, moment)
    origins = {
        row_id: Origin(item, sha256, line)
        for row_id, item, sha256, line in rows.select("id", "file", "sha256", "line").iter_rows()
    }
    named = {f"ledger: {LEDGER}": inputs[LEDGER], f"opening balances: {OPENING}": inputs[OPENING]}
    pack = make_pack(ledger, question, named, origins)
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
